// Days and times as people read them. Days are the hospital's calendar days and know no zone;
// instants are shown in this machine's zone.
import { language, text } from "./texts";

function parts_of(day: string): Date {
    return new Date(`${day}T00:00:00Z`);
}

function weekday(day: string): string {
    const format = new Intl.DateTimeFormat(language.value, { weekday: "short", timeZone: "UTC" });
    return format.format(parts_of(day));
}

// 2026-09-20 / 20 Sep 2026
export function day_text(day: string): string {
    if (language.value === "zh-CN") {
        return day;
    }
    // British English has "Sept" for one month of twelve; three letters fit every column.
    const month = new Intl.DateTimeFormat("en-US", { month: "short", timeZone: "UTC" });
    const date = parts_of(day);
    return `${date.getUTCDate()} ${month.format(date)} ${date.getUTCFullYear()}`;
}

export function day_with_weekday(day: string): string {
    return language.value === "zh-CN"
        ? `${day_text(day)} ${weekday(day)}`
        : `${weekday(day)} ${day_text(day)}`;
}

export function days_between(from: string, to: string): number {
    return Math.round((parts_of(to).getTime() - parts_of(from).getTime()) / 86_400_000);
}

// "24 days left", "last day", "expired 3 days ago"
export function days_left_text(days: number): string {
    if (days < 0) {
        return text("days.over", { count: -days });
    }
    return days === 0 ? text("days.last") : text("days.left", { count: days });
}

function two(value: number): string {
    return String(value).padStart(2, "0");
}

export function clock_text(instant: string, seconds = false): string {
    const date = new Date(instant);
    const tail = seconds ? `:${two(date.getSeconds())}` : "";
    return `${two(date.getHours())}:${two(date.getMinutes())}${tail}`;
}

// The time, with its day where that is not today's.
export function moment_text(instant: string, now: string): string {
    const date = new Date(instant);
    if (date.toDateString() === new Date(now).toDateString()) {
        return clock_text(instant);
    }
    const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
    return `${day_text(day)} ${clock_text(instant)}`;
}

// How long ago, in the largest fitting unit.
export function age_text(instant: string, now: string): string {
    const minutes = Math.max(0, Math.floor((Date.parse(now) - Date.parse(instant)) / 60_000));
    if (minutes < 1) {
        return text("age.now");
    }
    if (minutes < 60) {
        return text("age.minutes", { count: minutes });
    }
    if (minutes < 48 * 60) {
        return text("age.hours", { count: Math.floor(minutes / 60) });
    }
    return text("age.days", { count: Math.floor(minutes / 1440) });
}

// How long it took or has been going on.
export function span_text(from: string, to: string): string {
    const minutes = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 60_000));
    return minutes < 60
        ? text("span.minutes", { count: minutes })
        : text("span.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

// m:ss, or h:mm:ss
export function duration_text(from: string, to: string): string {
    const seconds = Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 1000));
    const minutes = Math.floor(seconds / 60);
    const rest = two(seconds % 60);
    return minutes < 60
        ? `${minutes}:${rest}`
        : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${rest}`;
}

// The words before a date: 有效期至 or EXP, usable through that day; 失效期, not from that day on.
export type DayWord = "through" | "before";

// The last usable day of a date as people key it: 2027-06-30, 20270630, 2027.6, 202706, 270630. A
// month stands for its last day, after 失效期 for its first. Null where it is none of these, or no
// day of the calendar.
export function parse_day(typed: string, word: DayWord = "through"): string | null {
    const clean = typed.trim().replace(/[./年月]/g, "-").replace(/[日\s]/g, "").replace(/-+$/, "");
    const split = /^(\d{4})-(\d{1,2})(?:-(\d{1,2}))?$/.exec(clean);
    const packed = /^(20\d\d)(\d\d)(\d\d)?$/.exec(clean) ?? /^(\d\d)(\d\d)(\d\d)$/.exec(clean);
    const found = split ?? packed;
    if (!found) {
        return null;
    }
    const year = Number(found[1]) + (found[1]?.length === 2 ? 2000 : 0);
    const month = Number(found[2]);
    const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
    const whole_month = found[3] === undefined || found[3] === "00";
    const named = word === "before" ? 1 : last;
    const day = whole_month ? named : Number(found[3]);
    if (month < 1 || month > 12 || day < 1 || day > last) {
        return null;
    }
    const usable = new Date(Date.UTC(year, month - 1, word === "before" ? day - 1 : day));
    return usable.toISOString().slice(0, 10);
}
