// What expires in the months ahead, and the swaps that would save some of it: fetched apart from the
// rest, of the station that is chosen.
import { effect, signal } from "@preact/signals";

import { get_json } from "../server";
import { asked_again, station_chosen } from "./history_state";
import { history_place } from "./history_place";
import type { ExpiryAhead } from "./wire";

export const horizons = [6, 12, 24] as const; // months

export const months_ahead = signal<number>(horizons[0]);
export const ahead = signal<ExpiryAhead | null>(null);
export const ahead_failed = signal(false);

let asked = "";

async function fetch_ahead(path: string): Promise<void> {
    asked = path;
    let answer: ExpiryAhead | null = null;
    try {
        answer = await get_json<ExpiryAhead>(path);
    } catch {
        answer = null; // said on the page
    }
    if (asked === path) {
        ahead.value = answer;
        ahead_failed.value = answer === null;
    }
}

// Asks again whenever the station, the months or the place change. Returns how to stop.
export function follow_ahead(): () => void {
    return effect(() => {
        const query = new URLSearchParams({ months: String(months_ahead.value) });
        const [node, station] = station_chosen.value.split(" ");
        if (node && station) {
            query.set("node", node);
            query.set("station", station);
        }
        void asked_again.value;
        if (history_place.value?.at === "all") {
            ahead_failed.value = false;
            void fetch_ahead(`/api/v1/history/expiry?${query}`);
        }
    });
}
