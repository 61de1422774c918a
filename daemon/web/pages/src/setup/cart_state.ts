// The cart whose list is edited, and the station. What was typed is the page's own until a badge has
// signed it.
import { get_json } from "../server";
import { show_own } from "../shown";
import { name_of, text } from "../texts";
import { EditForm, listed } from "./edit_form";
import { first_fault, is_id, wrong_number } from "./cart_faults";
import { part_open } from "./part_open";
import { cart_list, refusal } from "./setup_state";
import type { CartAnswer, CartBody, Row, StationBody } from "./wire";

export const empty_cart: CartBody = {
    ...{ id: "", tag: "", name: { zh: "", en: "" }, station: "", lines: [], devices: [] },
    ...{ last_full_check: null, seal: null, retired: false },
    place: { building: "", floor: null, order: null, neighbours: [] },
};
export const empty_station: StationBody = { id: "", name: { zh: "", en: "" }, phone: "" };

// Null, and said so, where it cannot be had.
export async function fetch_cart(id: string): Promise<CartAnswer | null> {
    try {
        return await get_json<CartAnswer>(`/api/v1/setup/cart?cart=${encodeURIComponent(id)}`);
    } catch {
        show_own("reject", "files.lost");
        return null;
    }
}

async function cart_row(id: string): Promise<Row<CartBody> | null> {
    const row = await fetch_cart(id);
    return row && { version: row.version, body: row.body, own: true };
}

export const cart_form = new EditForm<CartBody>({
    known: (id) => (cart_list.value.value?.carts.some((one) => one.id === id) ? { own: true } : null),
    now: cart_row,
    definitions: ({ version }, body) => [{ kind: "cart.defined", version, body }],
});
export const station_form = new EditForm(
    listed<StationBody>(
        "station.defined",
        (id) => cart_list.value.value?.stations.find(({ body }) => body.id === id) ?? null,
    ),
);

export async function open_cart(id: string): Promise<void> {
    const row = await cart_row(id);
    if (row) {
        part_open.value = "";
        cart_form.open(row);
    }
}

export function open_new_cart(): void {
    part_open.value = "";
    const station = cart_list.value.value?.stations[0]?.body.id ?? "";
    cart_form.open({ version: "", body: { ...empty_cart, station }, own: true });
}

// The list of another cart for one that has none yet; what marks that one alone is left out.
export async function copy_list(from: string): Promise<void> {
    const row = await fetch_cart(from);
    if (!row) {
        return;
    }
    cart_form.change({
        lines: row.body.lines.map((line) => ({ ...line, tag: "" })),
        devices: row.body.devices.map((device) => ({
            ...device,
            ...{ tag: "", code: "", service_due: null, calibration_due: null },
            accessories: device.accessories.map((one) => ({ ...one, last_usable_day: null })),
        })),
    });
}

export function save_station(body: StationBody): void {
    const named = body.name.zh.trim() !== "" || body.name.en.trim() !== "";
    if (!is_id(body.id) || !named) {
        const what = named ? "id_malformed" : "name_missing";
        refusal.value = { what, id: body.id, value: body.id };
        return show_own("reject", "own.setup_out_of_range");
    }
    station_form.save(text("setup.sign_station", { name: name_of(body.name) }), body);
}

export function save_cart(body: CartBody): void {
    refusal.value = null;
    const number = wrong_number(body);
    const fault = number === null ? first_fault(body) : null;
    if (number !== null || fault) {
        part_open.value = number || fault?.part || part_open.value;
        refusal.value = fault;
        return show_own("reject", "own.setup_out_of_range");
    }
    cart_form.save(text("setup.sign_cart", { name: name_of(body.name) }), body);
}
