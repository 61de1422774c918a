// The scanner check: which test code is next, what came for each, and what the daemon makes of it.
// It judges nothing. While it is open, the scans of this station come here and go to no cart.
import { computed, signal } from "@preact/signals";

import { get_json, name_of_tab, post_json, random_key, retry_ms } from "../server";
import { try_sound } from "../sounds";
import { checking_scanner, panel, this_station } from "../ward/ward_state";
import type { Outcome } from "../wedge";
import { wedge_layout } from "../wedge_listener";
import { gaps_kept } from "./timing";
import type { Checkup, KnownScanner, ScannerCheckInfo, TestCode } from "../wire";
import type { HeardScans } from "../wire_scans";

// Between two questions for scans of the daemon's devices; it forgets us after 5 s.
const poll_ms = 1_000;
// Every so many polls the list of scanners is asked for anew.
const polls_each_list = 5;

const path = "/api/v1/scanner_check";
export const test_codes: TestCode[] = ["digits", "letters", "gs1"];

export interface Answer {
    text: string;
    line_end: boolean;
    longest_gap_ms: number;
}

export type TriedSound = "accept" | "attention" | "reject";

export type Answers = Partial<Record<TestCode, Answer>>;

export const info = signal<ScannerCheckInfo | null>(null);
export const answers = signal<Answers>({});
// The daemon's verdict, and the answers that it is of: what came since then is not judged yet.
export const checkup = signal<Checkup | null>(null);
export const judged = signal<Answers>({});
// The scanner under check; null before its first scan.
export const source = signal<KnownScanner | null>(null);
// The daemon could not be asked; the last answer counts no longer.
export const trouble = signal(false);
// The last scan was nobody's: the place is at work.
export const refused = signal(false);

// Between the keys that the page heard of this scanner, in milliseconds.
export const gaps = signal<number[]>([]);
// The sound that was played last, and whether somebody heard it; null: not said yet.
export const tried_sound = signal<TriedSound | null>(null);
export const heard = signal<boolean | null>(null);

let last_heard: number | null = null;
let polls = 0;
let timer = 0;
let opened = 0; // counts the times that the check was opened: one poll goes on at a time
let asked = 0; // counts the questions for a verdict, so that a late answer is not taken

// The first code that has not been read; null: all have.
export const step = computed<TestCode | null>(
    () => test_codes.find((code) => !checkup.value?.readable[code]) ?? null,
);

function begin_anew(scanner: KnownScanner | null): void {
    refused.value = false;
    answers.value = {};
    gaps.value = [];
    checkup.value = null;
    judged.value = {};
    source.value = scanner;
}

export function open_check(): void {
    begin_anew(null);
    panel.value = null;
    last_heard = null;
    polls = 0;
    checking_scanner.value = true;
    tried_sound.value = null;
    heard.value = null;
    window.clearTimeout(timer);
    opened += 1;
    void poll(opened);
}

export function try_sound_of(kind: TriedSound): void {
    tried_sound.value = kind;
    heard.value = null;
    try_sound(kind);
}

export function hear(yes: boolean): void {
    if (tried_sound.value) {
        heard.value = yes;
    }
}

export function leave_check(): void {
    checking_scanner.value = false;
}

export function check_again(): void {
    begin_anew(null);
}

async function refresh(station: string): Promise<void> {
    const fresh = await get_json<ScannerCheckInfo>(`${path}?station=${encodeURIComponent(station)}`);
    if (fresh) {
        info.value = fresh;
        wedge_layout.value = fresh.page.layout;
    }
}

// Asks until the daemon has said how the page's keys are to be read.
export function start_wedge_layout(station: string): void {
    refresh(station).catch(() => {
        window.setTimeout(() => start_wedge_layout(station), retry_ms);
    });
}

async function listen(): Promise<void> {
    const body = { station: this_station(), listener: name_of_tab(), ...(last_heard === null ? {} : { after: last_heard }) };
    const sent = await post_json<HeardScans>(`${path}/listen`, body, random_key());
    trouble.value = sent.kind !== "answer" || sent.answer.taken;
    if (sent.kind !== "answer") {
        return;
    }
    last_heard = sent.answer.last;
    for (const scan of sent.answer.heard) {
        refused.value = scan.refused;
        if (scan.refused) {
            continue;
        }
        const scanner = info.value?.scanners.find((one) => one.identity === scan.identity);
        if (scanner) {
            take(scanner, { text: scan.text, line_end: scan.line_end, longest_gap_ms: 0 });
        }
    }
}

// One that was left and opened again meanwhile is another's to go on with.
async function poll(mine: number): Promise<void> {
    if (mine !== opened) {
        return;
    }
    if (!checking_scanner.value) {
        await post_json(`${path}/listen`, { station: this_station(), listener: name_of_tab(), stop: true }, random_key());
        return;
    }
    try {
        if (polls % polls_each_list === 0) {
            await refresh(this_station());
        }
        polls += 1;
        await listen();
    } catch {
        trouble.value = true; // said on the page until the next poll succeeds
    }
    if (mine === opened) {
        timer = window.setTimeout(() => void poll(mine), poll_ms);
    }
}

// What the page's own keys were, while the check is open.
export function take_check_outcome(outcome: Outcome): void {
    const page = info.value?.page;
    if (outcome.kind === "command") {
        run_check_key(outcome.code);
    } else if (page && outcome.kind === "scan") {
        take(page, { text: outcome.text, line_end: true, longest_gap_ms: outcome.longest_gap });
        gaps.value = [...gaps.value, ...outcome.gaps].slice(-gaps_kept);
    } else if (page && outcome.kind === "broken") {
        const gap = Math.min(outcome.longest_gap, 60_000); // what the daemon takes
        take(page, { text: outcome.text, line_end: outcome.ended, longest_gap_ms: gap });
    }
}

function run_check_key(code: string): void {
    if (code === "Escape") {
        leave_check();
    } else if (code === "KeyY" || code === "KeyN") {
        hear(code === "KeyY");
    }
}

// A scan of another scanner, or one after a whole check, begins a check anew.
function take(scanner: KnownScanner, answer: Answer): void {
    if (source.value?.identity !== scanner.identity || step.value === null) {
        begin_anew(scanner);
    }
    const code = step.value ?? "digits";
    answers.value = { ...answers.value, [code]: answer };
    void ask(scanner);
}

async function ask(scanner: KnownScanner): Promise<void> {
    asked += 1;
    const mine = asked;
    const body = {
        station: this_station(),
        identity: scanner.identity,
        layout: scanner.layout,
        keep: true,
        answers: answers.value,
    };
    const sent = await post_json<Checkup>(`${path}/answers`, body, random_key());
    if (mine !== asked || source.value?.identity !== scanner.identity) {
        return;
    }
    trouble.value = sent.kind !== "answer";
    checkup.value = sent.kind === "answer" ? sent.answer : null;
    judged.value = body.answers;
    if (sent.kind === "answer" && sent.answer.kept) {
        await refresh(this_station()).catch(() => (trouble.value = true));
    }
}
