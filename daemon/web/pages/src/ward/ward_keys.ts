// What the ward's keys mean, wherever the page is. The printed command codes mean the same, and are
// the daemon's to understand.
import { close_history, go_back, history_place } from "../history/history_place";
import type { Outcome } from "../wedge";
import { choice_of } from "../wedge";
import { take_check_outcome } from "../scanner_check/scanner_state";
import { setup_tab, take_setup_outcome } from "../setup/setup_place";
import { show_own } from "../shown";
import { next_drawer } from "./drawers";
import {
    at_home,
    check,
    checking_scanner,
    choose_reading,
    command,
    current_device,
    is_use,
    open_for_line,
    open_panel,
    panel,
    place,
    reviewing,
    scan,
    touched,
} from "./ward_state";

function back(): void {
    if (history_place.value) {
        go_back();
    } else if (panel.value) {
        panel.value = null;
    } else if (place.value === "review") {
        reviewing.value = false;
    } else {
        at_home.value = false;
    }
}

const anywhere: Record<string, () => void> = {
    Escape: back,
    F1: () => open_panel("help"),
    Slash: () => open_panel("find"),
};

// A key that only a count knows.
function counting(what: () => void): () => void {
    return () => (is_use.value ? show_own("reject", "message.use_counts_nothing") : what());
}

const in_check: Record<string, () => void> = {
    KeyZ: () => command({ do: "undo" }),
    KeyM: counting(() => command({ do: "missing" })),
    KeyE: counting(() => command({ do: "take_out_expired" })),
    KeyD: counting(() => open_for_line("damaged")),
    KeyL: counting(() => open_for_line("expiry")),
    KeyY: () => command({ do: "test", passed: true }),
    KeyN: counting(() =>
        current_device.value ? command({ do: "test", passed: false }) : next_drawer(),
    ),
};

function quantity(number: number): void {
    if (!check.value) {
        show_own("reject", "own.no_check");
    } else if (panel.value === "damaged") {
        command({ do: "damaged", quantity: number });
    } else {
        command({ do: "quantity", quantity: number });
    }
}

export function take_outcome(outcome: Outcome): void {
    touched();
    if (checking_scanner.value) {
        take_check_outcome(outcome);
        return;
    }
    if (setup_tab.value) {
        take_setup_outcome(outcome);
        return;
    }
    switch (outcome.kind) {
        case "scan":
            return scan(outcome.text, false);
        case "quantity":
            return quantity(outcome.quantity);
        case "broken":
            return show_own("reject", "own.broken_scan", { text: outcome.text.slice(0, 40) });
        case "typed":
            return show_own("reject", "own.typed_text", { text: outcome.text.slice(0, 40) });
        case "command":
            return run_key(outcome.code);
    }
}

function run_key(code: string): void {
    if (choice_of(code) > 0) {
        return choose_reading(choice_of(code));
    }
    const general = anywhere[code];
    if (code !== "Escape") {
        close_history();
    }
    if (general) {
        general();
    } else if (check.value) {
        in_check[code]?.();
    } else {
        show_own("reject", "own.no_check");
    }
}
