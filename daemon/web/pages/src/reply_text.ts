// The daemon's replies in words. Its values come as data: names in two languages (name, name_en),
// days, instants, words of its own lists. Here they become what a person reads.
import { day_text, moment_text } from "./days";
import { daemon_now } from "./line_state";
import { place_text } from "./parts/place_text";
import { language, name_of, strength_after, text, word } from "./texts";
import type { Values } from "./texts";
import type { Name } from "./wire";

// Values that are words of a list, by their names.
const lists: Record<string, string> = {
    readiness: "readiness",
    what: "what",
    also: "verdict",
    rule: "rule",
    type: "tag",
    unit: "unit",
};

// Values that say where in a cart something lies.
const places = ["position", "drawer"];

// The daemon's stations by their ids.
let stations = new Map<string, Name>();

export function know_stations(all: { id: string; name: Name }[]): void {
    stations = new Map(all.map((one) => [one.id, one.name]));
}

function word_list(group: string, value: string): string {
    const keys = value.split(/[\s,]+/).filter((key) => key !== "");
    return keys.map((key) => word(group, key)).join(text("list.comma"));
}

function value_text(name: string, value: string): string {
    const group = lists[name];
    if (group !== undefined) {
        return word_list(group, value);
    }
    if (places.includes(name)) {
        return place_text(value);
    }
    if (/^\d{4}-\d\d-\d\d$/.test(value)) {
        return day_text(value);
    }
    return /^\d{4}-\d\d-\d\dT/.test(value) ? moment_text(value, daemon_now.value) : value;
}

export function values_text(values: Record<string, string>): Values {
    const english = language.value === "en";
    const entries = Object.entries(values).map(([name, value]) => {
        const translated = english ? values[`${name}_en`] : undefined;
        return [name, value_text(name, translated || value)] as const;
    });
    const said: Values = Object.fromEntries(entries);
    const station = stations.get(values["station"] ?? "");
    if (station) {
        said["station"] = name_of(station);
    }
    for (const [name, strength] of [["name", "strength"], ["listed", "listed_strength"]] as const) {
        if (said[strength]) {
            said[strength] = strength_after(String(said[name] ?? ""), String(said[strength]));
        }
    }
    return said;
}

export function message_text(message: string, values: Record<string, string>): string {
    return word("message", message, values_text(values));
}
