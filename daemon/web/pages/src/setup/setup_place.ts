// Whether the setup is shown and which part of it: a part of every page, while the setup itself is
// fetched when it is opened first. While it is open every scan is its own: the part that waits for a
// badge takes it, else the band says that nothing was recorded.
import { signal } from "@preact/signals";

import { close_history } from "../history/history_place";
import { say_no_badge } from "../no_badge";
import { show_own, shown } from "../shown";
import type { Outcome } from "../wedge";

export type SetupTab = "carts" | "products" | "staff" | "policy" | "labels" | "scanner";

// Null: the setup is not shown.
export const setup_tab = signal<SetupTab | null>(null);

// The camera stands over the part that is shown.
export const setup_camera = signal(false);

// What waits for a scan; null: nothing does.
export const takes_scan = signal<((text: string) => void) | null>(null);

// The one label that the labels are opened for; null: none.
export interface WantedLabel {
    what: "lines" | "devices";
    cart: string;
    code: string;
}

export const wanted_label = signal<WantedLabel | null>(null);

// A label that no scanner reads any more is printed anew.
export function open_label(one: WantedLabel): void {
    open_setup("labels");
    wanted_label.value = one;
}

export function open_setup(tab: SetupTab): void {
    close_history();
    wanted_label.value = null;
    takes_scan.value = null;
    shown.value = null; // what was said last is not of the setup
    setup_tab.value = tab;
}

export function close_setup(): void {
    setup_tab.value = null;
    setup_camera.value = false;
    takes_scan.value = null;
}

export function take_setup_scan(text: string): void {
    if (takes_scan.value) {
        takes_scan.value(text);
    } else {
        show_own("attention", "own.setup_scan");
    }
}

// What the page's own keys were, while the setup is open.
export function take_setup_outcome(outcome: Outcome): void {
    switch (outcome.kind) {
        case "scan":
            return take_setup_scan(outcome.text);
        case "quantity":
            return show_own("reject", "own.typed_badge", { text: outcome.quantity });
        case "broken":
        case "typed":
            return say_no_badge(outcome);
        case "command":
            if (outcome.code === "Escape") {
                close_setup();
            }
    }
}
