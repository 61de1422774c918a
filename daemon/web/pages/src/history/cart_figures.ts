// How long carts were ready, and how many of their lines were typed or left out: fetched apart from
// the rest, for the daemon goes through its journal for it.
import { signal } from "@preact/signals";

import { get_json } from "../server";
import type { CartFigures, HistoryCart, HistoryFigures } from "./wire";

export const figures = signal<HistoryFigures | null>(null);
export const figures_failed = signal(false);

let asked = "";
let held = ""; // what `figures` is the answer to

// Asks for them once; `anew`: even if they are here.
export async function fetch_figures(path: string, anew: boolean): Promise<void> {
    asked = path;
    figures_failed.value = false;
    if (held === path && !anew) {
        return;
    }
    figures.value = null;
    held = "";
    let answer: HistoryFigures | null = null;
    try {
        answer = await get_json<HistoryFigures>(path);
    } catch {
        answer = null; // said on the page
    }
    if (asked === path) {
        figures.value = answer;
        figures_failed.value = answer === null;
        held = answer === null ? "" : path;
    }
}

const key = (node: string, cart: string): string => `${node} ${cart}`;

// Those of the carts added up; null: they are not here (yet), or of none of these carts.
export function figures_of(told: HistoryFigures | null, carts: HistoryCart[]): CartFigures | null {
    const wanted = new Set(carts.map((cart) => key(cart.node, cart.id)));
    const rows = (told?.carts ?? []).filter((one) => wanted.has(key(one.node, one.cart)));
    const sum = (member: "ready_s" | "total_s" | "lines" | "typed" | "skipped"): number =>
        rows.reduce((all, one) => all + one[member], 0);
    return rows.length === 0
        ? null
        : {
              ...{ node: "", cart: "", ready_s: sum("ready_s"), total_s: sum("total_s") },
              ...{ lines: sum("lines"), typed: sum("typed"), skipped: sum("skipped") },
          };
}

// Per hundred lines; null: no line was checked.
export function overrides_of(sum: CartFigures): number | null {
    return sum.lines === 0 ? null : (100 * (sum.typed + sum.skipped)) / sum.lines;
}

export type OverrideState = "good" | "watch" | "high";

export function override_state(per_hundred: number, told: HistoryFigures): OverrideState {
    if (per_hundred > told.overrides_limit) {
        return "high";
    }
    return per_hundred > told.overrides_goal ? "watch" : "good";
}
