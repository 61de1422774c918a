// A hospital that can be taken in at one look, as it is: one ward with one cart, and its pharmacy;
// real daemons on ports and in a folder of their own. The ward has a scanner on the network beside its
// page. Nothing in it is left to chance, so that two of them fed alike write the same journal.
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ask, free_port, until } from "./daemons.mjs";
import { own_tag } from "./kit.mjs";

export const badges = {
    nurse: own_tag(5, 12),
    head_nurse: own_tag(5, 13),
    pharmacist: own_tag(5, 14),
};
const gtin = (item) => with_check_digit(`0952100${String(1000 + item).padStart(6, "0")}`);

function with_check_digit(body) {
    const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 1 : 3), 0);
    return `${body}${(10 - (sum % 10)) % 10}`;
}

// A pack as its GS1 symbol says it. Item 9 is a product that the cart does not hold; item 20 nobody
// knows.
export const pack = (item, lot = "L", day = "301231") => `01${gtin(item)}17${day}10${lot}`;

const sheets = {
    products: [
        "id,kind,name_zh,name_en,unit,gtins",
        ...[0, 1, 2, 3, 9].map((item) => `drug-${item},drug,药品 ${item},Drug ${item},支,${gtin(item)}`),
    ],
    staff: [
        "id,name,role,badge",
        `N1,张敏,nurse,${badges.nurse}`,
        `H1,陈静,head_nurse,${badges.head_nurse}`,
        "N2,李娜,nurse,",
    ],
    pharmacists: ["id,name,role,badge", `P1,赵磊,pharmacist,${badges.pharmacist}`],
    carts: [
        "cart,cart_name_zh,station,station_name_zh,row,id,product,name_zh,position,par,critical,lot,"
            + "last_usable_day,quantity",
        ...[0, 1, 2, 3].map(
            (item) => `C1,抢救车,OR,手术室,line,drug-${item},drug-${item},,第1层-${item},3,`
                + `${item === 0 ? "yes" : "no"},L,2030-12-31,3`,
        ),
        "C1,抢救车,OR,手术室,device,suction,,吸引器,车侧,,no,,,",
    ],
};

function toml(folder, ports) {
    const both = `pages = "${process.env.CARTWATCH_BUILT_PAGES}"\n`;
    return {
        ward: `node = "ward-1"\nstate = "${folder}/ward"\n${both}[web]\nport = ${ports.ward}\n`
            + `[pharmacy]\naddresses = ["127.0.0.1:${ports.link}"]\n`
            + `[[scanner]]\nname = "gun"\nstation = "OR"\nkind = "network_listen"\nport = ${ports.gun}\n`,
        pharmacy: `node = "pharmacy"\nstate = "${folder}/pharmacy"\n${both}`
            + `[web]\nport = ${ports.pharmacy}\n[link]\nport = ${ports.link}\n`,
    };
}

const read_entries = `import json,sqlite3,sys
base=sqlite3.connect(f'file:{sys.argv[1]}?mode=ro',uri=True)
print(json.dumps(base.execute('SELECT kind,body FROM entry WHERE node=? ORDER BY seq',[sys.argv[2]]).fetchall()))`;

export class SmallHospital {
    async start(program) {
        this.folder = mkdtempSync(join(tmpdir(), "cartwatch-small-"));
        const ports = {};
        for (const name of ["ward", "pharmacy", "link", "gun"]) {
            ports[name] = await free_port();
        }
        this.urls = {
            ward: `http://127.0.0.1:${ports.ward}`,
            pharmacy: `http://127.0.0.1:${ports.pharmacy}`,
        };
        const configs = toml(this.folder, ports);
        const config_of = (role) => join(this.folder, `${role}.toml`);
        Object.keys(configs).forEach((role) => writeFileSync(config_of(role), configs[role]));
        const take = (kind, name, role) => {
            const file = join(this.folder, `${name}.csv`);
            writeFileSync(file, `${sheets[name].join("\n")}\n`);
            execFileSync(program, ["import", kind, file, "--config", config_of(role)]);
        };
        ["products", "staff", "carts"].forEach((name) => take(name, name, "ward"));
        take("products", "products", "pharmacy"); // what it recalls is of its own catalogue
        take("staff", "pharmacists", "pharmacy");
        this.daemons = ["pharmacy", "ward"].map((role) => {
            const process = spawn(program, [role, "--config", config_of(role)], {
                stdio: ["ignore", "ignore", "inherit"],
            });
            return { process, ended: new Promise((done) => process.once("exit", done)) };
        });
        for (const url of Object.values(this.urls)) {
            await until(async () => (await fetch(`${url}/healthz`)).ok, `${url} is up`);
        }
        this.gun = await until(() => connected(ports.gun), "the ward listens for its scanner");
        await this.choose_no_blind_lines();
    }

    // Which lines are blind is drawn by lot: none, then. Set at the pharmacy, as a hospital does.
    async choose_no_blind_lines() {
        await until(async () => (await this.view()).link.state === "connected", "the link stands");
        const set = async () => {
            const { policy } = await ask(this.urls.pharmacy, "/api/v1/policy");
            const said = await ask(this.urls.pharmacy, "/api/v1/policy/set", {
                before: policy,
                policy: { ...policy, blind_lines: 0 },
                badge: badges.pharmacist,
            });
            return said.reply.message === "policy_set";
        };
        await until(set, "the pharmacy knows its pharmacist and sets the rules");
        const at_ward = async () => (await ask(this.urls.ward, "/api/v1/policy")).policy.blind_lines;
        await until(async () => (await at_ward()) === 0, "the ward has the rules");
    }

    view() {
        return ask(this.urls.ward, "/api/v1/view?station=OR");
    }

    board() {
        return ask(this.urls.pharmacy, "/api/v1/view");
    }

    // What a node has recorded, as [kind, body] in order.
    entries(node, role = node === "pharmacy" ? "pharmacy" : "ward") {
        const base = join(this.folder, role, "cartwatch.db");
        const rows = execFileSync("python3", ["-c", read_entries, base, node]).toString();
        return JSON.parse(rows).map(([kind, body]) => ({ kind, body: JSON.parse(body) }));
    }

    async close() {
        this.gun?.destroy();
        for (const { process, ended } of this.daemons ?? []) {
            process.kill("SIGTERM");
            await ended;
        }
        rmSync(this.folder, { recursive: true, force: true });
    }
}

function connected(port) {
    return new Promise((resolve, reject) => {
        const socket = connect(port, "127.0.0.1", () => resolve(socket));
        socket.once("error", reject);
    });
}
