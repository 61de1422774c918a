// What the daemon tells of the past: shapes of schema/http.openapi.yaml.
import type { CheckKind, Finding, Name, Readiness, Severity, Step } from "../wire";

export type Fate = "on_time" | "late" | "missed" | "open";

export interface DueDate {
    due: string;
    fate: Fate;
    done: string | null; // working day of the check that kept it
}

export interface CheckRow {
    id: string;
    kind: CheckKind;
    working_day: string;
    opened_at: string;
    closed_at: string;
    by: string;
    witness: string | null;
    readiness: Readiness;
    in_order: number;
    required: number;
    ready_until: string | null;
    not_scanned: number;
    undone: number;
    parked: number;
    seal: string | null;
    voided: boolean; // it counts for no figure
}

export interface HistoryCart {
    node: string;
    id: string;
    name: Name;
    station: Name;
    station_id: string;
    never_checked: boolean;
    first_check: string | null; // working day; before it nothing was due
    dues: DueDate[];
    checks: CheckRow[];
}

export interface Wait {
    over: number;
    still: number;
    median_s: number | null;
    p90_s: number | null;
}

export interface Ahead {
    node: string;
    cart: string;
    cart_name: Name;
    position: string;
    product: string;
    name: Name;
    strength: string;
    unit: string;
    lot: string;
    last_usable_day: string;
    days_left: number;
    quantity: number;
}

export interface MonthAhead {
    month: string; // "2027-02"
    lots: number;
    units: number;
    unused: number; // of these, left over on their last day
}

export interface SwapPlace {
    node: string;
    cart: string;
    cart_name: Name;
    position: string;
    lot: string;
    last_usable_day: string;
}

export interface Swap {
    product: string;
    name: Name;
    strength: string;
    unit: string;
    units: number; // that go each way
    controlled: boolean;
    from: SwapPlace;
    to: SwapPlace;
    used: number; // of the line that takes them, in use_days
}

export interface ExpiryAhead {
    today: string;
    expired: number;
    months: MonthAhead[];
    horizon_days: number; // of what follows
    use_days: number;
    unused: number;
    saved: number; // of these, by the swaps
    swaps: Swap[];
    more_swaps: boolean;
}

export interface PastAlert {
    subject: string;
    name: Name;
    strength: string;
    severity: Severity;
    quantity: number;
    raised_at: string;
    accepted_at: string | null;
    accepted_by: string;
    dispatched_at: string | null;
    ended_at: string | null;
    withdrawn: boolean;
}

export type Waits = Record<"to_accept" | "to_restock", Partial<Record<Severity, Wait>>>;

export interface StationWaits {
    node: string;
    id: string;
    name: Name;
    waits: Waits;
}

// Of a node's journal: the hash is of the last entry, and binds all before it.
export interface JournalRange {
    node: string;
    first: number;
    last: number;
    hash: string;
}

export interface CartFigures {
    node: string;
    cart: string;
    ready_s: number;
    total_s: number;
    lines: number;
    typed: number;
    skipped: number;
}

export interface HistoryFigures {
    from: string;
    to: string;
    overrides_goal: number; // per hundred lines
    overrides_limit: number;
    carts: CartFigures[];
}

export interface History {
    from: string;
    to: string;
    today: string;
    now: string;
    interval_days: number;
    carts: HistoryCart[];
    more_carts: boolean;
    waits: Waits;
    stations: StationWaits[];
    pharmacy: string; // its node
    journals: JournalRange[];
    forecast: Ahead[];
    more_forecast: boolean;
    alerts: PastAlert[]; // of one cart, the last first
    more_alerts: boolean;
}

export interface RecordLine {
    line: string;
    name: Name;
    strength: string;
    position: string;
    par: number;
    critical: boolean;
    result: string;
    quantity: number;
    damaged: number;
    taken_out: number;
    evidence: string | null;
    lots: { lot: string; last_usable_day: string | null; quantity: number }[];
    at: string | null;
}

export interface CheckRecord extends CheckRow {
    node: string;
    cart: string;
    cart_name: Name;
    station: Name;
    lines: RecordLine[];
    lines_of: { check: string; working_day: string } | null; // who counted them, if not this check
    findings: Finding[];
    steps: (Step & { by: { id: string; name: string } | null })[]; // newest first
    steps_whole: boolean;
    journal: JournalRange;
    now: string;
}
