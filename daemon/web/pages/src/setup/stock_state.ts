// What lies in a cart that no check has counted: entered line by line, lot by lot, and signed once.
import type { Name } from "../wire";
import { show_own } from "../shown";
import { name_of, text } from "../texts";
import { bounds_of, fits } from "./bounds";
import { cart_form, fetch_cart } from "./cart_state";
import { EditForm } from "./edit_form";
import { product_list, refusal } from "./setup_state";
import type { CartAnswer, CartBody, Definition, HoldingBody, Row } from "./wire";

export interface StockLine {
    id: string;
    product: string;
    par: number | null;
    position: string;
    version: string; // of what it holds
    holdings: HoldingBody[];
}

export interface CartStock {
    id: string; // of the cart
    name: Name;
    lines: StockLine[];
}

function stock_of({ body, stock }: CartAnswer): CartStock | null {
    if (stock === null) {
        return null;
    }
    const lines = body.lines.flatMap(({ id, product, par, position }) => {
        const held = stock.find((row) => row.body.line === id);
        return held
            ? [{ ...{ id, product, par, position }, version: held.version, holdings: held.body.holdings }]
            : [];
    });
    return { id: body.id, name: body.name, lines };
}

// Null where it cannot be had, or where a check has counted the cart by now.
async function stock_row(id: string): Promise<Row<CartStock> | null> {
    const answer = await fetch_cart(id);
    const body = answer && stock_of(answer);
    if (answer && !body) {
        stock_form.close();
    }
    return body && { version: "stock", body, own: true };
}

// A line each that holds something else now.
function definitions({ before }: { before: CartStock }, body: CartStock): Definition[] {
    return body.lines
        .filter((line, i) => line.holdings !== before.lines[i]?.holdings)
        .map(({ id, version, holdings }) => ({
            kind: "stock.recorded",
            version,
            body: { cart: body.id, line: id, holdings },
        }));
}

export const stock_form = new EditForm<CartStock>({
    known: () => null,
    now: stock_row,
    definitions,
});

export async function open_stock(cart: CartBody): Promise<void> {
    const row = await stock_row(cart.id);
    if (row) {
        cart_form.close();
        stock_form.open(row);
    } else {
        show_own("attention", "own.setup_stock_counted", { name: name_of(cart.name) });
    }
}

function change_holdings(line: string, holdings: HoldingBody[]): void {
    const lines = stock_form.edit.value?.body.lines ?? [];
    stock_form.change({
        lines: lines.map((one) => (one.id === line ? { ...one, holdings } : one)),
    });
}

export function add_lot({ id, holdings }: StockLine): void {
    const lot: HoldingBody = {
        ...{ lot: "", last_usable_day: null, quantity: null, damaged: 0, serials: [] },
        ...{ evidence: "typed", seen_at: null, sealed_at: null, product: "" },
    };
    change_holdings(id, [...holdings, lot]);
}

export function change_lot({ id, holdings }: StockLine, at: number, part: Partial<HoldingBody>): void {
    change_holdings(
        id,
        holdings.map((one, i) => (i === at ? { ...one, ...part } : one)),
    );
}

export function take_lot_out({ id, holdings }: StockLine, at: number): void {
    change_holdings(
        id,
        holdings.filter((_one, i) => i !== at),
    );
}

export function product_expires(product: string): boolean {
    const found = product_list.value.value?.products.find(({ body }) => body.id === product);
    return found?.body.expires ?? true;
}

// What is wrong with a line for sure, as the daemon would say it.
function fault_of({ id, product, holdings }: StockLine, cart: string): typeof refusal.value {
    const lots = holdings.map(({ lot }) => lot);
    const twice = lots.find((lot, i) => lots.indexOf(lot) !== i);
    if (twice !== undefined) {
        return { what: "lot_twice", value: twice, id };
    }
    const dateless = holdings.some(({ quantity, last_usable_day: day }) => quantity !== 0 && !day);
    return dateless && product_expires(product)
        ? { what: "expiry_missing", value: id, id: cart }
        : null;
}

export function save_stock(body: CartStock): void {
    const wrong = body.lines.some(({ holdings }) =>
        holdings.some(({ quantity }) => !fits(quantity, bounds_of("quantity"))),
    );
    const faults = body.lines.map((line) => fault_of(line, body.id));
    refusal.value = faults.find((one) => one !== null) ?? null;
    if (wrong || refusal.value) {
        return show_own("reject", "own.setup_out_of_range");
    }
    stock_form.save(text("setup.sign_stock", { name: name_of(body.name) }), body);
}
