// Opening stock of a cart that no check has counted: of each line the lots that lie there.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { HeldFields } from "../parts/held_fields";
import { place_text } from "../parts/place_text";
import { name_of, text, word } from "../texts";
import { bounds_of } from "./bounds";
import { is_held } from "./edit_form";
import type { Edit } from "./edit_form";
import { SetupForm } from "./setup_form";
import { DayInput, NumberInput, TextInput } from "./inputs";
import { product_name } from "./line_rows";
import { refusal } from "./setup_state";
import { add_lot, change_lot, product_expires, save_stock, stock_form, take_lot_out } from "./stock_state";
import type { CartStock, StockLine } from "./stock_state";
import { SubForm } from "./sub_form";

const field = (name: string): string => word("setup_field", name);

// What the rules refused about a line marks its lots: a lot that stands twice those two, a missing
// expiry those without one.
function Lot({ line, at }: { line: StockLine; at: number }): JSX.Element | null {
    const one = line.holdings[at];
    if (!one) {
        return null;
    }
    const why = refusal.value;
    const twice = why?.what === "lot_twice" && why.id === line.id && why.value === one.lot;
    const dateless = one.last_usable_day === null && one.quantity !== 0;
    const number = at + 1;
    return (
        <SubForm title={text("setup.lot_number", { number })} take_away={() => take_lot_out(line, at)}>
            <TextInput
                label={field("lot")}
                value={one.lot}
                kind="code"
                faults={twice ? ["lot_twice"] : ["lot_malformed"]}
                about={line.id}
                change={(lot) => change_lot(line, at, { lot: lot.trim() })}
            />
            <DayInput
                label={field("last_usable_day")}
                value={one.last_usable_day}
                faults={dateless && product_expires(line.product) ? ["expiry_missing"] : []}
                about={line.id}
                change={(last_usable_day) => change_lot(line, at, { last_usable_day })}
            />
            <NumberInput
                label={field("quantity")}
                value={one.quantity}
                bounds={bounds_of("quantity")}
                change={(quantity) => change_lot(line, at, { quantity })}
            />
        </SubForm>
    );
}

function Line({ line, number }: { line: StockLine; number: number }): JSX.Element {
    const name = product_name(line.product);
    const sum = line.holdings.reduce((all, { quantity }) => all + (quantity || 0), 0);
    return (
        <li>
            <div class="setup-stock-line" role="group" aria-label={name}>
                <p>
                    <b>
                        {number}. {name}
                    </b>{" "}
                    <small>
                        {text("setup.line_sum", { par: line.par ?? "–", position: place_text(line.position) })}{" · "}
                        {text("setup.stock_sum", { sum })}
                    </small>
                </p>
                <ul class="setup-subs">
                    {line.holdings.map((_one, at) => (
                        <Lot key={at} line={line} at={at} />
                    ))}
                </ul>
                <Button press={() => add_lot(line)}>{text("setup.new_lot", { name })}</Button>
            </div>
        </li>
    );
}

export function StockEditor({ one }: { one: Edit<CartStock> }): JSX.Element {
    const { body } = one;
    const name = name_of(body.name);
    const title = text("setup.stock_of", { name });
    return (
        <SetupForm
            title={title}
            id={body.id}
            edit={one}
            save={() => save_stock(body)}
            close={() => stock_form.close()}
        >
            <p class="hint">{text("setup.stock_how")}</p>
            <HeldFields held={is_held(one)}>
                <ol class="setup-stock">
                    {body.lines.map((line, i) => (
                        <Line key={line.id} line={line} number={i + 1} />
                    ))}
                </ol>
                {body.lines.length === 0 && <p class="hint">{text("setup.no_lines")}</p>}
            </HeldFields>
        </SetupForm>
    );
}
