// What one week of one cart was, as a glyph with its word for those who hear the page.
import type { JSX } from "preact";

import { day_text } from "../days";
import { Icon } from "../parts/icon";
import type { IconName } from "../parts/icon";
import { text, word } from "../texts";
import { week_number } from "./weeks";
import type { Cell, CellState } from "./weeks";

export const cell_icon: Record<CellState, IconName | null> = {
    on_time: "check",
    checked: "check",
    not_ready: "notice",
    late: "clock",
    open: "clock",
    missed: "cross",
    none: null,
    before: null,
};

// In the order of the legend.
export const cell_states: CellState[] = ["on_time", "checked", "not_ready", "late", "open", "missed", "none", "before"];

export function CellGlyph({ state }: { state: CellState }): JSX.Element {
    const icon = cell_icon[state];
    return icon ? <Icon name={icon} size={22} /> : <span aria-hidden="true">–</span>;
}

export function cell_sentence(cell: Cell, week: string): string {
    const dues = cell.dues.map((one) => day_text(one.due)).join(text("list.comma"));
    return text("history.cell", {
        week: week_number(week),
        state: word("history_cell", cell.state),
        due: dues,
        done: cell.check ? day_text(cell.check.working_day) : "",
        by: cell.check?.by ?? "",
    });
}

export function Legend(): JSX.Element {
    return (
        <ul class="legend" aria-label={text("history.legend")}>
            {cell_states.map((state) => (
                <li key={state}>
                    <span class={`cell cell-${state}`}>
                        <CellGlyph state={state} />
                    </span>
                    {word("history_cell", state)}
                </li>
            ))}
        </ul>
    );
}
