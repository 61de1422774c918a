// The cart whose list is edited, and the station. What was typed is the page's own until a badge has
// signed it.
import { signal } from "@preact/signals";

import { get_json } from "../server";
import { show_own } from "../shown";
import { name_of, text } from "../texts";
import { fits, floor_bounds, order_bounds, par_bounds } from "./bounds";
import { EditForm } from "./edit_form";
import { cart_list } from "./setup_state";
import type { CartBody, DeviceBody, LineBody, Row, StationBody } from "./wire";

async function fetch_cart(id: string): Promise<Row<CartBody> | null> {
    try {
        const path = `/api/v1/setup/cart?cart=${encodeURIComponent(id)}`;
        const row = await get_json<Row<CartBody>>(path);
        return row && { ...row, own: true };
    } catch (error) {
        console.info(error);
        show_own("reject", "files.lost");
        return null;
    }
}

// Carts are new by a sheet only: no id is refused here.
export const cart_form = new EditForm<CartBody>("cart.defined", () => null, fetch_cart);
export const station_form = new EditForm<StationBody>(
    "station.defined",
    (id) => cart_list.value.value?.stations.find(({ body }) => body.id === id) ?? null,
);
// The line or device whose fields are open: "line epi".
export const part_open = signal("");

export async function open_cart(id: string): Promise<void> {
    const row = await fetch_cart(id);
    if (row) {
        part_open.value = "";
        cart_form.open(row);
    }
}

export function save_station(body: StationBody): void {
    station_form.save(text("setup.sign_station", { name: name_of(body.name) }), body);
}

function changed<P extends { id: string }>(parts: P[], id: string, part: Partial<P>): P[] {
    return parts.map((one) => (one.id === id ? { ...one, ...part } : one));
}

export function change_line(id: string, part: Partial<LineBody>): void {
    const lines = cart_form.edit.value?.body.lines ?? [];
    cart_form.change({ lines: changed(lines, id, part) });
}

export function change_device(id: string, part: Partial<DeviceBody>): void {
    const devices = cart_form.edit.value?.body.devices ?? [];
    cart_form.change({ devices: changed(devices, id, part) });
}

export function move_line(id: string, by: -1 | 1): void {
    const lines = [...(cart_form.edit.value?.body.lines ?? [])];
    const from = lines.findIndex((line) => line.id === id);
    const [line] = lines.splice(from, 1);
    if (line) {
        lines.splice(from + by, 0, line);
        cart_form.change({ lines });
    }
}

export function take_line_out(id: string): void {
    cart_form.change({ lines: (cart_form.edit.value?.body.lines ?? []).filter((line) => line.id !== id) });
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
    const body = cart_form.edit.value?.body;
    if (!body) {
        return;
    }
    const id = line_id(body, product);
    const line: LineBody = {
        ...{ id, tag: "", product, position: body.lines.at(-1)?.position ?? "", par: 1 },
        ...{ critical: false, count_by: "line", function: "", holdings: [] },
    };
    cart_form.change({ lines: [...body.lines, line] });
    part_open.value = `line ${id}`;
}

// The first line whose par cannot be saved.
function wrong_line({ lines }: CartBody): LineBody | undefined {
    return lines.find((line) => !fits(line.par, par_bounds));
}

export function save_cart(body: CartBody): void {
    const line = wrong_line(body);
    if (line) {
        part_open.value = `line ${line.id}`;
    }
    const { floor, order } = body.place;
    if (line || !fits(floor, floor_bounds) || !fits(order, order_bounds)) {
        return show_own("reject", "own.setup_out_of_range");
    }
    cart_form.save(text("setup.sign_cart", { name: name_of(body.name) }), body);
}
