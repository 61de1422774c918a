// The past: every cart by weeks, one cart whole, one check whole. No scan is taken for it: whoever
// scans is back at work at once.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { clock_text, day_text } from "../days";
import { Button } from "../parts/button";
import { Strip } from "../parts/frame";
import { leave_when_idle } from "../parts/leave_when_idle";
import { text } from "../texts";
import { follow_ahead } from "./ahead_state";
import { CartPast } from "./cart_past";
import { CheckPast } from "./check_past";
import { DueTable } from "./due_table";
import { ExpiryMonths } from "./expiry_months";
import { Exports } from "./exports";
import { Forecast } from "./forecast";
import { close_history, go_back, history_place } from "./history_place";
import {
    carts_shown,
    failed,
    follow_place,
    history,
    record,
    refresh,
    spans,
    station_chosen,
    station_id_chosen,
    stations_known,
    waits_shown,
    weeks_back,
} from "./history_state";
import { Matrix } from "./matrix";
import { RunChart } from "./run_chart_view";
import { Swaps } from "./swaps";
import { Totals } from "./totals";
import { mondays, weekly_share } from "./weeks";
import type { History } from "./wire";

function Spans(): JSX.Element {
    return (
        <div class="row" role="group" aria-label={text("history.span")}>
            {spans.map((weeks) => (
                <Button
                    key={weeks}
                    look="quiet"
                    pressed={weeks_back.value === weeks}
                    press={() => (weeks_back.value = weeks)}
                >
                    {text("history.weeks_back", { count: weeks })}
                </Button>
            ))}
        </div>
    );
}

function Stations(): JSX.Element | null {
    return stations_known.value.length < 2 ? null : (
        <label class="station-choice">
            {text("history.station")}
            <select
                value={station_chosen.value}
                onChange={(event) => {
                    station_chosen.value = event.currentTarget.value;
                    event.currentTarget.blur(); // the next scan's digits are not for it
                }}
            >
                <option value="">{text("history.all_stations")}</option>
                {stations_known.value.map(([key, name]) => (
                    <option key={key} value={key}>
                        {name}
                    </option>
                ))}
            </select>
        </label>
    );
}

function All({ told }: { told: History }): JSX.Element {
    const weeks = mondays(told.from, told.to);
    const carts = carts_shown.value;
    const shown = new Set(carts.map((cart) => `${cart.node} ${cart.id}`));
    const ahead = told.forecast.filter((one) => shown.has(`${one.node} ${one.cart}`));
    return (
        <>
            {told.more_carts && (
                <Strip look="warn" icon="notice">
                    {text("history.more_carts", { count: told.carts.length })}
                </Strip>
            )}
            <Totals waits={waits_shown.value} carts={carts} />
            <Matrix carts={carts} weeks={weeks} />
            <DueTable
                dues={carts.flatMap((cart) => cart.dues)}
                from={told.from}
                to={told.to}
            />
            <div class="history-pair">
                <RunChart points={weekly_share(carts, weeks)} />
                <Exports from={told.from} to={told.to} station={station_id_chosen.value} />
            </div>
            <Forecast rows={ahead} more={told.more_forecast} />
            <ExpiryMonths />
            <Swaps />
        </>
    );
}

function Past(): JSX.Element {
    const place = history_place.value;
    if (failed.value) {
        return (
            <div class="history-part" role="alert">
                <p class="file-lost">{text("history.lost")}</p>
                <Button press={refresh}>{text("history.again")}</Button>
            </div>
        );
    }
    const [one_record, told] = [record.value, history.value];
    if (place?.at === "check" && one_record) {
        return <CheckPast record={one_record} />;
    }
    if (place?.at === "cart" && told) {
        return <CartPast told={told} />;
    }
    if (place?.at === "all" && told) {
        return <All told={told} />;
    }
    return <p role="status">{text("files.waiting")}</p>;
}

function Footer(): JSX.Element {
    const place = history_place.value;
    const told = history.value;
    return (
        <footer class="footer">
            <span class="invite">
                {told && text("history.as_of", { day: day_text(told.today), at: clock_text(told.now) })}
            </span>
            {place?.at !== "check" && <Button press={refresh}>{text("history.again")}</Button>}
            <Button press={() => window.print()}>{text("history.print")}</Button>
            {place?.at !== "all" && <Button press={close_history}>{text("history.leave")}</Button>}
            <Button icon="cross" shortcut="Esc" press={go_back}>
                {text(place?.at === "all" ? "history.leave" : "history.back")}
            </Button>
        </footer>
    );
}

export function HistoryPage(): JSX.Element {
    useEffect(follow_place, []);
    useEffect(follow_ahead, []);
    useEffect(() => leave_when_idle(close_history), []);
    return (
        <main class="history">
            <div class="history-scroll" tabIndex={0} role="group" aria-label={text("history.title")}>
                {history_place.value?.at !== "check" && (
                    <div class="history-head">
                        <h2>{text("history.title")}</h2>
                        <Spans />
                        {history_place.value?.at === "all" && <Stations />}
                    </div>
                )}
                <Past />
            </div>
            <Footer />
        </main>
    );
}
