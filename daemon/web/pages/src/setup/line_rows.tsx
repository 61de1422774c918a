// The lines of a cart's list: numbered, moved by buttons; a new one is a product that is looked for.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { place_text } from "../parts/place_text";
import { fits_search } from "../parts/search";
import { name_and_strength, text, word } from "../texts";
import { bounds_of, fits } from "./bounds";
import { add_line, change_line, move_line, take_line_out } from "./cart_parts";
import { Choice, function_name, NumberInput, TextInput, YesNo } from "./inputs";
import { ItemButton, SearchField } from "./list";
import { PartRow } from "./part_row";
import { product_list, refusal } from "./setup_state";
import { functions } from "./wire";
import type { LineBody } from "./wire";

const field = (name: string): string => word("setup_field", name);

const product_typed = signal("");
// Products offered while somebody types; more are found by typing on.
const offered_max = 8;

export function product_name(id: string): string {
    const found = product_list.value.value?.products.find(({ body }) => body.id === id);
    return found ? name_and_strength(found.body.name, found.body.strength) : id;
}

function LineFields({ line }: { line: LineBody }): JSX.Element {
    return (
        <div class="fields">
            <NumberInput
                label={field("par")}
                value={line.par}
                bounds={bounds_of("par")}
                faults={["par_out_of_range"]}
                about={line.id}
                change={(par) => change_line(line.id, { par })}
            />
            <TextInput
                label={field("position")}
                value={line.position}
                change={(position) => change_line(line.id, { position })}
            />
            <YesNo
                label={field("critical")}
                value={line.critical}
                change={(critical) => change_line(line.id, { critical })}
            />
            <Choice
                label={field("count_by")}
                value={line.count_by}
                choices={["line", "unit"]}
                name_of={(one) => word("count_by", one)}
                change={(one) => change_line(line.id, { count_by: one as LineBody["count_by"] })}
            />
            <Choice
                label={field("function")}
                value={line.function}
                choices={functions}
                name_of={function_name}
                change={(one) => change_line(line.id, { function: one })}
            />
        </div>
    );
}

function fault_of_line(line: LineBody): string | null {
    const why = refusal.value;
    const refused = why !== null && (why.id === line.id || why.value === line.product);
    return refused ? why.what : fits(line.par, bounds_of("par")) ? null : "par_out_of_range";
}

function Moves({ line, name, first, last }: {
    line: LineBody;
    name: string;
    first: boolean;
    last: boolean;
}): JSX.Element {
    return (
        <span class="setup-moves">
            <button
                type="button"
                class="button"
                aria-label={text("setup.line_up", { name })}
                disabled={first}
                onClick={() => move_line(line.id, -1)}
            >
                ↑
            </button>
            <button
                type="button"
                class="button"
                aria-label={text("setup.line_down", { name })}
                disabled={last}
                onClick={() => move_line(line.id, 1)}
            >
                ↓
            </button>
        </span>
    );
}

export function LineRow({ line, number, last }: {
    line: LineBody;
    number: number;
    last: boolean;
}): JSX.Element {
    const name = product_name(line.product);
    const sum = text("setup.line_sum", { par: line.par ?? "–", position: place_text(line.position) });
    return (
        <PartRow
            mark={`line ${line.id}`}
            name={name}
            note={line.critical ? `${sum} · ${field("critical")}` : sum}
            why={fault_of_line(line)}
            number={number}
            moves={<Moves line={line} name={name} first={number === 1} last={last} />}
            take_out={() => take_line_out(line.id)}
        >
            <LineFields line={line} />
        </PartRow>
    );
}

export function NewLine(): JSX.Element {
    const typed = product_typed.value;
    const offered = (product_list.value.value?.products ?? [])
        .map(({ body }) => body)
        .filter((one) => !one.retired)
        .filter((one) => fits_search([one.name.zh, one.name.en, one.id], one.pinyin, typed))
        .slice(0, offered_max);
    return (
        <div class="setup-new-line">
            <SearchField
                label={text("setup.add_line")}
                typed={typed}
                search={(value) => (product_typed.value = value)}
            />
            <ul>
                {offered.map((one) => (
                    <li key={one.id}>
                        <ItemButton
                            name={name_and_strength(one.name, one.strength)}
                            note={one.id}
                            press={() => {
                                product_typed.value = "";
                                add_line(one.id);
                            }}
                        />
                    </li>
                ))}
            </ul>
            {typed.trim() !== "" && offered.length === 0 && (
                <p class="hint">{text("setup.no_product")}</p>
            )}
        </div>
    );
}
