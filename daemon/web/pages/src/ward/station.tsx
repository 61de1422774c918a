// Which station this screen stands at: said in the address, remembered, or chosen once.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { asked_station, remember } from "../chosen";
import { Button } from "../parts/button";
import { name_of, text } from "../texts";
import type { Stations } from "../wire";

export const stations = signal<Stations["stations"]>([]);

// The station to begin with, or null where somebody has to choose.
export function chosen_station(known: Stations["stations"], search: string): string | null {
    const asked = asked_station(search);
    const only = known.length === 1 ? known[0] : undefined;
    return known.find((one) => one.id === asked)?.id ?? only?.id ?? null;
}

export function remember_station(id: string): void {
    remember("station", id);
}

// Starts over, so that no part of one station's state can stay behind at another.
export function choose_again(): void {
    remember("station", null);
    window.location.assign(window.location.pathname);
}

export function Chooser({ choose }: { choose: (id: string) => void }): JSX.Element {
    return (
        <main class="chooser">
            <h1>{text("station.title")}</h1>
            <p>{text("station.about")}</p>
            <ul>
                {stations.value.map((one) => (
                    <li key={one.id}>
                        <Button look="primary" press={() => choose(one.id)}>
                            {name_of(one.name)}
                        </Button>
                    </li>
                ))}
            </ul>
        </main>
    );
}
