// A ward in small: tells the pharmacy its journal over the link's port (schema/link.md), plainly, on
// loopback. It has carts of fifty lines, and raises and changes alerts as it is told.
import { createHash } from "node:crypto";
import { connect } from "node:net";

export const lines_a_cart = 50;
const nothing = "0".repeat(64);

// As RFC 8785 has it, for the values that stand here.
function canonical(value) {
    if (Array.isArray(value)) {
        return `[${value.map(canonical).join(",")}]`;
    }
    if (value !== null && typeof value === "object") {
        const members = Object.keys(value).sort();
        return `{${members.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(",")}}`;
    }
    return JSON.stringify(value);
}

const product_of = (number) => ({
    ...{ id: `drug-${number}`, kind: "drug", name: { zh: `药品 ${number}`, en: `Drug ${number}` } },
    ...{ pinyin: "YP", strength: "1 mg/1 mL", form: "注射液", unit: "支", function: "circulation" },
    ...{ controlled: false, expires: true, high_alert: false, retired: false },
    ...{ identifiers: [], lasa_group: "" },
});

const line_of = (number) => ({
    ...{ id: `drug-${number}`, product: `drug-${number}`, position: `第${number}格`, par: 5 },
    ...{ count_by: "line", critical: false, function: "circulation", holdings: [], tag: "" },
});

const cart_of = (id) => ({
    ...{ id, name: { zh: `抢救车 ${id}`, en: `Cart ${id}` }, station: "A", devices: [], tag: "" },
    ...{ lines: Array.from({ length: lines_a_cart }, (_one, i) => line_of(i)), retired: false },
    ...{ last_full_check: null, last_handover: null, last_sealed_check: null, seal: null },
    ...{ place: { building: "", floor: null, neighbours: [], order: null }, unexplained_seal: "" },
});

export class OwnWard {
    constructor(node) {
        this.node = node;
        this.seq = 0;
        this.hash = nothing;
        this.acknowledged = 0;
        this.waiting = [];
    }

    async call(port) {
        this.socket = connect({ host: "127.0.0.1", port, noDelay: true });
        await new Promise((resolve, reject) => {
            this.socket.once("connect", resolve);
            this.socket.once("error", reject);
        });
        let heard = "";
        this.socket.on("data", (bytes) => {
            const lines = (heard + bytes).split("\n");
            heard = lines.pop();
            lines.forEach((line) => this.hear(JSON.parse(line)));
        });
        this.send({ type: "hello", protocol: 1, node: this.node, have: {} });
    }

    hear(line) {
        if (line.type === "ack") {
            this.acknowledged = line.seq;
            this.waiting = this.waiting.filter(({ seq, done }) => seq > line.seq || done());
        } else if (line.type === "ping") {
            this.send({ type: "pong" });
        } else if (line.type === "error") {
            this.failure = new Error(`the pharmacy says: ${line.text}`);
            this.waiting.forEach(({ fail }) => fail(this.failure));
        }
    }

    send(line) {
        this.socket.write(`${JSON.stringify(line)}\n`);
    }

    // The next entry of the journal, on its way when this returns.
    record(kind, body) {
        if (this.failure) {
            throw this.failure;
        }
        const entry = { node: this.node, seq: this.seq + 1, at: new Date().toISOString(), kind };
        Object.assign(entry, { actor: "system", prev: this.hash });
        const text = [entry.prev, entry.node, entry.seq, entry.at, kind, entry.actor, canonical(body)];
        const hash = createHash("sha256").update(text.map((one) => `${one}\n`).join("")).digest("hex");
        this.send({ type: "entry", ...entry, body, hash });
        [this.seq, this.hash] = [entry.seq, hash];
    }

    furnish(carts) {
        this.record("station.defined", { id: "A", name: { zh: "病区", en: "Ward" }, phone: "6021" });
        for (let number = 0; number < lines_a_cart; number += 1) {
            this.record("product.defined", product_of(number));
        }
        carts.forEach((id) => this.record("cart.defined", cart_of(id)));
    }

    tell_alert(kind, cart, number, episode, quantity) {
        const need = {
            ...{ line: `drug-${number}`, device: "", product: `drug-${number}`, severity: "high" },
            ...{ quantity, reasons: { recalled: 0, expired: 0, damaged: 0, absent: quantity }, kinds: ["shortage"], failed: [] },
            ...{ par: 5, usable: 5 - quantity },
        };
        this.record(kind, { cart, subject: `drug-${number}`, episode, need });
    }

    // Until everything that was recorded is on the pharmacy's disk.
    stored() {
        return this.acknowledged >= this.seq
            ? Promise.resolve()
            : new Promise((resolve, fail) => {
                  this.waiting.push({ seq: this.seq, done: () => void resolve(), fail });
              });
    }

    leave() {
        this.socket?.destroy();
    }
}
