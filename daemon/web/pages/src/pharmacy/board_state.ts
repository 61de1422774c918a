// The board's state: what the pharmacy's daemon says, whose badge is in use, and which alert waits
// for a badge. What is true comes from the daemon's view alone.
import { computed, effect, signal } from "@preact/signals";

import { daemon_now, DaemonLine } from "../line_state";
import type { Told } from "../line_state";
import { show_own } from "../shown";
import { play, unlocked } from "../sounds";
import { name_of } from "../texts";
import type { Board, BoardAlert, Name } from "../wire";
import { drawn_groups, groups_of, raised_episodes, with_unchanged_groups } from "./groups";
import type { Group } from "./groups";
import { read_pack } from "./product_search";
import { follow_wall } from "./wall_state";

export const board = signal<Board | null>(null);
export const drawn = signal<Group[]>([]);
// A pointer or a key is at the list: rows stay where they are.
export const held = signal(false);
// The badge last read here, so that one scan serves several acceptances; forgotten when idle.
export const badge = signal("");
export const sound_open = signal(false);
export const camera_open = signal(false);

export const operator_idle_ms = 10 * 60_000;
export const alarm_every_ms = 60_000;
// A touch has no "leave": the list is held for this long after one.
export const touch_holds_ms = 5_000;
export const eta_minutes = [15, 30, 60] as const;
export const eta_default = 30;

// Told when it goes to the daemon, and what became of it.
interface Hearing {
    sent: () => void;
    told: Told;
}

export type Intent =
    | { do: "accept"; alerts: BoardAlert[]; minutes: number; group: string }
    | { do: "hand_back"; alerts: BoardAlert[]; group: string }
    | {
          do: "dispatch";
          alerts: [BoardAlert];
          units: UnitRow[];
          reason: string;
          group: string;
          hear: Hearing;
      }
    | {
          do: "silence";
          alerts: [BoardAlert];
          reason: string;
          until: string;
          group: string;
          hear: Hearing;
      }
    // Of no one alert.
    | { do: "publish"; path: string; body: object; alerts: []; group: ""; hear: Hearing };

// One lot that is about to be sent.
export interface UnitRow {
    lot: string;
    last_usable_day: string | null;
    quantity: number;
    serials: string[];
    product: string | null; // of a substitute …
    name: Name | null; // … and how it is called
}

// Decided, and waits for a badge.
export const intent = signal<Intent | null>(null);

// While the past is awaited nobody answers for an alert.
export const past_awaited = computed(() => Boolean(board.value?.past));
// For what is told in minutes: rows are not drawn anew with every view.
export const now_about = computed(() =>
    daemon_now.value ? `${daemon_now.value.slice(0, "2026-11-22T02:06:3".length)}0.000Z` : "",
);

let line: DaemonLine<Board> | null = null;
let idle = 0;
let release = 0;
let pointer_inside = false;

export function start_board(first: Board): void {
    line = new DaemonLine<Board>({ live_path: "/api/v1/live", view: board, last_of: () => null });
    line.start(first);
    effect(() => {
        const now = board.value;
        if (now) {
            const groups = drawn_groups(drawn.peek(), groups_of(now), held.value);
            drawn.value = with_unchanged_groups(drawn.peek(), groups);
        }
    });
    follow_wall();
    start_alarms();
}

// New critical and high alerts are heard once, critical ones again until somebody accepts them.
function start_alarms(): void {
    let known_critical = new Set<string>();
    let known_high = new Set<string>();
    effect(() => {
        if (!board.value || !unlocked.value) {
            return; // what nobody could hear is announced once sound is allowed
        }
        const critical = raised_episodes(board.value, "critical");
        const high = raised_episodes(board.value, "high");
        if (board.value.past) {
            // What comes back was heard before; what nobody had heard yet is told when it is over.
            return;
        }
        if ([...critical].some((one) => !known_critical.has(one))) {
            play("alarm");
        } else if ([...high].some((one) => !known_high.has(one))) {
            play("attention");
        }
        known_critical = critical;
        known_high = high;
    });
    window.setInterval(() => {
        if (board.value && !board.value.past && raised_episodes(board.value, "critical").size > 0) {
            play("alarm");
        }
    }, alarm_every_ms);
}

// A pointer came over the list; held until it leaves.
export function hold(): void {
    pointer_inside = true;
    held.value = true;
}

export function let_go(): void {
    pointer_inside = false;
    held.value = false;
}

// A touch or a key: held for a while, and longer where a pointer is there too.
export function hold_a_while(): void {
    window.clearTimeout(release);
    held.value = true;
    release = window.setTimeout(() => (held.value = pointer_inside), touch_holds_ms);
}

// What the setup changes.
export function post_setup(path: string, body: unknown, told: Told): void {
    line?.post(path, body, told);
}

export function forget_operator(): void {
    window.clearTimeout(idle);
    badge.value = "";
}

function remember_operator(text: string): void {
    window.clearTimeout(idle);
    badge.value = text;
    idle = window.setTimeout(forget_operator, operator_idle_ms);
}

// Who is at the board: the badge read here, as the daemon knows it.
export function operator_name(): string {
    return badge.value ? (board.value?.session.staff?.name ?? "") : "";
}

// Members that say nothing are left out: the daemon takes no empty text.
function dispatch_body(answer: object, units: UnitRow[], reason: string): object {
    const rows = units.map(({ lot, last_usable_day, quantity, serials, product }) => ({
        quantity,
        ...(lot && { lot }),
        ...(last_usable_day && { last_usable_day }),
        ...(serials.length > 0 && { serials }),
        ...(product && { product }),
    }));
    return { ...answer, units: rows, ...(reason && { reason }) };
}

function post_intent(what: Intent, text: string): void {
    if (what.do === "publish") {
        what.hear.sent();
        line?.post(what.path, { ...what.body, badge: text }, what.hear.told);
    }
    const at = Date.parse(daemon_now.value);
    for (const alert of what.alerts) {
        const { node, cart, subject, episode } = alert;
        const answer = { node, cart, subject, episode, badge: text };
        if (what.do === "accept") {
            const expected_at = new Date(at + what.minutes * 60_000).toISOString();
            line?.post("/api/v1/alerts/accept", { ...answer, expected_at });
        } else if (what.do === "dispatch") {
            const body = dispatch_body(answer, what.units, what.reason);
            what.hear.sent();
            line?.post("/api/v1/alerts/dispatch", body, what.hear.told);
        } else if (what.do === "silence") {
            const body = { ...answer, ...(what.reason && { reason: what.reason }), until: what.until };
            what.hear.sent();
            line?.post("/api/v1/alerts/silence", body, what.hear.told);
        } else {
            line?.post("/api/v1/alerts/hand_back", answer);
        }
    }
}

// Done at once where a badge is known, else at the next badge.
export function propose(next: Intent): void {
    if (next.do !== "publish" && next.alerts.length === 0) {
        return;
    }
    if (badge.value) {
        remember_operator(badge.value);
        intent.value = null;
        post_intent(next, badge.value);
    } else {
        intent.value = next;
    }
}

// Somebody says that the machine's date is right; a badge has to follow.
export function confirm_day(day: string): void {
    line?.post("/api/v1/clock/confirm", { station: "pharmacy", day });
}

// What a code is that is no badge, in words of the board: it is about no cart.
async function say_code(text: string): Promise<void> {
    const pack = await read_pack(text);
    const [product] = pack?.products ?? [];
    if (product) {
        const values = { name: name_of(product.name), lot: pack?.lot ?? "" };
        show_own("reject", "own.board_pack", values);
    } else if (pack) {
        show_own("reject", "own.board_code", { text: text.slice(0, 40) });
    }
}

// What the daemon says of a scan in the words of a ward, which the board says in its own.
const words_of_wards = new Set(["scan_cart_first", "unknown_tag"]);

// A badge at the board; whether it is one is the daemon's to say. `otherwise` says what else it is.
export function scan_badge(text: string, otherwise = (): void => void say_code(text)): void {
    const waiting = intent.value;
    intent.value = null;
    line?.post("/api/v1/scans", { station: "pharmacy", text }, (said) => {
        if (said.kind === "reject") {
            intent.value ??= waiting; // it still waits
        } else if (waiting) {
            post_intent(waiting, text);
        }
        if (said.from !== "daemon") {
            return false;
        }
        if (words_of_wards.has(said.reply.message)) {
            otherwise();
            return true;
        }
        if (said.kind !== "reject" && board.value?.session.staff) {
            remember_operator(text);
        }
        if (said.reply.message === "badge_known" && !waiting) {
            show_own("accept", "own.board_badge", { name: said.reply.values["by"] ?? "" });
            return true;
        }
        return said.reply.message === "badge_known"; // what waited is answered next
    });
}

export function select_row(number: number): void {
    const group = drawn.value[number - 1];
    const alerts = group?.alerts.filter((alert) => alert.state === "raised") ?? [];
    if (!group || group.gone || alerts.length === 0) {
        show_own("reject", "own.no_row", { number });
    } else {
        propose({ do: "accept", alerts, minutes: eta_default, group: group.key });
    }
}
