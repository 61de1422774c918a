// The cart whose list is edited, and the station. What was typed is the page's own until a badge has
// signed it.
import { signal } from "@preact/signals";

import { get_json } from "../server";
import { show_own } from "../shown";
import { name_of, text } from "../texts";
import { define, refusal } from "./setup_state";
import type { CartBody, DeviceBody, LineBody, Row, StationBody } from "./wire";

export interface CartForm {
    version: string;
    body: CartBody;
}

export const cart_form = signal<CartForm | null>(null);
export const station_form = signal<{ version: string; body: StationBody } | null>(null);
// The line or device whose fields are open: "line epi".
export const part_open = signal("");

export async function open_cart(id: string): Promise<void> {
    refusal.value = null;
    part_open.value = "";
    try {
        const row = await get_json<CartForm>(`/api/v1/setup/cart?cart=${encodeURIComponent(id)}`);
        cart_form.value = row ? { version: row.version, body: row.body } : null;
    } catch (error) {
        console.info(error);
        show_own("reject", "files.lost");
    }
}

export function open_station(row: Row<StationBody>): void {
    refusal.value = null;
    station_form.value = { version: row.version, body: row.body };
}

export function change_station(part: Partial<StationBody>): void {
    if (station_form.value) {
        const body = { ...station_form.value.body, ...part };
        station_form.value = { ...station_form.value, body };
    }
}

export function save_station(): void {
    const one = station_form.value;
    if (one) {
        const says = text("setup.sign_station", { name: name_of(one.body.name) });
        define(says, [{ kind: "station.defined", ...one }], () => (station_form.value = null));
    }
}

export function change_cart(part: Partial<CartBody>): void {
    if (cart_form.value) {
        cart_form.value = { ...cart_form.value, body: { ...cart_form.value.body, ...part } };
    }
}

function changed<P extends { id: string }>(parts: P[], id: string, part: Partial<P>): P[] {
    return parts.map((one) => (one.id === id ? { ...one, ...part } : one));
}

export function change_line(id: string, part: Partial<LineBody>): void {
    const lines = cart_form.value?.body.lines ?? [];
    change_cart({ lines: changed(lines, id, part) });
}

export function change_device(id: string, part: Partial<DeviceBody>): void {
    const devices = cart_form.value?.body.devices ?? [];
    change_cart({ devices: changed(devices, id, part) });
}

export function move_line(id: string, by: -1 | 1): void {
    const lines = [...(cart_form.value?.body.lines ?? [])];
    const from = lines.findIndex((line) => line.id === id);
    const [line] = lines.splice(from, 1);
    if (line) {
        lines.splice(from + by, 0, line);
        change_cart({ lines });
    }
}

export function take_line_out(id: string): void {
    change_cart({ lines: (cart_form.value?.body.lines ?? []).filter((line) => line.id !== id) });
}

// The next id of a line that no part of the cart has: the product's, else with a number.
function line_id(body: CartBody, product: string): string {
    const taken = new Set([...body.lines, ...body.devices].map((part) => part.id));
    let id = product;
    for (let number = 2; taken.has(id); number += 1) {
        id = `${product.slice(0, 60)}-${number}`;
    }
    return id;
}

export function add_line(product: string): void {
    const body = cart_form.value?.body;
    if (!body) {
        return;
    }
    const id = line_id(body, product);
    const line: LineBody = {
        ...{ id, tag: "", product, position: body.lines.at(-1)?.position ?? "", par: 1 },
        ...{ critical: false, count_by: "line", function: "", holdings: [] },
    };
    change_cart({ lines: [...body.lines, line] });
    part_open.value = `line ${id}`;
}

export function save_cart(body: CartBody, version: string): void {
    const says = text("setup.sign_cart", { name: name_of(body.name) });
    define(says, [{ kind: "cart.defined", version, body }], () => (cart_form.value = null));
}
