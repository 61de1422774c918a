// What has to be fetched for every open alert, as a sheet for the store room and the way through the
// wards: by station and cart, with a box to tick. What was sent, what is silent and devices are not
// on it. It prints on A4.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { moment_text } from "../days";
import { daemon_now } from "../line_state";
import { HighAlert, SeverityMark } from "../parts/badges";
import { Button } from "../parts/button";
import { place_text } from "../parts/place_text";
import { name_and_strength, name_of, text, unit_text } from "../texts";
import type { Board, BoardAlert } from "../wire";

export const pick_list_open = signal(false);

const collator = new Intl.Collator("zh-u-co-pinyin");

// By station, then cart; the board's order, worst first, within a cart.
export function to_pick(board: Board): BoardAlert[][] {
    const carts = new Map<string, BoardAlert[]>();
    for (const alert of board.alerts) {
        if (alert.kind === "line" && alert.unsent > 0 && !alert.silence) {
            const key = `${alert.node}/${alert.cart}`;
            carts.set(key, [...(carts.get(key) ?? []), alert]);
        }
    }
    const place = (alerts: BoardAlert[]): string =>
        alerts[0] ? `${name_of(alerts[0].station.name)} ${name_of(alerts[0].cart_name)}` : "";
    return [...carts.values()].sort((a, b) => collator.compare(place(a), place(b)));
}

function Row({ alert }: { alert: BoardAlert }): JSX.Element {
    return (
        <tr>
            <td class="pick-box" aria-hidden="true">
                ☐
            </td>
            <td>
                <b>{name_and_strength(alert.name, alert.strength)}</b>{" "}
                {alert.high_alert && <HighAlert />}
                {alert.lasa_twin && (
                    <p class="pick-twin">{text("line.twin", { name: name_of(alert.lasa_twin) })}</p>
                )}
            </td>
            <td class="pick-count">
                {text("pick.units", { count: alert.unsent, unit: unit_text(alert.unit) })}
            </td>
            <td>{place_text(alert.position)}</td>
            <td>
                <SeverityMark severity={alert.severity} />
            </td>
        </tr>
    );
}

function Cart({ alerts }: { alerts: BoardAlert[] }): JSX.Element | null {
    const [first] = alerts;
    return first ? (
        <section
            class="history-part"
            tabIndex={0}
            aria-label={`${name_of(first.station.name)} · ${name_of(first.cart_name)}`}
        >
            <h2>
                {name_of(first.station.name)} · {name_of(first.cart_name)}{" "}
                {first.station.phone && <small>{text("pick.phone", { phone: first.station.phone })}</small>}
            </h2>
            <table class="past-table pick-table">
                <thead>
                    <tr>
                        <th scope="col">{text("pick.box")}</th>
                        <th scope="col">{text("history.what")}</th>
                        <th scope="col">{text("pick.to_bring")}</th>
                        <th scope="col">{text("history_column.position")}</th>
                        <th scope="col">{text("pick.severity")}</th>
                    </tr>
                </thead>
                <tbody>
                    {alerts.map((alert) => (
                        <Row key={alert.subject} alert={alert} />
                    ))}
                </tbody>
            </table>
        </section>
    ) : null;
}

export function PickList({ board }: { board: Board }): JSX.Element {
    const carts = to_pick(board);
    return (
        <main class="history">
            <div class="history-scroll" tabIndex={0} role="group" aria-label={text("pick.title")}>
                <div class="history-title">
                    <h2>{text("pick.title")}</h2>
                    <p>{text("pick.made", { at: moment_text(daemon_now.value, ""), count: carts.length })}</p>
                </div>
                {carts.length === 0 && <p class="hint">{text("pick.nothing")}</p>}
                {carts.map((alerts) => (
                    <Cart key={`${alerts[0]?.node} ${alerts[0]?.cart}`} alerts={alerts} />
                ))}
            </div>
            <footer class="footer">
                <span class="invite">{text("pick.scan_each")}</span>
                <Button press={() => window.print()}>{text("history.print")}</Button>
                <Button icon="cross" shortcut="Esc" press={() => (pick_list_open.value = false)}>
                    {text("panel.close")}
                </Button>
            </footer>
        </main>
    );
}
