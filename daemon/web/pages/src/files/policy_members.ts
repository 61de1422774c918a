// The rules as people are shown them: in which group, and what a value may be. The ranges are those
// of schema/entries/policy.changed.schema.json; the daemon judges them again.
import { text, word } from "../texts";
import type { TextKey } from "../texts";
import type { Policy } from "./wire";

export type Member = keyof Policy;
type Value = Policy[Member];

export interface NumberMember {
    member: Member;
    low: number;
    high: number;
}

// Several numbers in one field, as typed.
export type ListName = "near_expiry_days" | "shift_hours";

export interface ListMember {
    member: ListName;
    most: number; // of them
    highest: number;
    parts_day: boolean; // hours: none or at least two, each once
}

export type MemberRow = NumberMember | ListMember | { member: Member };

export interface MemberGroup {
    title: TextKey;
    rows: MemberRow[];
}

export const policy_groups: MemberGroup[] = [
    {
        title: "policy.group_checks",
        rows: [
            { member: "check_interval_days", low: 1, high: 366 },
            { member: "working_day_begins_hour", low: 0, high: 23 },
            { member: "handover_interval_days", low: 0, high: 366 },
            { member: "shift_hours", most: 6, highest: 23, parts_day: true },
            { member: "handover_each_shift" },
            { member: "blind_lines", low: 0, high: 10 },
            { member: "witness" },
            { member: "by_unit" },
            { member: "serialised_by_unit" },
        ],
    },
    {
        title: "policy.group_seals",
        rows: [
            { member: "sealed_within_days", low: 0, high: 366 },
            { member: "sealed_counts_as_weekly" },
            { member: "sealed_interval_days", low: 0, high: 366 },
            { member: "sealed_each_shift" },
        ],
    },
    {
        title: "policy.group_expiry",
        rows: [
            { member: "near_expiry_days", most: 10, highest: 3660, parts_day: false },
            { member: "shortest_life_days", low: 0, high: 3660 },
            { member: "delivery_days", low: 0, high: 60 },
        ],
    },
    {
        title: "policy.group_alerts",
        rows: [
            { member: "accept_within_minutes", low: 1, high: 10080 },
            { member: "resolve_critical_within_hours", low: 1, high: 168 },
            { member: "restock_within_hours", low: 1, high: 168 },
        ],
    },
    {
        title: "policy.group_remarks",
        rows: [
            { member: "pace_seconds_per_line", low: 0, high: 60 },
            { member: "same_label_times", low: 0, high: 100 },
            { member: "list_order_checks", low: 0, high: 100 },
        ],
    },
];

// An empty list means something else of each rule.
export function member_text(policy: Policy, member: Member): string {
    return member === "shift_hours" && policy.shift_hours.length === 0
        ? text("policy.no_hours")
        : value_text(policy[member]);
}

export function value_text(value: Value): string {
    if (typeof value === "boolean") {
        return text(value ? "policy.yes" : "policy.no");
    }
    if (Array.isArray(value)) {
        return value.length > 0 ? value.join(" / ") : text("policy.no_bands");
    }
    return typeof value === "number" ? String(value) : word("watched", value);
}

// What differs, in the order of the groups.
export function changed_members(before: Policy, after: Policy): Member[] {
    return policy_groups
        .flatMap((group) => group.rows)
        .map((row) => row.member)
        .filter((member) => member_text(before, member) !== member_text(after, member));
}
