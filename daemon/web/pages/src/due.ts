// What checks a cart is asked for, in words: announced the day before, then today, late, missed.
import { day_with_weekday } from "./days";
import { text, word } from "./texts";
import type { CheckKind } from "./wire";

// One of a cart's: the first due first; none of a cart that was never checked in full.
export interface DueCheck {
    kind: CheckKind;
    on: string;
    days: number; // until then; below 0: over
    state: "later" | "tomorrow" | "today" | "late" | "missed";
    by_shift: boolean; // today: in this shift; late: not in the last one; missed: nor before it
}

export function due_text(due: DueCheck): string {
    if (due.by_shift && due.state !== "later" && due.state !== "tomorrow") {
        return text(`due.shift_${due.state}`, { check: word("check_kind", due.kind) });
    }
    return text(`due.${due.state}`, {
        check: word("check_kind", due.kind),
        day: day_with_weekday(due.on),
        count: Math.abs(due.days),
    });
}

export function due_look(due: DueCheck): string {
    if (due.state === "late" || due.state === "missed") {
        return "late";
    }
    return due.state === "later" ? "" : "soon";
}

// What is worth a line where there is room for little: whatever is near or over, else the first.
export function pressing(due: DueCheck[]): DueCheck[] {
    const near = due.filter((one) => one.state !== "later");
    return near.length > 0 ? near : due.slice(0, 1);
}
