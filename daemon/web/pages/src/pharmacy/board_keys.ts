// What keys and scans mean at the board: a badge, a row's number with Enter, Esc.
import { close_history, go_back, history_place } from "../history/history_place";
import { say_no_badge } from "../no_badge";
import { setup_tab, take_setup_outcome } from "../setup/setup_place";
import type { Outcome } from "../wedge";
import { camera_open, hold_a_while, intent, scan_badge, select_row, sound_open } from "./board_state";
import { close_files, scan_for_substitution, substitution_form } from "./file_state";
import { pick_list_open } from "./pick_list";
import { close_recalls, recall_form, scan_recalled } from "./recall_state";
import { close_send_form, scan_unit, send_form } from "./send_state";

// While a form asks what leaves, a code is a pack of it; where one asks for a product, what the
// daemon knows for a pack. Else, and where something waits for one, it is a badge.
function take_scan(text: string): void {
    if (send_form.value?.do === "dispatch" && !intent.value) {
        void scan_unit(text);
    } else if (recall_form.value && !intent.value) {
        void scan_recalled(text);
    } else if (substitution_form.value && !intent.value) {
        void scan_for_substitution(text);
    } else {
        scan_badge(text);
    }
}

export function take_board_outcome(outcome: Outcome): void {
    hold_a_while();
    if (setup_tab.value) {
        take_setup_outcome(outcome);
        return;
    }
    if (history_place.value && outcome.kind === "command") {
        return outcome.code === "Escape" ? go_back() : undefined;
    }
    if (pick_list_open.value && outcome.kind === "command") {
        pick_list_open.value = outcome.code !== "Escape";
        return;
    }
    pick_list_open.value = false;
    close_history(); // what a scan or a number leads to is said on the board
    switch (outcome.kind) {
        case "scan":
            return take_scan(outcome.text);
        case "quantity":
            return select_row(outcome.quantity);
        case "broken":
        case "typed":
            return say_no_badge(outcome);
        case "command":
            if (outcome.code === "Escape") {
                intent.value = null;
                sound_open.value = false;
                camera_open.value = false;
                close_send_form();
                close_recalls();
                close_files();
            }
    }
}
