// The scans of a station's own scanners while the setup is open: the daemon hands them to the page
// instead of to a cart. Keys that the page hears itself come another way.
import { name_of_tab, post_json, random_key } from "../server";
import { show_own } from "../shown";
import type { HeardScan, HeardScans } from "../wire_scans";
import { take_setup_scan } from "./setup_place";

// Between two questions; the daemon forgets us after 5 s.
const poll_ms = 1_000;
const path = "/api/v1/scanner_check/listen";

// A page that was closed is forgotten after 5 s: whoever listens longer is open somewhere.
const taken_max = 6;

function take(scan: HeardScan): void {
    if (scan.refused) {
        show_own("reject", "own.place_at_work");
    } else {
        take_setup_scan(scan.badge ?? scan.text);
    }
}

// To be used as an effect: returns what ends it.
export function hear_station(station: string): () => void {
    let last: number | null = null;
    let timer = 0;
    let over = false;
    let lost = false;
    let taken = 0; // answers in a row
    const listen = async (): Promise<void> => {
        const body = { station, listener: name_of_tab(), ...(last === null ? {} : { after: last }) };
        const sent = await post_json<HeardScans>(path, body, random_key());
        if (over) {
            return;
        }
        if (sent.kind === "answer") {
            last = sent.answer.last;
            sent.answer.heard.forEach(take);
        }
        taken = sent.kind === "answer" && sent.answer.taken ? taken + 1 : 0;
        const deaf = sent.kind !== "answer" || taken > taken_max;
        if (deaf && !lost) {
            show_own("reject", "own.setup_deaf"); // said once, until it is well again
        }
        lost = deaf;
        timer = window.setTimeout(() => void listen(), poll_ms);
    };
    void listen();
    return () => {
        over = true;
        window.clearTimeout(timer);
        void post_json(path, { station, listener: name_of_tab(), stop: true }, random_key());
    };
}
