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
}

export interface HistoryCart {
    node: string;
    id: string;
    name: Name;
    station: Name;
    never_checked: boolean;
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

export interface History {
    from: string;
    to: string;
    today: string;
    now: string;
    interval_days: number;
    carts: HistoryCart[];
    more_carts: boolean;
    waits: Record<"to_accept" | "to_restock", Partial<Record<Severity, Wait>>>;
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
    findings: Finding[];
    steps: (Step & { by: { id: string; name: string } | null })[]; // newest first
    steps_whole: boolean;
}
