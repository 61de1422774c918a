// The page as it will be printed, as large as it will be: the daemon draws it, and how many pixels a
// millimetre has on this screen is set once by a bank card held to it.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { DaemonWords } from "../parts/daemon_words";
import { text } from "../texts";
import {
    css_px_per_mm,
    drawing,
    label_count,
    order,
    page,
    paper,
    px_per_mm,
    scale_range,
    set_scale,
} from "./labels_state";
import { pages_of } from "./order";
import type { LabelPaper } from "./wire";

// ISO/IEC 7810 ID-1, in millimetres: bank cards, most badges.
const card = { width: 85.6, height: 53.98 };
const fine = 0.02;

function CardScale(): JSX.Element {
    const px = px_per_mm.value;
    return (
        <details class="card-scale">
            <summary>{text("labels.scale")}</summary>
            <p class="hint">{text("labels.scale_how")}</p>
            <div class="row">
                <Button press={() => set_scale(px - fine)}>{text("labels.smaller")}</Button>
                <input
                    type="range"
                    min={scale_range.low}
                    max={scale_range.high}
                    step={0.01}
                    value={px}
                    aria-label={text("labels.px_per_mm")}
                    aria-valuetext={text("labels.px_value", { px: px.toFixed(2) })}
                    onInput={(event) => set_scale(event.currentTarget.valueAsNumber)}
                />
                <Button press={() => set_scale(px + fine)}>{text("labels.larger")}</Button>
                <Button look="quiet" press={() => set_scale(css_px_per_mm)}>
                    {text("labels.scale_usual")}
                </Button>
            </div>
            <p>{text("labels.px_value", { px: px.toFixed(2) })}</p>
            <div class="card-scroll" tabIndex={0} role="group" aria-label={text("labels.card")}>
                <svg
                    width={card.width * px}
                    height={card.height * px}
                    viewBox={`0 0 ${card.width} ${card.height}`}
                    aria-hidden="true"
                >
                    <rect x={0.25} y={0.25} width={85.1} height={53.48} rx={3} />
                    <text x={card.width / 2} y={card.height / 2 + 1.5}>
                        {text("labels.card")}
                    </text>
                </svg>
            </div>
        </details>
    );
}

function Turning({ pages }: { pages: number }): JSX.Element | null {
    if (pages < 2) {
        return null;
    }
    return (
        <div class="row">
            <Button off={page.value <= 1} press={() => (page.value -= 1)}>
                {text("labels.page_before")}
            </Button>
            <span class="page-number">{text("labels.page", { page: page.value, pages })}</span>
            <Button off={page.value >= pages} press={() => (page.value += 1)}>
                {text("labels.page_after")}
            </Button>
        </div>
    );
}

function Picture({ sheet }: { sheet: LabelPaper }): JSX.Element {
    const shown = drawing.value;
    if (shown.kind === "refused") {
        return (
            <>
                <p class="file-lost" role="alert">
                    {text("labels.refused", { status: shown.status })}
                </p>
                <DaemonWords words={shown.words} />
            </>
        );
    }
    if (shown.kind === "none") {
        return <p class="hint">{text("labels.nothing_drawn")}</p>;
    }
    const px = px_per_mm.value;
    return (
        <div class="paper-scroll" tabIndex={0} role="group" aria-label={text("labels.preview")}>
            <img
                class="paper-picture"
                src={shown.url}
                width={sheet.page_width * px}
                height={sheet.page_height * px}
                alt={text("labels.picture", { page: page.value, count: label_count.value })}
            />
        </div>
    );
}

export function Preview(): JSX.Element | null {
    const sheet = paper.value;
    if (!sheet) {
        return null;
    }
    return (
        <section class="setup-part label-preview" aria-label={text("labels.preview")}>
            <h2>{text("labels.preview")}</h2>
            <CardScale />
            <Turning pages={pages_of(sheet, order.value.start, label_count.value)} />
            <Picture sheet={sheet} />
        </section>
    );
}
