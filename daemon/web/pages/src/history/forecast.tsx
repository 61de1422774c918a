// What will expire, the first to go first; only what needs doing within half a year.
import type { JSX } from "preact";

import { day_text } from "../days";
import { Expiry } from "../parts/badges";
import { place_text } from "../parts/place_text";
import { name_and_strength, name_of, text } from "../texts";
import { PastTable } from "./past_table";
import type { Ahead } from "./wire";

// Bands of the page; the same borders as the colours of a day.
const bands = [30, 90, 180] as const;

const columns = [
    "history.usable_to",
    "history.what",
    "history.lot",
    "history.units",
    "history.where",
] as const;

function Bands({ rows }: { rows: Ahead[] }): JSX.Element {
    const over = rows.filter((one) => one.days_left < 0).length;
    return (
        <p class="bands">
            <span class={over > 0 ? "late" : ""}>{text("history.expired", { count: over })}</span>
            {bands.map((band) => (
                <span key={band}>
                    {text("history.within", {
                        days: band,
                        count: rows.filter((one) => one.days_left >= 0 && one.days_left <= band).length,
                    })}
                </span>
            ))}
        </p>
    );
}

export function Forecast({ rows, more }: { rows: Ahead[]; more: boolean }): JSX.Element {
    return (
        <section class="history-part" aria-label={text("history.forecast")}>
            <h2>{text("history.forecast")}</h2>
            <Bands rows={rows} />
            <PastTable
                label={text("history.forecast")}
                columns={columns.map((column) => text(column))}
            >
                {rows.map((one) => (
                    <tr key={`${one.node} ${one.cart} ${one.position} ${one.product} ${one.lot}`}>
                        <td>
                            {day_text(one.last_usable_day)}{" "}
                            <Expiry day={one.last_usable_day} days={one.days_left} brief />
                        </td>
                        <td>{name_and_strength(one.name, one.strength)}</td>
                        <td>{one.lot || text("line.no_lot")}</td>
                        <td>{one.quantity}</td>
                        <td>
                            {name_of(one.cart_name) || one.cart} {place_text(one.position)}
                        </td>
                    </tr>
                ))}
            </PastTable>
            {more && <p class="late">{text("history.more_rows")}</p>}
        </section>
    );
}
