// Where in the past the page is: a part of every page, while the pages of the past are fetched when
// they are opened first.
import { signal } from "@preact/signals";

export type Place =
    | { at: "all" }
    | { at: "cart"; node: string; cart: string }
    | { at: "check"; node: string; check: string; day: string; back: Place };

// Null: the past is not shown.
export const history_place = signal<Place | null>(null);

export function open_history(): void {
    history_place.value = { at: "all" };
}

export function close_history(): void {
    history_place.value = null;
}

export function go_back(): void {
    const place = history_place.value;
    if (place?.at === "check") {
        history_place.value = place.back;
    } else {
        history_place.value = place?.at === "cart" ? { at: "all" } : null;
    }
}
