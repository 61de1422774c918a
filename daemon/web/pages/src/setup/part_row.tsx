// A row of a cart's list whose fields open below it: what is wrong with it stands at the row, be they
// open or not; taking it off is asked once, in place.
import type { ComponentChildren, JSX } from "preact";

import { Button } from "../parts/button";
import { text, word } from "../texts";
import { retiring } from "./edit_form";
import { FaultNote } from "./inputs";
import { ItemButton } from "./list";
import { part_open } from "./part_open";

export interface PartRowProps {
    mark: string; // unlike any other row's of the cart
    name: string;
    note: string;
    why: string | null; // it is wrong, as a word of the daemon's
    number?: number;
    moves?: ComponentChildren;
    take_out: () => void;
    children: ComponentChildren; // the fields
}

function TakeOut({ mark, name, take_out }: {
    mark: string;
    name: string;
    take_out: () => void;
}): JSX.Element {
    return retiring.value === mark ? (
        <span class="setup-confirm" role="group" aria-label={text("setup.line_out")}>
            <span>{text("setup.line_out_sure", { name })}</span>
            <Button
                look="danger"
                focus
                press={() => {
                    retiring.value = "";
                    take_out();
                }}
            >
                {text("setup.line_out_yes")}
            </Button>
            <Button look="quiet" press={() => (retiring.value = "")}>
                {text("board.never_mind")}
            </Button>
        </span>
    ) : (
        <Button look="danger" press={() => (retiring.value = mark)}>
            {text("setup.line_out")}
        </Button>
    );
}

export function PartRow(props: PartRowProps): JSX.Element {
    const { mark, name, note, why, number, moves, take_out, children } = props;
    const open = part_open.value === mark;
    return (
        <li class={why ? "setup-line wrong" : "setup-line"}>
            {number !== undefined && <span class="setup-number">{number}</span>}
            <ItemButton
                name={name}
                note={note}
                open={open}
                press={() => (part_open.value = open ? "" : mark)}
            />
            {moves}
            {why && <FaultNote>{word("what", why)}</FaultNote>}
            {open && (
                <div class="setup-line-fields">
                    {children}
                    <TakeOut mark={mark} name={name} take_out={take_out} />
                </div>
            )}
        </li>
    );
}
