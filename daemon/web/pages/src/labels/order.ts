// An order of labels: what, on which paper, from which place. Values in, values out: which limit it
// breaks, and the address of what it draws. The daemon holds the same limits and has the last word.
import type { LabelKind, LabelLimits, LabelPaper } from "./wire";

export type Bars = "auto" | "always" | "never";
export const all_bars: Bars[] = ["auto", "always", "never"];

export const measures = ["width", "height", "columns", "rows", "left", "top", "step_x", "step_y"] as const;
export type Measure = (typeof measures)[number];
export type Measures = Record<Measure, number>;

export interface Order {
    what: LabelKind;
    cart: string; // of lines and devices; "": all carts
    codes: string[]; // these alone; none: all
    paper: string; // a name of the offer, "sheet" or "roll"
    own: Measures; // of a paper of one's own
    offset_x: number;
    offset_y: number;
    start: number; // from 1
    bars: Bars;
}

export type Format = "pdf" | "svg" | "zpl";

// A stack of common sheets, to begin from.
export const usual_measures: Measures = {
    ...{ width: 63.5, height: 38.1, columns: 3, rows: 7 },
    ...{ left: 7.2, top: 15.1, step_x: 66, step_y: 38.1 },
};

export function own_measures(paper: string): readonly Measure[] {
    if (paper === "roll") {
        return ["width", "height"];
    }
    return paper === "sheet" ? measures : [];
}

export function paper_of(order: Order, papers: LabelPaper[], limits: LabelLimits): LabelPaper | null {
    const { own, paper } = order;
    if (paper === "sheet") {
        const page = { page_width: limits.sheet_width, page_height: limits.sheet_height };
        return { name: paper, roll: false, ...page, ...own };
    }
    if (paper === "roll") {
        const { width, height } = own;
        return {
            ...{ name: paper, roll: true, page_width: width, page_height: height, width, height },
            ...{ columns: 1, rows: 1, left: 0, top: 0, step_x: width, step_y: height },
        };
    }
    return papers.find(({ name }) => name === paper) ?? null;
}

export interface Range {
    low: number;
    high: number;
    whole: boolean;
}

// What a measure of one's own paper may be.
export function range_of(measure: Measure, order: Order, limits: LabelLimits): Range {
    const [wide, high] =
        order.paper === "roll"
            ? [limits.page_side_max, limits.page_side_max]
            : [limits.sheet_width, limits.sheet_height];
    const ranges: Record<Measure, [number, number]> = {
        width: [limits.label_width_min, wide],
        height: [limits.label_height_min, high],
        columns: [1, limits.columns_max],
        rows: [1, limits.rows_max],
        left: [0, wide],
        top: [0, high],
        step_x: [order.own.width, wide],
        step_y: [order.own.height, high],
    };
    const [low, most] = ranges[measure];
    return { low, high: most, whole: measure === "columns" || measure === "rows" };
}

export function is_within(value: number, { low, high, whole }: Range): boolean {
    return value >= low && value <= high && (!whole || Number.isInteger(value));
}

export function offset_is_good(offset: number, limits: LabelLimits): boolean {
    return Math.abs(offset) <= limits.offset_max && Number.isInteger(offset / limits.offset_step);
}

export const per_page = (paper: LabelPaper): number => paper.columns * paper.rows;

export function pages_of(paper: LabelPaper, start: number, labels: number): number {
    return Math.ceil((start - 1 + labels) / per_page(paper));
}

// Of the first label of a page to the last, with what stays light at their edges.
function ends(paper: LabelPaper): { first: [number, number]; last: [number, number] } {
    return {
        first: [paper.left, paper.top],
        last: [
            paper.left + paper.step_x * (paper.columns - 1) + paper.width,
            paper.top + paper.step_y * (paper.rows - 1) + paper.height,
        ],
    };
}

export type Problem = "number" | "page" | "offset" | "start" | "bars" | "many" | "none";

const some = 0.005; // lengths are typed with two decimals at most

// The first that keeps it from being printed; null: nothing does. `labels`: how many are chosen.
export function problem_of(
    order: Order,
    labels: number,
    papers: LabelPaper[],
    limits: LabelLimits,
): Problem | null {
    const paper = paper_of(order, papers, limits);
    const own = own_measures(order.paper);
    if (!paper || own.some((one) => !is_within(order.own[one], range_of(one, order, limits)))) {
        return "number";
    }
    const { first, last } = ends(paper);
    const [right, bottom] = [paper.page_width + some, paper.page_height + some];
    if (last[0] > right || last[1] > bottom) {
        return "page";
    }
    if (!offset_is_good(order.offset_x, limits) || !offset_is_good(order.offset_y, limits)) {
        return "number";
    }
    const inside = limits.margin + some;
    const [x, y] = [order.offset_x, order.offset_y];
    const before = first[0] + x < -inside || first[1] + y < -inside;
    if (before || last[0] + x - inside > paper.page_width || last[1] + y - inside > paper.page_height) {
        return "offset";
    }
    if (!Number.isInteger(order.start) || order.start < 1 || order.start > per_page(paper)) {
        return "start";
    }
    if (order.bars === "always" && paper.height < limits.bars_label_height_min - some) {
        return "bars";
    }
    if (labels < 1) {
        return "none";
    }
    return order.codes.length > limits.only_max || labels > limits.labels_max ? "many" : null;
}

// Where the labels are drawn; `what` in place of the order's own: the calibration page.
export function address_of(
    order: Order,
    format: Format,
    more: { what?: "calibration"; page?: number; dpi?: number } = {},
): string {
    const query = new URLSearchParams({ what: more.what ?? order.what, paper: order.paper, format });
    own_measures(order.paper).forEach((one) => query.set(one, String(order.own[one])));
    const set = (name: string, value: number | string, usual: number | string): void => {
        if (value !== usual) {
            query.set(name, String(value));
        }
    };
    set("offset_x", order.offset_x, 0);
    set("offset_y", order.offset_y, 0);
    set("page", more.page ?? 1, 1);
    set("dpi", more.dpi ?? 203, 203);
    if (!more.what) {
        set("start", order.start, 1);
        set("bars", order.bars, "auto");
        set("only", order.codes.length > 0 ? order.codes.join(",") : order.cart, "");
    }
    return `/api/v1/labels/sheet?${query}`;
}
