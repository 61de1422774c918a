// Words on the screen: two catalogues, one language at a time; {name} for what is filled in,
// {count|one item|many items} where English needs a plural, and [ … ] around what is left out where
// its value is not known. No sentence is put together from parts.
import { effect, signal } from "@preact/signals";

import type zh from "../texts/zh-CN.json";
import { catalogue_path, chosen_language, remember } from "./chosen";
import type { Language } from "./chosen";
import { get_json } from "./server";
import type { Name } from "./wire";

export type { Language } from "./chosen";
export type TextKey = keyof typeof zh;
export type Values = Record<string, string | number>;

type Catalogue = Record<string, string>;

// Fetched, each when it is wanted: a page begins with one.
const catalogues: Record<Language, Catalogue> = { "zh-CN": {}, en: {} };

export function know_texts(of: Language, texts: Catalogue): void {
    catalogues[of] = texts;
}

function is_known(of: Language): boolean {
    return Object.keys(catalogues[of]).length > 0;
}

async function load_texts(of: Language): Promise<void> {
    if (!is_known(of)) {
        const texts = await get_json<Catalogue>(catalogue_path(of));
        if (!texts) {
            throw new Error(`no texts: ${of}`);
        }
        know_texts(of, texts);
    }
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

// The words for a refusal whose reason the daemon sent, or for any where this page has none of its own.
export function refusal_key(reason: string): TextKey {
    const key = keys_of("refusal").find((one) => one === reason);
    return key === undefined ? "own.refused" : (`refusal.${key}` as TextKey);
}

// What a group of the catalogues has words for, without its name.
export function keys_of(group: string): string[] {
    const all = Object.keys(catalogues[language.value]).filter((key) => key.startsWith(`${group}.`));
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

// At once where its texts are here, else as soon as they are; without them the page stays as it is.
export async function set_language(next: Language): Promise<void> {
    if (!is_known(next)) {
        await load_texts(next);
    }
    language.value = next;
    remember("language", next);
}

// The other language, so that a change to it takes no daemon.
export function load_other_texts(): Promise<void> {
    return load_texts(language.value === "en" ? "zh-CN" : "en");
}

// Called once, before anything is drawn; throws where the daemon does not answer.
export async function start_texts(): Promise<void> {
    await load_texts(chosen_language());
    language.value = chosen_language();
    effect(() => {
        document.documentElement.lang = language.value;
        document.title = text("app.title");
    });
}
