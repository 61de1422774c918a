// Words on the screen: two catalogues, one language at a time; {name} for what is filled in,
// {count|one item|many items} where English needs a plural, and [ … ] around what is left out where
// its value is not known. No sentence is put together from parts.
import { effect, signal } from "@preact/signals";

import en from "../texts/en.json";
import zh from "../texts/zh-CN.json";
import type { Name } from "./wire";

export type Language = "zh-CN" | "en";
export type TextKey = keyof typeof zh;
export type Values = Record<string, string | number>;

const catalogues: Record<Language, Record<string, string>> = { "zh-CN": zh, en };
const remembered = "cartwatch.language";

function stored_language(): Language {
    return localStorage.getItem(remembered) === "en" ? "en" : "zh-CN";
}

export const language = signal<Language>("zh-CN");

const placeholder = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g;

// Chinese texts have a thin space around digits: the one after a number with its unit ("25 分钟") is
// none, where more Chinese follows.
const spaced = new RegExp(`${placeholder.source}( (?=\\p{Script=Han}))?`, "gu");
const measure = /^[\d.]+ ?\p{Script=Han}+$/u;

function fill_part(part: string, values: Values): string {
    type Group = string | undefined;
    return part.replace(spaced, (_whole, name: string, one: Group, many: Group, space: Group) => {
        const given = values[name] ?? "";
        const value = one === undefined ? String(given) : String((Number(given) === 1 ? one : many) ?? "");
        return measure.test(value) ? value : value + (space ?? "");
    });
}

// A part in square brackets is left out where nothing is known to put into it.
export function fill(template: string, values: Values): string {
    const whole = template.replace(/\[([^\]]*)\]/g, (_part, inside: string) => {
        const names = [...inside.matchAll(placeholder)].map((found) => found[1] ?? "");
        return names.some((name) => (values[name] ?? "") === "") ? "" : inside;
    });
    return fill_part(whole, values);
}

export function text(key: TextKey, values: Values = {}): string {
    return fill(catalogues[language.value][key] ?? key, values);
}

// A word whose key the daemon sent; the bare key where this page is older than the daemon.
export function word(group: string, key: string, values: Values = {}): string {
    const template = catalogues[language.value][`${group}.${key}`];
    return template === undefined ? key : fill(template, values);
}

// What a group of the catalogues has words for, without its name.
export function keys_of(group: string): string[] {
    const all = Object.keys(zh).filter((key) => key.startsWith(`${group}.`));
    return all.map((key) => key.slice(group.length + 1));
}

// What units are counted in: sheets give one word, and hospitals write few different ones. One that
// the catalogues do not have stands as it was given.
export function unit_text(unit: string): string {
    return word("unit", unit);
}

export function name_of(name: Name | null): string {
    if (!name) {
        return "";
    }
    return (language.value === "en" ? name.en : name.zh) || name.zh || name.en;
}

// A strength, unless the name ends with it already ("Syringe 5 mL"; but "15 mL" is not "5 mL").
export function strength_after(name: string, strength: string): string {
    const bare = (said: string): string => said.replace(/\s+/g, "").toLowerCase();
    const [whole, end] = [bare(name), bare(strength)];
    const before = whole.slice(0, whole.length - end.length);
    return whole.endsWith(end) && !/[\d.,/]$/.test(before) ? "" : strength;
}

export function strength_beside(name: Name | null, strength: string): string {
    return strength_after(name_of(name), strength);
}

export function name_and_strength(name: Name | null, strength: string): string {
    return `${name_of(name)} ${strength_beside(name, strength)}`.trim();
}

export function set_language(next: Language): void {
    language.value = next;
    localStorage.setItem(remembered, next);
}

// Called once, before anything is drawn.
export function start_texts(): void {
    language.value = stored_language();
    effect(() => {
        document.documentElement.lang = language.value;
        document.title = text("app.title");
    });
}
