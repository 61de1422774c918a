// What was keyed where a badge is scanned, and is none: said, and nothing done.
import { show_own } from "./shown";
import type { Outcome } from "./wedge";

const shown_max = 40; // signs of it that the band has room for

export function say_no_badge(outcome: Extract<Outcome, { kind: "broken" | "typed" }>): void {
    const key = outcome.kind === "broken" ? "own.broken_scan" : "own.typed_badge";
    show_own("reject", key, { text: outcome.text.slice(0, shown_max) });
}
