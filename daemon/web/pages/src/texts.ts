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

function fill_part(part: string, values: Values): string {
    return part.replace(placeholder, (_whole, name: string, one?: string, many?: string) => {
        const value = values[name] ?? "";
        return one === undefined ? String(value) : String(Number(value) === 1 ? one : many);
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
