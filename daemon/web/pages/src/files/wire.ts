// What a daemon says of substitutes, the rules and seals, as types: as ../wire.ts, and by its rules.
import type { Name, Person } from "../wire";

// What may lie in place of what (GET /api/v1/substitutions).
export interface Substitution {
    product: string;
    name: Name;
    strength: string;
    substitute: { product: string; name: Name; strength: string };
    cart: string | null; // null: every cart
    line: string | null; // null: every line that asks for the product
    until: string;
    warning: string;
    published_at: string;
    published_by: Person | null;
    withdrawn: { at: string; by: Person | null; reason: string } | null;
    in_force: boolean;
}

export type WatchedLines = "off" | "controlled" | "controlled_and_high_alert";

// What the hospital may change.
export interface Policy {
    check_interval_days: number;
    delivery_days: number;
    near_expiry_days: number[];
    shift_hours: number[];
    sealed_each_shift: boolean;
    handover_each_shift: boolean;
    shortest_life_days: number;
    working_day_begins_hour: number;
    accept_within_minutes: number;
    resolve_critical_within_hours: number;
    restock_within_hours: number;
    sealed_within_days: number;
    sealed_counts_as_weekly: boolean;
    sealed_interval_days: number;
    handover_interval_days: number;
    witness: WatchedLines;
    by_unit: WatchedLines;
    serialised_by_unit: boolean;
    blind_lines: number;
    pace_seconds_per_line: number;
    same_label_times: number;
    list_order_checks: number;
}

export interface PolicyChange {
    seq: number;
    at: string;
    by: Person | null;
    policy: Policy;
}

// GET /api/v1/policy
export interface PolicyView {
    policy: Policy;
    defaults: Policy; // what the program comes with
    changes: PolicyChange[]; // the last one first
    more: boolean; // there are older ones
}

export interface VoidedSeal {
    number: string;
    at: string | null;
    by: Person | null;
    reason: string;
}

// Seals that a station was given at one time.
export interface SealSeries {
    first: string;
    last: string;
    issued_at: string;
    issued_by: Person | null;
    count: number;
    left: number;
    next: string | null;
    on_cart: number;
    broken: number;
    gap_count: number;
    gaps: string[];
    voided_count: number;
    voided: VoidedSeal[];
}

export interface SealStation {
    station: string;
    name: Name;
    series: SealSeries[];
}

// GET /api/v1/seals
export interface SealStock {
    nodes: { node: string; never_issued: number; stations: SealStation[] }[];
}
