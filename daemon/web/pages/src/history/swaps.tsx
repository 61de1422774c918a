// Which lots to swap between carts so that they are used up in time: a list with a box to tick, which
// prints alone on A4.
import type { JSX } from "preact";

import { day_text } from "../days";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { place_text } from "../parts/place_text";
import { name_and_strength, name_of, text, unit_text } from "../texts";
import { ahead } from "./ahead_state";
import { PastTable } from "./past_table";
import type { ExpiryAhead, Swap, SwapPlace } from "./wire";

const columns = [
    "history.swap_done",
    "history.what",
    "history.swap_units",
    "history.swap_from",
    "history.swap_to",
    "history.swap_use",
] as const;

// The class by which the sheet's styles leave out everything else.
const alone = "print-swaps";

function print_alone(): void {
    const page = document.documentElement;
    page.classList.add(alone);
    addEventListener("afterprint", () => page.classList.remove(alone), { once: true });
    window.print();
}

function Place({ place }: { place: SwapPlace }): JSX.Element {
    return (
        <>
            <b>{name_of(place.cart_name) || place.cart}</b> {place_text(place.position)}
            <br />
            {text("history.swap_lot", { lot: place.lot, day: day_text(place.last_usable_day) })}
        </>
    );
}

function Row({ swap, days }: { swap: Swap; days: number }): JSX.Element {
    return (
        <tr>
            <td class="pick-box" aria-hidden="true">
                ☐
            </td>
            <td>
                {name_and_strength(swap.name, swap.strength)}
                {swap.controlled && (
                    <p class="swap-controlled">
                        <Icon name="notice" size={18} /> {text("history.swap_controlled")}
                    </p>
                )}
            </td>
            <td>
                <b>{swap.units}</b> {unit_text(swap.unit)}
            </td>
            <td>
                <Place place={swap.from} />
            </td>
            <td>
                <Place place={swap.to} />
            </td>
            <td>{text("history.swap_used", { count: swap.used, days })}</td>
        </tr>
    );
}

function List({ told }: { told: ExpiryAhead }): JSX.Element {
    return (
        <>
            <p class="hint">{text("history.swaps_how")}</p>
            <PastTable
                label={text("history.swaps")}
                columns={columns.map((column) => text(column))}
            >
                {told.swaps.map((swap) => (
                    <Row
                        key={`${swap.from.node} ${swap.from.cart} ${swap.from.position} ${swap.from.lot}`}
                        swap={swap}
                        days={told.use_days}
                    />
                ))}
            </PastTable>
            {told.more_swaps && <p class="late">{text("history.more_rows")}</p>}
        </>
    );
}

export function Swaps(): JSX.Element | null {
    const told = ahead.value;
    return told === null ? null : (
        <section class="history-part swaps" aria-label={text("history.swaps")}>
            <div class="history-head">
                <h2>{text("history.swaps")}</h2>
                {told.swaps.length > 0 && (
                    <Button look="quiet" press={print_alone}>
                        {text("history.swaps_print")}
                    </Button>
                )}
            </div>
            <p>
                {text(told.swaps.length > 0 ? "history.swaps_save" : "history.swaps_none", {
                    ...{ days: told.horizon_days, unused: told.unused, saved: told.saved },
                })}
            </p>
            {told.swaps.length > 0 && <List told={told} />}
        </section>
    );
}
