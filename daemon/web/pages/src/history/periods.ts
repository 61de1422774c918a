// Due dates by the periods that they lie in: days, ISO weeks, months, quarters, or all of them at once.
import { fates_of, monday_of, week_number } from "./weeks";
import type { Fates } from "./weeks";
import type { DueDate } from "./wire";

export const period_kinds = ["day", "week", "month", "quarter", "range"] as const;
export type PeriodKind = (typeof period_kinds)[number];

// "2026-11-22", "2026-W47", "2026-11", "2026-Q4", or "" for the range. An ISO week bears the year of its
// Thursday: the last days of December may be of the next one.
export function period_of(day: string, kind: PeriodKind): string {
    const year = day.slice(0, 4);
    const month = Number(day.slice(5, 7));
    switch (kind) {
        case "day":
            return day;
        case "week": {
            const monday = monday_of(day);
            const thursday = new Date(Date.parse(`${monday}T00:00:00Z`) + 3 * 86_400_000);
            return `${thursday.getUTCFullYear()}-W${String(week_number(monday)).padStart(2, "0")}`;
        }
        case "month":
            return day.slice(0, 7);
        case "quarter":
            return `${year}-Q${Math.ceil(month / 3)}`;
        case "range":
            return "";
    }
}

export interface PeriodFates extends Fates {
    period: string;
}

// The latest first; periods in which nothing was due are left out.
export function fates_by(dues: DueDate[], kind: PeriodKind): PeriodFates[] {
    const periods = new Map<string, DueDate[]>();
    for (const due of dues) {
        const period = period_of(due.due, kind);
        const known = periods.get(period);
        if (known) {
            known.push(due);
        } else {
            periods.set(period, [due]);
        }
    }
    return [...periods]
        .sort(([a], [b]) => (a < b ? 1 : -1))
        .map(([period, of_period]) => ({ period, ...fates_of(of_period) }));
}
