// What of the past is shown: fetched from the daemon for the place and the weeks asked for.
import { computed, effect, signal } from "@preact/signals";

import { daemon_now } from "../line_state";
import { get_json } from "../server";
import { name_of } from "../texts";
import { fetch_figures } from "./cart_figures";
import { history_place } from "./history_place";
import type { Place } from "./history_place";
import { day_after, monday_of } from "./weeks";
import type { CheckRecord, History, HistoryCart, Waits } from "./wire";

export const spans = [12, 26, 52] as const; // weeks before the one that runs

export const weeks_back = signal<number>(spans[0]);
// As station_key: of which carts alone; empty: of all.
export const station_chosen = signal("");
// Raised to ask the daemon again.
export const asked_again = signal(0);

export const history = signal<History | null>(null);
export const record = signal<CheckRecord | null>(null);
export const failed = signal(false);

export function refresh(): void {
    asked_again.value += 1;
}

// Its id alone; empty: all. Stations of two wards with one id are the same to whoever asks for it.
export const station_id_chosen = computed(() => station_chosen.value.split(" ").slice(1).join(" "));

export function station_key(cart: HistoryCart): string {
    return `${cart.node} ${cart.station_id}`;
}

const collator = new Intl.Collator("zh-u-co-pinyin");

export const carts_shown = computed(() => {
    const all = history.value?.carts ?? [];
    const wanted = all.filter((one) => !station_chosen.value || station_key(one) === station_chosen.value);
    return [...wanted].sort(
        (a, b) =>
            collator.compare(name_of(a.station), name_of(b.station)) ||
            collator.compare(name_of(a.name), name_of(b.name)),
    );
});

// Stations of the carts that are here: key and name.
export const stations_known = computed(() => {
    const names = new Map<string, string>();
    for (const cart of history.value?.carts ?? []) {
        names.set(station_key(cart), name_of(cart.station) || cart.node);
    }
    return [...names].sort((a, b) => collator.compare(a[1], b[1]));
});

// How long alerts waited, of the station that is chosen.
export const waits_shown = computed<Waits>(() => {
    const told = history.value;
    const none = { to_accept: {}, to_restock: {} };
    const of_station = told?.stations.find((one) => `${one.node} ${one.id}` === station_chosen.value);
    return station_chosen.value ? (of_station?.waits ?? none) : (told?.waits ?? none);
});

// The days asked for, from a Monday on.
export function from_day(today: string): string {
    return day_after(monday_of(today), -7 * weeks_back.value);
}

function path_of(place: Place): string {
    if (place.at === "check") {
        const { node, check, day } = place;
        return `/api/v1/history/check?${new URLSearchParams({ node, check, day })}`;
    }
    return `/api/v1/history?${days_and_cart(place)}`;
}

function days_and_cart(place: Place): string {
    const today = daemon_now.peek().slice(0, 10);
    const query = new URLSearchParams({ from: from_day(today) });
    if (place.at === "cart") {
        query.set("node", place.node);
        query.set("cart", place.cart);
    }
    return query.toString();
}

let asked = "";
// What `history` holds: going back to it asks for nothing.
let held = "";

async function fetch_place(place: Place, path: string): Promise<void> {
    asked = path;
    let answer: unknown = null;
    try {
        answer = await get_json<unknown>(path);
    } catch {
        answer = null; // said on the page, with a button to ask again
    }
    if (asked !== path) {
        return; // somebody went on meanwhile
    }
    failed.value = answer === null;
    if (answer === null) {
        return;
    }
    if (place.at === "check") {
        record.value = answer as CheckRecord;
    } else {
        history.value = answer as History;
        held = path;
    }
}

// Asks for what the place needs whenever it or the weeks change. Returns how to stop.
export function follow_place(): () => void {
    let times_before = asked_again.peek();
    held = ""; // what was shown before is as old as that
    return effect(() => {
        const place = history_place.value;
        const path = place ? path_of(place) : "";
        const anew = asked_again.value !== times_before;
        times_before = asked_again.value;
        failed.value = false;
        if (place && place.at !== "check") {
            void fetch_figures(`/api/v1/history/figures?${days_and_cart(place)}`, anew);
        }
        if (!place || (path === held && !anew)) {
            asked = path; // what is still on its way is for another place
            return;
        }
        if (place.at === "check") {
            record.value = null;
        } else {
            history.value = null;
            held = "";
        }
        void fetch_place(place, path);
    });
}
