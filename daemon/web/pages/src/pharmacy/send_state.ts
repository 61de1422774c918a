// What is about to be sent for one alert, or why it shall be silent: filled in by scans and keys,
// and posted as a whole once a badge is known.
import { computed, signal } from "@preact/signals";

import { day_text, parse_day } from "../days";
import { day_word } from "../parts/day_word";
import { daemon_now } from "../line_state";
import { post_json, random_key } from "../server";
import { own_word, show, show_own } from "../shown";
import type { Shown } from "../shown";
import { name_of } from "../texts";
import type { TextKey, Values } from "../texts";
import type { BoardAlert } from "../wire";
import { intent, propose, scan_badge } from "./board_state";
import type { UnitRow } from "./board_state";
import { key_of } from "./groups";
import type { UnitRead } from "./send_wire";

export type SendForm = { do: "dispatch" | "silence"; alert: BoardAlert };

export const send_form = signal<SendForm | null>(null);
export const units = signal<UnitRow[]>([]);
// Why it was not taken, said beside what is filled in; null: not yet, or it has changed since.
export const refused = signal<Shown | null>(null);
// On its way to the daemon.
export const sending = signal(false);
export const reason = signal("");
// The row that is typed rather than scanned.
export const typed_lot = signal("");
export const typed_day = signal("");
export const typed_quantity = signal("1");

export const silence_days = [1, 3, 7] as const;

export function open_send_form(what: SendForm["do"], alert: BoardAlert): void {
    day_word.value = "through";
    send_form.value = { do: what, alert };
    units.value = [];
    reason.value = "";
    refused.value = null;
    sending.value = false;
    typed_lot.value = "";
    typed_day.value = "";
    propose_quantity();
}

export function close_send_form(): void {
    if (waits_for_badge.value) {
        intent.value = null;
    }
    send_form.value = null;
}

// It is decided, and a badge has to follow.
export const waits_for_badge = computed(() => {
    const what = intent.value?.do;
    return send_form.value !== null && (what === "dispatch" || what === "silence");
});

// What is filled in is another than what was decided, or refused.
export function changed(): void {
    refused.value = null;
    if (waits_for_badge.value) {
        intent.value = null;
    }
}

function refuse(key: TextKey, values: Values = {}): void {
    refused.value = own_word("reject", key, values);
    show(refused.value);
}

// The number that is still to be sent, for the row that is typed.
function propose_quantity(): void {
    const asked = send_form.value?.alert.unsent ?? 0;
    typed_quantity.value = String(Math.max(1, asked - units_total()));
}

export function units_total(): number {
    return units.value.reduce((sum, row) => sum + row.quantity, 0);
}

// One lot is one row; a pack that bears a serial is counted once. False: it was there already.
function add_row(row: UnitRow): boolean {
    changed();
    const known = units.value.find(
        (one) => one.lot === row.lot && one.product === row.product,
    );
    if (!known) {
        units.value = [...units.value, row];
        propose_quantity();
        return true;
    }
    if (row.serials.some((serial) => known.serials.includes(serial))) {
        return false;
    }
    const grown = {
        ...known,
        last_usable_day: known.last_usable_day ?? row.last_usable_day,
        quantity: known.quantity + row.quantity,
        serials: [...known.serials, ...row.serials],
    };
    units.value = units.value.map((one) => (one === known ? grown : one));
    propose_quantity();
    return true;
}

export function remove_row(row: UnitRow): void {
    changed();
    units.value = units.value.filter((one) => one !== row);
    propose_quantity();
}

export function add_typed(): void {
    const quantity = Number(typed_quantity.value);
    const day = typed_day.value ? parse_day(typed_day.value, day_word.value) : null;
    if (!Number.isInteger(quantity) || quantity < 1 || (typed_day.value !== "" && !day)) {
        show_own("reject", "own.send_row_wrong");
        return;
    }
    const lot = typed_lot.value.trim();
    add_row({ lot, last_usable_day: day, quantity, serials: [], product: null, name: null });
    typed_lot.value = "";
    typed_day.value = "";
    day_word.value = "through";
}

// A pack of what is asked for is one more, unless the daemon says why no ward could use it.
function add_pack(form: SendForm, read: UnitRead): void {
    const { lot, last_usable_day } = read;
    if (read.refusal) {
        const day = last_usable_day ? day_text(last_usable_day) : "";
        const values = { lot: lot ?? "", last_usable_day: day };
        return show_own("reject", `message.${read.refusal}`, values);
    }
    const row = {
        lot: lot ?? "",
        last_usable_day,
        quantity: 1,
        serials: read.serial ? [read.serial] : [],
        product: read.product,
        name: read.product ? read.name : null,
    };
    const is_new = add_row(row);
    const values = {
        name: name_of(read.name ?? form.alert.name),
        lot: row.lot,
        count: units_total(),
        asked: form.alert.unsent,
    };
    if (!is_new) {
        show_own("attention", "own.send_same_pack", values);
    } else {
        const kind = values.count > values.asked ? "attention" : "accept";
        show_own(kind, "own.send_added", values);
    }
}

// A code was scanned while the form is open: a pack, or, if nobody knows it, a badge.
export async function scan_unit(text: string): Promise<void> {
    const form = send_form.value;
    if (!form) {
        return;
    }
    const { node, cart, subject } = form.alert;
    const sent = await post_json<UnitRead>(
        "/api/v1/alerts/read_unit",
        { node, cart, subject, text },
        random_key(),
    );
    if (sent.kind !== "answer" || send_form.value !== form) {
        return show_own("reject", "own.send_not_read");
    }
    const read = sent.answer;
    if (read.fits) {
        return add_pack(form, read);
    }
    const asked = name_of(form.alert.name);
    const other = (name: string): void => show_own("reject", "own.send_other", { name, asked });
    if (read.name) {
        return other(name_of(read.name));
    }
    scan_badge(text, () => other(text.slice(0, 40)));
}

// The form stays until the daemon has taken what it says.
function heard(form: SendForm, said: Shown): void {
    if (send_form.value === form) {
        sending.value = false;
        if (said.kind === "reject") {
            refused.value = said;
        } else {
            close_send_form();
        }
    }
}

function hearing_of(form: SendForm): { sent: () => void; told: (said: Shown) => boolean } {
    return {
        sent: () => (sending.value = true),
        told: (said) => {
            heard(form, said);
            return false;
        },
    };
}

export function send(): void {
    const form = send_form.value;
    if (!form || sending.value) {
        return;
    }
    const why = reason.value.trim();
    const values = { quantity: units_total(), asked: form.alert.unsent };
    if (units.value.length === 0 && form.alert.kind !== "device") {
        return refuse("message.dispatch_needs_units");
    }
    if (values.quantity < values.asked && why === "") {
        return refuse("message.dispatch_needs_reason", values);
    }
    refused.value = null;
    propose({
        do: "dispatch",
        alerts: [form.alert],
        units: units.value,
        reason: why,
        group: key_of(form.alert),
        hear: hearing_of(form),
    });
}

export function silence_for(days: number): void {
    const form = send_form.value;
    if (form && !sending.value) {
        const until = new Date(Date.parse(daemon_now.value) + days * 86_400_000).toISOString();
        refused.value = null;
        propose({
            do: "silence",
            alerts: [form.alert],
            reason: reason.value.trim(),
            until,
            group: key_of(form.alert),
            hear: hearing_of(form),
        });
    }
}
