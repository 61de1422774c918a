// A scanner that types, told apart from a person at the keys: key events with their times in,
// scans, quantities and commands out. Pure: no DOM, no clock, no timer; `tick` is told the time.
// Characters come from the key's place, read by the layout that the scanner types on, so that input
// methods, the machine's own layout and Caps Lock do not matter. It judges no code: what a scan means is the daemon's to say.

import { sign_of } from "./key_layouts";
import type { Layout } from "./key_layouts";

export interface KeyPress {
    down: boolean;
    code: string; // KeyboardEvent.code: the key's place
    key: string; // KeyboardEvent.key: "Process" under an input method
    ctrl: boolean;
    alt: boolean;
    meta: boolean;
    shift: boolean;
    repeat: boolean;
    at: number; // milliseconds, monotonic
    editing: boolean; // a field of the page has the focus: only scans are taken
}

export type Outcome =
    | { kind: "scan"; text: string; gaps: number[]; longest_gap: number }
    | { kind: "quantity"; quantity: number }
    | { kind: "command"; code: string } // KeyboardEvent.code of the key
    // Part of a scan, or one torn apart; `ended`: by its Enter, not by silence.
    | { kind: "broken"; text: string; ended: boolean; longest_gap: number }
    | { kind: "typed"; text: string }; // keyed in by hand, and no quantity

export interface Taken {
    outcomes: Outcome[];
    prevent: boolean; // the key was ours: the browser must not act on it
}

// Largest gap within a scan: one real log shows 47.3 ms, so 50 would have had no margin.
export const char_gap_max_ms = 80;
// Median gap of a short scan; people are not below 60 for long.
export const median_gap_max_ms = 35;
// Shortest text taken for a scan on its median alone.
export const scan_chars_min = 6;
// From here on every gap below the largest is proof enough: nobody keys eight signs so fast.
export const steady_chars_min = 8;
// A lone command key waits this long, because a scan may begin with the same letter.
export const command_wait_ms = 120;
// A burst without its Enter is given up after this time.
export const unfinished_ms = 500;
// A number before a scan was keyed by a person only if this long passed before the trigger.
export const trigger_gap_min_ms = 300;
// A number that nobody finished is forgotten, so that it can never join tomorrow's.
export const pending_max_ms = 20_000;
// 4,296 signs is the largest QR code; a longer text is a stuck key.
export const text_chars_max = 4_296;
// The daemon takes 0 to 9999.
export const quantity_digits_max = 4;

const gs = "\x1d";
const terminators = new Set(["Enter", "NumpadEnter", "Tab"]);
const instant_commands = new Set(["Escape", "F1"]);
const command_keys = new Set(["KeyZ", "KeyM", "KeyE", "KeyD", "KeyL", "KeyN", "KeyY", "Slash"]);

// Which button a digit key presses; 0: it is no digit from 1 on.
export function choice_of(code: string): number {
    return Number(/^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1] ?? 0);
}

interface Sign {
    char: string;
    code: string;
    at: number;
}

function gaps_of(signs: Sign[]): number[] {
    return signs.slice(1).map((sign, i) => sign.at - (signs[i]?.at ?? 0));
}

function median(values: number[]): number {
    const sorted = [...values].sort((a, b) => a - b);
    const middle = sorted.length >> 1;
    const upper = sorted[middle] ?? 0;
    return sorted.length % 2 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function text_of(signs: Sign[]): string {
    const text = signs.map((sign) => sign.char).join("");
    return text.replace(/<GS>|\{GS\}/g, gs); // what some scanners write for the separator
}

// Runs of signs with no gap above the largest.
function runs_of(signs: Sign[]): Sign[][] {
    const runs: Sign[][] = [];
    for (const sign of signs) {
        const run = runs[runs.length - 1];
        const last = run?.[run.length - 1];
        if (run && last && sign.at - last.at <= char_gap_max_ms) {
            run.push(sign);
        } else {
            runs.push([sign]);
        }
    }
    return runs;
}

function machine_made(run: Sign[]): boolean {
    const quick = median(gaps_of(run)) <= median_gap_max_ms;
    return run.length >= steady_chars_min || (run.length >= 3 && quick);
}

function whole_scan(run: Sign[]): Outcome {
    const gaps = gaps_of(run);
    return {
        kind: "scan",
        text: text_of(run),
        gaps,
        longest_gap: Math.max(0, ...gaps),
    };
}

function broken(signs: Sign[], ended: boolean): Outcome {
    const text = text_of(signs.slice(0, text_chars_max));
    return { kind: "broken", text, ended, longest_gap: Math.max(0, ...gaps_of(signs)) };
}

function number_of(signs: Sign[]): number | null {
    const text = text_of(signs);
    return /^\d+$/.test(text) && text.length <= quantity_digits_max ? Number(text) : null;
}

// A number keyed by a person and left standing before the trigger was pulled.
function left_standing(before: Sign[], first: Sign): boolean {
    const last = before[before.length - 1];
    return (
        last !== undefined
        && number_of(before) !== null
        && gaps_of(before).every((gap) => gap > median_gap_max_ms)
        && first.at - last.at >= trigger_gap_min_ms
    );
}

// What the signs before a terminator were. Never a scan where a doubt remains.
export function judge(signs: Sign[]): Outcome {
    const runs = runs_of(signs);
    const last = runs[runs.length - 1] ?? [];
    const first = last[0];
    const scanned = runs.some(machine_made);
    if (signs.length > text_chars_max) {
        return broken(signs, true);
    }
    if (first && machine_made(last)) {
        const before = signs.slice(0, signs.length - last.length);
        const alone = before.length === 0 || left_standing(before, first);
        return alone ? whole_scan(last) : broken(signs, true);
    }
    const number = number_of(signs);
    if (number !== null && !scanned) {
        return { kind: "quantity", quantity: number };
    }
    return scanned ? broken(signs, true) : { kind: "typed", text: text_of(signs) };
}

export class Wedge {
    layout: Layout = "us"; // that the scanner types on
    choices = 0; // as many buttons are pressed by the digits 1, 2, …: 0 to 9
    private x_signs: Sign[] = [];
    private x_shift = false;
    private x_altgr = false;
    private x_alt_digits = "";
    private x_ended_at = -Infinity;
    private x_editing = false;
    private x_command_at = -Infinity;

    // Digits keyed by a person so far, for the page to show; "" where there are none.
    get pending(): string {
        const signs = this.x_editing ? [] : this.x_signs;
        return number_of(signs) !== null && !machine_made(signs) ? text_of(signs) : "";
    }

    // Something has been keyed that is not settled yet.
    get busy(): boolean {
        return this.x_signs.length > 0;
    }

    // The page lost the keyboard: keys may have gone up unseen.
    reset(): void {
        this.x_signs = [];
        this.x_command_at = -Infinity;
        this.x_shift = false;
        this.x_altgr = false;
        this.x_alt_digits = "";
    }

    // Called when time has passed without keys. Gives commands, and gives bursts up.
    tick(now: number): Outcome[] {
        const last = this.x_signs[this.x_signs.length - 1];
        if (!last) {
            return [];
        }
        const silence = now - last.at;
        if (silence >= command_wait_ms && this.lone_command(last)) {
            this.x_signs = [];
            this.x_command_at = last.at;
            return this.x_editing ? [] : [{ kind: "command", code: last.code }];
        }
        const waits = this.pending !== "" && !this.x_editing;
        if (silence < (waits ? pending_max_ms : unfinished_ms)) {
            return [];
        }
        const torn = !this.x_editing && runs_of(this.x_signs).some(machine_made);
        const signs = this.x_signs;
        this.x_signs = [];
        if (torn) {
            this.x_ended_at = now; // its Enter may still come, and must press nothing
        }
        return torn ? [broken(signs, false)] : [];
    }

    press(event: KeyPress): Taken {
        const due = this.tick(event.at);
        if (event.editing !== this.x_editing) {
            this.reset();
            this.x_editing = event.editing;
        }
        const taken = event.down ? this.down(event) : this.up(event);
        return { outcomes: [...due, ...taken.outcomes], prevent: taken.prevent };
    }

    // One command key by itself, or after a number that was left standing.
    private lone_command(last: Sign): boolean {
        const choice = choice_of(last.code);
        if (this.x_signs.length === 1 && choice > 0 && choice <= this.choices) {
            return true;
        }
        const before = this.x_signs.slice(0, -1);
        const previous = before[before.length - 1];
        const apart = !previous || last.at - previous.at > char_gap_max_ms;
        return command_keys.has(last.code) && apart && (!previous || number_of(before) !== null);
    }

    private up(event: KeyPress): Taken {
        if (event.code.startsWith("Shift")) {
            this.x_shift = false;
        }
        if (event.code === "AltRight") {
            this.x_altgr = false;
        }
        if (event.code.startsWith("Alt") && this.x_alt_digits !== "") {
            const value = Number(this.x_alt_digits);
            this.x_alt_digits = "";
            if (value > 0 && value < 128) {
                this.add(String.fromCharCode(value), "", event.at);
            }
            return { outcomes: [], prevent: true };
        }
        return { outcomes: [], prevent: false };
    }

    private down(event: KeyPress): Taken {
        if (event.code.startsWith("Shift")) {
            this.x_shift = true;
        }
        if (event.code === "AltRight") {
            this.x_altgr = true;
        }
        if (event.repeat || /^(Shift|Control|Alt|Meta|CapsLock|NumLock)/.test(event.code)) {
            return { outcomes: [], prevent: event.repeat && !event.editing && this.bursting(event) };
        }
        if (instant_commands.has(event.code)) {
            const clears = event.code === "Escape" && this.pending !== "" && !event.editing;
            this.x_signs = [];
            const outcomes: Outcome[] = clears ? [] : [{ kind: "command", code: event.code }];
            return { outcomes, prevent: true };
        }
        const third = this.x_altgr ? sign_of(this.layout, event.code, 2) : null;
        if (third !== null && !event.meta) {
            this.add(third, event.code, event.at);
            return { outcomes: [], prevent: !event.editing };
        }
        if (event.alt || event.ctrl || event.meta) {
            return this.chord(event);
        }
        // A key that makes nothing with AltGr on this layout types nothing.
        return this.x_altgr ? { outcomes: [], prevent: false } : this.plain(event);
    }

    // Separators and characters that scanners send with Alt or Ctrl; all other chords are not ours.
    private chord(event: KeyPress): Taken {
        const ours: Taken = { outcomes: [], prevent: true };
        if (event.alt && /^Numpad\d$/.test(event.code)) {
            this.x_alt_digits = (this.x_alt_digits + event.code.charAt(6)).slice(-4);
            return ours;
        }
        if (event.ctrl && event.code === "BracketRight") {
            this.add(gs, "", event.at);
            return ours;
        }
        if (event.ctrl && (event.code === "KeyJ" || event.code === "KeyM")) {
            const ended = event.at - this.x_ended_at <= command_wait_ms; // the LF of CR LF
            return this.bursting(event) ? this.end(event) : { outcomes: [], prevent: ended };
        }
        return { outcomes: [], prevent: false };
    }

    private plain(event: KeyPress): Taken {
        if (terminators.has(event.code)) {
            return this.end(event);
        }
        if (event.code === "F8") {
            const within = this.bursting(event);
            if (within) {
                this.add(gs, "", event.at);
            }
            return { outcomes: [], prevent: within };
        }
        if (event.code === "Backspace" && !event.editing) {
            this.x_signs.pop();
            return { outcomes: [], prevent: true };
        }
        const char = sign_of(this.layout, event.code, event.shift || this.x_shift ? 1 : 0)
            ?? (event.key.length === 1 ? event.key : null);
        if (char === null) {
            return { outcomes: [], prevent: false };
        }
        // A space on an empty line presses the button that has the focus.
        const prevent = !event.editing && (char !== " " || this.x_signs.length > 0);
        if (prevent || event.editing) {
            this.add(char, event.code, event.at);
        }
        return { outcomes: [], prevent };
    }

    private end(event: KeyPress): Taken {
        if (this.x_signs.length === 0) {
            return { outcomes: [], prevent: event.at - this.x_ended_at <= command_wait_ms };
        }
        const outcome = this.judged();
        this.x_signs = [];
        this.x_shift = false;
        this.x_ended_at = event.at;
        const ours = !event.editing || outcome.kind === "scan";
        return { outcomes: ours ? [outcome] : [], prevent: ours };
    }

    // A scan that follows a command too closely lost its first sign to it.
    private judged(): Outcome {
        const outcome = judge(this.x_signs);
        const since = (this.x_signs[0]?.at ?? 0) - this.x_command_at;
        return outcome.kind === "scan" && since < trigger_gap_min_ms
            ? broken(this.x_signs, true)
            : outcome;
    }

    private add(char: string, code: string, at: number): void {
        if (this.x_signs.length > text_chars_max) {
            this.x_signs.pop(); // too long already: only the time of the last key still counts
        }
        this.x_signs.push({ char, code, at });
    }

    private bursting(event: KeyPress): boolean {
        const last = this.x_signs[this.x_signs.length - 1];
        return last !== undefined && event.at - last.at <= command_wait_ms;
    }
}
