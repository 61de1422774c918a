// Weeks of carts as values: which week a day is in, and what one week of one cart was.
import type { CheckRow, DueDate, HistoryCart } from "./wire";

const day_ms = 86_400_000;

function instant_of(day: string): number {
    return Date.parse(`${day}T00:00:00Z`);
}

function day_of(instant: number): string {
    return new Date(instant).toISOString().slice(0, 10);
}

// So many days later; before, where negative.
export function day_after(day: string, days: number): string {
    return day_of(instant_of(day) + days * day_ms);
}

// The Monday on or before a day.
export function monday_of(day: string): string {
    const instant = instant_of(day);
    const since_monday = (new Date(instant).getUTCDay() + 6) % 7;
    return day_of(instant - since_monday * day_ms);
}

// ISO 8601: a week belongs to the year of its Thursday.
export function week_number(monday: string): number {
    const thursday = instant_of(monday) + 3 * day_ms;
    const year = new Date(thursday).getUTCFullYear();
    return Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * day_ms)) + 1;
}

// The Mondays of the weeks that the days from and to lie in, and of all between.
export function mondays(from: string, to: string): string[] {
    const all: string[] = [];
    for (let monday = monday_of(from); monday <= to; monday = day_after(monday, 7)) {
        all.push(monday);
    }
    return all;
}

// "checked": a check that no due date asked for. "none": nothing was due, and nobody checked.
// "before": the cart's first check was still to come.
export type CellState = "on_time" | "not_ready" | "late" | "open" | "missed" | "checked" | "none" | "before";

export interface Cell {
    state: CellState;
    dues: DueDate[];
    check: CheckRow | null; // that it opens: the one that kept the due date, else the week's last
}

function worst(dues: DueDate[]): DueDate | undefined {
    const order = ["missed", "open", "late", "on_time"];
    return [...dues].sort((a, b) => order.indexOf(a.fate) - order.indexOf(b.fate))[0];
}

export function cell_of(cart: HistoryCart, monday: string): Cell {
    const next = day_after(monday, 7);
    const in_week = (day: string): boolean => monday <= day && day < next;
    const dues = cart.dues.filter((one) => in_week(one.due));
    const full = cart.checks.filter((one) => one.kind === "full");
    const of_week = full.filter((one) => in_week(one.working_day));
    const due = worst(dues);
    const keeping = due?.done ? full.filter((one) => one.working_day === due.done) : [];
    const check = keeping.at(-1) ?? of_week.at(-1) ?? null;
    if (due && due.fate !== "on_time") {
        return { state: due.fate, dues, check };
    }
    if (check && check.readiness === "not_ready") {
        return { state: "not_ready", dues, check };
    }
    if (due || check) {
        return { state: due ? "on_time" : "checked", dues, check };
    }
    const is_before = cart.first_check === null || next <= cart.first_check;
    return { state: is_before ? "before" : "none", dues, check };
}

export interface Fates {
    due: number;
    on_time: number;
    late: number;
    missed: number;
    open: number;
}

export function fates_of(dues: DueDate[]): Fates {
    const count = (fate: string): number => dues.filter((one) => one.fate === fate).length;
    return {
        due: dues.length,
        on_time: count("on_time"),
        late: count("late"),
        missed: count("missed"),
        open: count("open"),
    };
}

// Per cent on time of the due dates of each week; weeks without any are left out.
export function weekly_share(carts: HistoryCart[], weeks: string[]): { week: string; share: number }[] {
    return weeks.flatMap((week) => {
        const next = day_after(week, 7);
        const dues = carts.flatMap((cart) => cart.dues.filter((one) => week <= one.due && one.due < next));
        const { due, on_time } = fates_of(dues);
        return due === 0 ? [] : [{ week, share: (100 * on_time) / due }];
    });
}
