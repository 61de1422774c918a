// The ward page's state and what a person can do to it. What is true comes from the daemon's view;
// only what is open on the screen is the page's own.
import { computed, effect, signal } from "@preact/signals";

import { close_history } from "../history/history_place";
import { DaemonLine } from "../line_state";
import type { Told } from "../line_state";
import { shown, show_own } from "../shown";
import type { Shown } from "../shown";
import { wedge_choices } from "../wedge_listener";
import type { Check, Command, Device, Line, PackReading, View } from "../wire";

export type Panel =
    | "quantity"
    | "reading"
    | "damaged"
    | "expiry"
    | "find"
    | "parked"
    | "help"
    | "sound"
    | "camera"
    | "more"
    | "seals"
    | "substitutions"
    | "policy";

// They belong to no check: they stay while somebody signs in, and go when a check begins.
const files: ReadonlySet<Panel | null> = new Set(["more", "seals", "substitutions", "policy"]);

export const view = signal<View | null>(null);
export const panel = signal<Panel | null>(null);
// The list before the signature is shown: asked for, and not left since.
export const reviewing = signal(false);
// The overview is shown although a check is open.
export const at_home = signal(false);
// The scanner check is shown: scans go to it and to no cart.
export const checking_scanner = signal(false);
// The drawer that somebody asked to see; counted, so that the same one can be asked for again.
export const drawer_asked = signal({ name: "", count: 0 });

// Replies that a badge may follow as the signature: what it will say of the cart is shown with them.
const reviews: ReadonlySet<string> = new Set([
    "review_missing",
    "review_critical",
    "sign_with_badge",
]);

// After this long without a scan or a key the page goes back to the overview.
export const idle_ms = 10 * 60_000;

// Buttons that a digit key presses: 1 to 9.
export const choice_keys = 9;

let line: DaemonLine<View> | null = null;
let station = "";
let idle = 0;

export const check = computed<Check | null>(() => view.value?.check ?? null);

// What was used is recorded, and nothing is counted.
export const is_use = computed(() => check.value?.kind === "after_use");

// Lines are counted, put in or used; not where the cart stays closed.
export const asks_for_lines = computed(
    () => check.value?.kind !== "sealed" && check.value?.kind !== "handover",
);

export type Place = "home" | "check" | "review";

export const place = computed<Place>(() => {
    if (!check.value || at_home.value) {
        return "home";
    }
    return reviewing.value ? "review" : "check";
});

// The readings that a scan may have, while the daemon waits for an answer.
export const readings = computed<PackReading[]>(() => {
    const one = shown.value;
    return check.value && one?.from === "daemon" ? one.reply.readings : [];
});

export function choose_reading(number: number): void {
    const reading = readings.value[number - 1];
    if (reading) {
        command({ do: "choose_reading", ...reading });
    }
}

// What the next number or command speaks of.
export const current_line = computed<Line | null>(
    () => check.value?.lines.find((one) => one.id === view.value?.session.line) ?? null,
);
export const current_device = computed<Device | null>(
    () => check.value?.devices.find((one) => one.id === view.value?.session.device) ?? null,
);

export function start_ward(first: View): void {
    station = first.station.id;
    line = new DaemonLine<View>({
        live_path: `/api/v1/live?station=${encodeURIComponent(station)}`,
        view,
        last_of: (one) => one.last,
    });
    line.start(first);
    reviewing.value = first.check?.reviewed ?? false;
    shown.subscribe(follow);
    effect(() => {
        const name = view.value?.session.drawer;
        if (name) {
            drawer_asked.value = { name, count: drawer_asked.peek().count + 1 };
        }
    });
    effect(() => {
        const asked = place.value === "check" && panel.value === null && !checking_scanner.value;
        wedge_choices.value = asked ? Math.min(readings.value.length, choice_keys) : 0;
    });
    effect(() => {
        if (view.value?.session.needs_expiry) {
            panel.value = "expiry";
        }
    });
}

// Opens and leaves the review as the daemon's replies say; its own work goes on without leaving.
function follow(one: Shown | null): void {
    close_history(); // whoever scans or keys is at work
    at_home.value = false;
    if (one?.from === "daemon") {
        const { message, line: about, device } = one.reply;
        if (reviews.has(message)) {
            reviewing.value = true;
        } else if (about || device || !check.value) {
            reviewing.value = false;
        }
    }
    if (place.value !== "home" && files.has(panel.value)) {
        panel.value = null;
    }
    touched();
}

// Somebody is there.
export function touched(): void {
    window.clearTimeout(idle);
    idle = window.setTimeout(() => {
        at_home.value = true;
        panel.value = null;
        checking_scanner.value = false;
    }, idle_ms);
}

// A scan always goes through, whatever is open; what was open gives way to its answer, but for the
// camera that scanned it.
export function scan(text: string, typed: boolean, by_camera = false): void {
    if (!by_camera && !files.has(panel.value)) {
        panel.value = null;
    }
    const camera = by_camera ? { camera: true } : {};
    line?.post("/api/v1/scans", { station, text, typed, ...camera });
}

// Somebody says that the machine's date is right; a badge has to follow.
export function confirm_day(day: string): void {
    line?.post("/api/v1/clock/confirm", { station, day });
}

// What is open stays.
export function record(what: Command): void {
    line?.post("/api/v1/commands", { station, command: what });
}

export function command(what: Command): void {
    panel.value = null;
    record(what);
}

// What the setup changes.
export function post_setup(path: string, body: unknown, told: Told): void {
    line?.post(path, body, told);
}

// Whose page this is.
export function this_station(): string {
    return station;
}

export function open_panel(next: Panel): void {
    panel.value = panel.value === next ? null : next;
}

// Opens a panel that needs a current line, or says what to do first.
export function open_for_line(next: Panel): void {
    if (current_line.value) {
        open_panel(next);
    } else {
        show_own("reject", "own.no_line");
    }
}
