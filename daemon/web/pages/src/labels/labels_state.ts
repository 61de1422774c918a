// The labels of the setup: what there is to print, what is chosen, and the page of it that the
// screen shows. What belongs to the printer and the screen (paper, offset, scale) is remembered.
import { computed, effect, signal } from "@preact/signals";

import { Fetched } from "../files/fetched";
import { get_json, refusal_of } from "../server";
import { wanted_label } from "../setup/setup_place";
import { address_of, paper_of, problem_of, usual_measures } from "./order";
import type { Order } from "./order";
import type { LabelKind, LabelOffer, LabelPaper, LabelThing, LabelThings } from "./wire";

const printer_key = "cartwatch.labels";
const scale_key = "cartwatch.px_per_mm";
// Until the typing rests.
const draw_after_ms = 250;
// Of CSS: 96 px are an inch of a screen that says the truth.
export const css_px_per_mm = 96 / 25.4;
export const scale_range = { low: 1.5, high: 14 };

export const offer_file = new Fetched<LabelOffer>("/api/v1/labels");

function remembered_printer(): Partial<Order> {
    try {
        const kept = JSON.parse(localStorage.getItem(printer_key) ?? "{}") as Partial<Order>;
        return {
            ...(typeof kept.offset_x === "number" && { offset_x: kept.offset_x }),
            ...(typeof kept.offset_y === "number" && { offset_y: kept.offset_y }),
            ...(kept.own && { own: { ...usual_measures, ...kept.own } }),
        };
    } catch {
        return {}; // written by nobody we know
    }
}

export const order = signal<Order>({
    ...{ what: "carts", cart: "", codes: [], paper: "a4-24", own: usual_measures },
    ...{ offset_x: 0, offset_y: 0, start: 1, bars: "auto" },
});

// The carts, for whoever prints the lines of one.
export const carts = signal<LabelThing[]>([]);
// What can be chosen one by one; null: too much, choose a cart.
export const things = signal<LabelThing[] | null>(null);
export const page = signal(1);

function kept_scale(): number {
    const kept = Number(localStorage.getItem(scale_key));
    return kept >= scale_range.low && kept <= scale_range.high ? kept : css_px_per_mm;
}

export const px_per_mm = signal(kept_scale());

export function set_scale(px: number): void {
    px_per_mm.value = Math.min(scale_range.high, Math.max(scale_range.low, px));
    localStorage.setItem(scale_key, String(px_per_mm.value));
}

export function change(more: Partial<Order>): void {
    order.value = { ...order.value, ...more };
    page.value = 1;
    const { own, offset_x, offset_y } = order.value;
    localStorage.setItem(printer_key, JSON.stringify({ own, offset_x, offset_y }));
}

export function choose_kind(what: LabelKind): void {
    const usual = offer_file.value.value?.kinds.find((one) => one.what === what)?.paper;
    // A paper of one's own stays: it is what lies in the printer.
    const stays = ["sheet", "roll"].includes(order.value.paper);
    const paper = stays ? order.value.paper : usual ?? order.value.paper;
    change({ what, paper, cart: "", codes: [], start: 1 });
}

export const paper = computed<LabelPaper | null>(() => {
    const offer = offer_file.value.value;
    return offer && paper_of(order.value, offer.papers, offer.limits);
});

export const label_count = computed(() => {
    const { what, codes } = order.value;
    const all = offer_file.value.value?.kinds.find((one) => one.what === what)?.count ?? 0;
    return codes.length || (things.value?.length ?? all);
});

export const problem = computed(() => {
    const offer = offer_file.value.value;
    return offer && problem_of(order.value, label_count.value, offer.papers, offer.limits);
});

export function is_of_carts(what: LabelKind): boolean {
    return what === "lines" || what === "devices";
}

export function toggle(code: string, on: boolean): void {
    const all = things.value?.map((one) => one.code) ?? [];
    const { codes } = order.value;
    const before = codes.length > 0 ? codes : all;
    const after = all.filter((one) => (one === code ? on : before.includes(one)));
    // None chosen means all, so the last one stays.
    change({ codes: after.length === all.length || after.length === 0 ? [] : after });
}


// The one label that the page came here for, on the paper that is usual for such.
function choose_wanted(): void {
    const one = wanted_label.value;
    if (one && offer_file.value.value) {
        wanted_label.value = null;
        choose_kind(one.what);
        change({ cart: one.cart, codes: [one.code] });
    }
}

// --- what is fetched as the choice changes

let things_of = ""; // the path that `things` is, or will be, the answer to

const things_path = computed(() => {
    const { what, cart } = order.value;
    if (is_of_carts(what)) {
        return cart && `/api/v1/labels/things?what=${what}&cart=${encodeURIComponent(cart)}`;
    }
    return `/api/v1/labels/things?what=${what}`;
});

// Lists that could not be had: what is shown of them may be old.
const unread_things = signal(false);
const unread_carts = signal(false);
export const unread = computed(() => unread_things.value || unread_carts.value);

// What these are stays on the screen until the newer answer is here; another kind's does not.
async function fetch_things(path: string, _view: string): Promise<void> {
    if (path !== things_of) {
        things.value = null;
        things_of = path;
    }
    if (path === "") {
        return;
    }
    try {
        const answer = await get_json<LabelThings>(path);
        unread_things.value = false;
        if (path === things_path.value) {
            things.value = answer?.labels ?? [];
        }
    } catch {
        unread_things.value = true;
    }
}

async function fetch_carts(_view: string): Promise<void> {
    try {
        const answer = await get_json<LabelThings>("/api/v1/labels/things?what=carts");
        unread_carts.value = false;
        carts.value = answer?.labels ?? [];
    } catch {
        unread_carts.value = true;
    }
}

export type Drawing =
    | { kind: "none" }
    | { kind: "drawn"; url: string }
    | { kind: "refused"; status: number; words: string };

export const drawing = signal<Drawing>({ kind: "none" });

function show_drawing(next: Drawing): void {
    if (drawing.value.kind === "drawn") {
        URL.revokeObjectURL(drawing.value.url);
    }
    drawing.value = next;
}

async function draw(address: string, is_last: () => boolean): Promise<void> {
    const response = await fetch(address);
    if (!is_last()) {
        return;
    }
    if (response.ok) {
        show_drawing({ kind: "drawn", url: URL.createObjectURL(await response.blob()) });
    } else {
        const { detail: words } = await refusal_of(response);
        if (is_last()) {
            show_drawing({ kind: "refused", status: response.status, words });
        }
    }
}

// Names the view that the page shows and whether the line stands: with another one all is asked for
// and drawn anew.
export const shown_view = signal("");

// To be used as an effect: keeps what is shown with what is chosen. Returns what ends it.
export function keep_drawn(): () => void {
    let last = "";
    let last_view = shown_view.peek();
    let timer = 0;
    change(remembered_printer());
    const end_wanted = effect(choose_wanted);
    const end_carts = effect(() => void fetch_carts(shown_view.value));
    const end_things = effect(() => void fetch_things(things_path.value, shown_view.value));
    const end_drawing = effect(() => {
        const good = problem.value === null && offer_file.value.value !== null;
        const address = good ? address_of(order.value, "svg", { page: page.value }) : "";
        if (address === last && shown_view.value === last_view) {
            return;
        }
        last = address;
        last_view = shown_view.value;
        window.clearTimeout(timer);
        timer = window.setTimeout(() => {
            if (address === "") {
                show_drawing({ kind: "none" });
                return;
            }
            draw(address, () => last === address).catch(() =>
                show_drawing({ kind: "none" }),
            );
        }, draw_after_ms);
    });
    return () => {
        window.clearTimeout(timer);
        end_wanted();
        end_carts();
        end_things();
        end_drawing();
        last = "";
        show_drawing({ kind: "none" });
    };
}
