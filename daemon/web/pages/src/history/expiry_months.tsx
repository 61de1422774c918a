// Units that expire, month by month, as bars with their numbers; what of them nobody will use is the
// dark part of a bar.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { text } from "../texts";
import { ahead, ahead_failed, horizons, months_ahead } from "./ahead_state";
import { PastTable } from "./past_table";
import type { MonthAhead } from "./wire";

const columns = [
    "history.month",
    "history.month_units",
    "history.month_unused",
    "history.month_lots",
] as const;

function Horizons(): JSX.Element {
    return (
        <div class="row" role="group" aria-label={text("history.ahead_span")}>
            {horizons.map((months) => (
                <Button
                    key={months}
                    look="quiet"
                    pressed={months_ahead.value === months}
                    press={() => (months_ahead.value = months)}
                >
                    {text("history.months_ahead", { count: months })}
                </Button>
            ))}
        </div>
    );
}

function Bar({ one, most }: { one: MonthAhead; most: number }): JSX.Element {
    const share = (units: number): number => (100 * units) / Math.max(most, 1);
    return (
        <svg class="month-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
            <rect class="month-units" width={share(one.units)} height="10" />
            <rect class="month-unused" width={share(one.unused)} height="10" />
        </svg>
    );
}

function Bars({ months }: { months: MonthAhead[] }): JSX.Element {
    const most = Math.max(...months.map((one) => one.units));
    return (
        <PastTable
            label={text("history.ahead")}
            columns={columns.map((column) => text(column))}
        >
            {months.map((one) => (
                <tr key={one.month}>
                    <th scope="row">{one.month}</th>
                    <td class="month-cell">
                        <b>{one.units}</b>
                        <Bar one={one} most={most} />
                    </td>
                    <td>{one.unused}</td>
                    <td>{one.lots}</td>
                </tr>
            ))}
        </PastTable>
    );
}

export function ExpiryMonths(): JSX.Element {
    const told = ahead.value;
    return (
        <section class="history-part" aria-label={text("history.ahead")}>
            <div class="history-head">
                <h2>{text("history.ahead")}</h2>
                <Horizons />
            </div>
            {told ? (
                <>
                    <Bars months={told.months} />
                    <p class="hint">
                        {text("history.ahead_note", { days: told.use_days, expired: told.expired })}
                    </p>
                </>
            ) : (
                <p role="status">
                    {text(ahead_failed.value ? "history.ahead_lost" : "files.waiting")}
                </p>
            )}
        </section>
    );
}
