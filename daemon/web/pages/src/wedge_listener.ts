// The wedge on a real page: hears every key before anybody else, whatever has the focus, and gives
// the decoder its time. Nothing is decided here.
import { signal } from "@preact/signals";

import type { Layout } from "./key_layouts";
import { command_wait_ms, pending_max_ms, unfinished_ms, Wedge } from "./wedge";
import type { KeyPress, Outcome } from "./wedge";

// The number being keyed, as the page shows it; "" where there is none.
export const pending_number = signal("");

// That the scanner types on, as its check showed.
export const wedge_layout = signal<Layout>("us");

// How many buttons wait for a digit.
export const wedge_choices = signal(0);

type Field = HTMLInputElement | HTMLTextAreaElement;

function field_of(target: EventTarget | null): Field | null {
    const editable = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement;
    return editable && !target.readOnly ? target : null;
}

function press_of(event: KeyboardEvent, editing: boolean): KeyPress {
    return {
        down: event.type === "keydown",
        code: event.code,
        key: event.key,
        ctrl: event.ctrlKey,
        alt: event.altKey,
        meta: event.metaKey,
        shift: event.shiftKey,
        repeat: event.repeat,
        at: event.timeStamp,
        editing,
    };
}

class Listener {
    private x_wedge = new Wedge();
    private x_take: (outcome: Outcome) => void;
    private x_timers: number[] = [];
    private x_field_before = "";
    // How late the last key was handed on: on a busy machine its silence begins when it is heard.
    private x_late = 0;

    constructor(take: (outcome: Outcome) => void) {
        this.x_take = take;
    }

    hear(event: KeyboardEvent): void {
        if (!event.isTrusted) {
            return;
        }
        const field = field_of(event.target);
        if (field && !this.x_wedge.busy) {
            this.x_field_before = field.value;
        }
        this.x_late = Math.max(0, performance.now() - event.timeStamp);
        this.x_wedge.layout = wedge_layout.value;
        this.x_wedge.choices = wedge_choices.value;
        const taken = this.x_wedge.press(press_of(event, field !== null));
        if (taken.prevent) {
            event.preventDefault();
            event.stopImmediatePropagation();
        }
        if (field && taken.outcomes.some((one) => one.kind === "scan")) {
            field.value = this.x_field_before; // the scan was not meant for the field
            field.dispatchEvent(new Event("input", { bubbles: true }));
            field.blur();
        }
        this.pass_on(taken.outcomes);
        this.wait();
    }

    forget(): void {
        this.x_wedge.reset();
        pending_number.value = "";
    }

    private pass_on(outcomes: Outcome[]): void {
        pending_number.value = this.x_wedge.pending;
        outcomes.forEach(this.x_take);
    }

    private wait(): void {
        this.x_timers.forEach((timer) => window.clearTimeout(timer));
        const tick = (): void =>
            this.pass_on(this.x_wedge.tick(performance.now() - this.x_late));
        // A little later than each limit, so that the limit has passed when the timer runs.
        this.x_timers = [command_wait_ms, unfinished_ms, pending_max_ms].map((ms) =>
            window.setTimeout(tick, ms + 2),
        );
    }
}

// Called once. `take` gets what the keys meant, in order.
export function listen(take: (outcome: Outcome) => void): void {
    const listener = new Listener(take);
    const hear = (event: KeyboardEvent): void => listener.hear(event);
    window.addEventListener("keydown", hear, { capture: true });
    window.addEventListener("keyup", hear, { capture: true });
    window.addEventListener("blur", () => listener.forget());
    // A clicked button keeps no focus: the next scan's Enter would press it again.
    window.addEventListener("click", (event) => {
        const active = document.activeElement;
        if (event.detail > 0 && active instanceof HTMLElement && !field_of(active)) {
            active.blur();
        }
    });
}
