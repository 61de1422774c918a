// What is about to be sent for one alert, or why it shall be silent: filled in by scans and keys,
// and posted as a whole once a badge is known.
import { signal } from "@preact/signals";

import { parse_day } from "../days";
import { day_word } from "../parts/day_word";
import { daemon_now } from "../line_state";
import { post_json, random_key } from "../server";
import { show_own } from "../shown";
import { name_of } from "../texts";
import type { BoardAlert, UnitRead } from "../wire";
import { propose } from "./board_state";
import type { UnitRow } from "./board_state";
import { key_of } from "./groups";

export type SendForm = { do: "dispatch" | "silence"; alert: BoardAlert };

export const send_form = signal<SendForm | null>(null);
export const units = signal<UnitRow[]>([]);
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
    typed_lot.value = "";
    typed_day.value = "";
    typed_quantity.value = String(Math.max(1, alert.unsent));
}

export function close_send_form(): void {
    send_form.value = null;
}

export function units_total(): number {
    return units.value.reduce((sum, row) => sum + row.quantity, 0);
}

// One lot is one row; a pack that bears a serial is counted once.
function add_row(row: UnitRow): void {
    const known = units.value.find((one) => one.lot === row.lot);
    if (!known) {
        units.value = [...units.value, row];
        return;
    }
    if (row.serials.some((serial) => known.serials.includes(serial))) {
        return;
    }
    const grown = {
        ...known,
        last_usable_day: known.last_usable_day ?? row.last_usable_day,
        quantity: known.quantity + row.quantity,
        serials: [...known.serials, ...row.serials],
    };
    units.value = units.value.map((one) => (one === known ? grown : one));
}

export function remove_row(row: UnitRow): void {
    units.value = units.value.filter((one) => one !== row);
}

export function add_typed(): void {
    const quantity = Number(typed_quantity.value);
    const day = typed_day.value ? parse_day(typed_day.value, day_word.value) : null;
    if (!Number.isInteger(quantity) || quantity < 1 || (typed_day.value !== "" && !day)) {
        show_own("reject", "own.send_row_wrong");
        return;
    }
    add_row({ lot: typed_lot.value.trim(), last_usable_day: day, quantity, serials: [] });
    typed_lot.value = "";
    typed_day.value = "";
    typed_quantity.value = "1";
    day_word.value = "through";
}

// A code was scanned while the form is open: one pack more, if it is of what is asked for.
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
    if (!read.fits) {
        return show_own("reject", "own.send_other", {
            name: read.name ? name_of(read.name) : text.slice(0, 40),
            asked: name_of(form.alert.name),
        });
    }
    add_row({
        lot: read.lot ?? "",
        last_usable_day: read.last_usable_day,
        quantity: 1,
        serials: read.serial ? [read.serial] : [],
    });
}

export function send(): void {
    const form = send_form.value;
    if (form) {
        propose({
            do: "dispatch",
            alerts: [form.alert],
            units: units.value,
            reason: reason.value.trim(),
            group: key_of(form.alert),
        });
        close_send_form();
    }
}

export function silence_for(days: number): void {
    const form = send_form.value;
    if (form) {
        const until = new Date(Date.parse(daemon_now.value) + days * 86_400_000).toISOString();
        propose({
            do: "silence",
            alerts: [form.alert],
            reason: reason.value.trim(),
            until,
            group: key_of(form.alert),
        });
        close_send_form();
    }
}
