// A sheet in small, to point at its first free label; by keys, the arrows move and choose as among
// other radio buttons. The number beside it says the same.
import type { JSX } from "preact";

import { text } from "../texts";
import { change, label_count, order, paper, problem } from "./labels_state";
import { per_page } from "./order";
import type { LabelPaper } from "./wire";

const steps: Record<string, (paper: LabelPaper) => number> = {
    ArrowLeft: () => -1,
    ArrowRight: () => 1,
    ArrowUp: ({ columns }) => -columns,
    ArrowDown: ({ columns }) => columns,
};

function move(event: KeyboardEvent, sheet: LabelPaper): void {
    const step = steps[event.key]?.(sheet);
    const next = order.value.start + (step ?? 0);
    if (step === undefined) {
        return;
    }
    event.preventDefault();
    if (next < 1 || next > per_page(sheet)) {
        return;
    }
    change({ start: next });
    const places = (event.currentTarget as SVGElement).querySelectorAll<SVGElement>("[role=radio]");
    places[next - 1]?.focus();
}

function Place({ sheet, place }: { sheet: LabelPaper; place: number }): JSX.Element {
    const { start } = order.value;
    const x = sheet.left + sheet.step_x * (place % sheet.columns);
    const y = sheet.top + sheet.step_y * Math.floor(place / sheet.columns);
    const number = place + 1;
    const used = number < start;
    const filled = !used && number < start + label_count.value;
    return (
        <g
            role="radio"
            aria-checked={number === start}
            aria-label={text("labels.place", { number })}
            tabindex={number === start ? 0 : -1}
            class={`place ${used ? "place-used" : filled ? "place-filled" : ""}`}
            onClick={() => change({ start: number })}
        >
            <rect x={x} y={y} width={sheet.width} height={sheet.height} rx={1.5} />
            {used && (
                <path d={`M${x + 2} ${y + sheet.height - 2}L${x + sheet.width - 2} ${y + 2}`} />
            )}
            <text x={x + sheet.width / 2} y={y + sheet.height / 2 + 4}>
                {number}
            </text>
        </g>
    );
}

export function SheetMap(): JSX.Element | null {
    const sheet = paper.value;
    // A grid that cannot be printed, as while its numbers are typed, is not drawn either.
    if (!sheet || sheet.roll || ["number", "page"].includes(problem.value ?? "")) {
        return null;
    }
    const places = Array.from({ length: per_page(sheet) }, (_one, place) => place);
    return (
        <figure class="sheet-map">
            <figcaption>{text("labels.map")}</figcaption>
            <svg
                viewBox={`0 0 ${sheet.page_width} ${sheet.page_height}`}
                role="radiogroup"
                aria-label={text("labels.start")}
                onKeyDown={(event) => move(event, sheet)}
            >
                <rect class="sheet" width={sheet.page_width} height={sheet.page_height} />
                {places.map((place) => (
                    <Place key={place} sheet={sheet} place={place} />
                ))}
            </svg>
        </figure>
    );
}
