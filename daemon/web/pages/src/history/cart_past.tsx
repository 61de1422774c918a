// One cart, for whoever asks "show me the last twelve weeks of this one": what the policy asks for,
// what became of each due date, the chain of its seals, its alerts, what expires first. Prints on
// A4.
import type { JSX } from "preact";

import { day_text, day_with_weekday, moment_text } from "../days";
import { readiness_icon, SeverityMark } from "../parts/badges";
import { Icon } from "../parts/icon";
import { name_and_strength, name_of, text, word } from "../texts";
import { CellGlyph } from "./cell_mark";
import { DueTable } from "./due_table";
import { Forecast } from "./forecast";
import { history_place } from "./history_place";
import { PastTable } from "./past_table";
import { SourceNote } from "./source_note";
import { CartFiguresRow, OnTime, span_text } from "./totals";
import type { CheckRow, DueDate, History, HistoryCart, PastAlert } from "./wire";

function open_record(cart: HistoryCart, check: CheckRow): void {
    const back = history_place.value ?? { at: "all" };
    const { id, working_day } = check;
    history_place.value = { at: "check", node: cart.node, check: id, day: working_day, back };
}

function DueRow({ due }: { due: DueDate }): JSX.Element {
    return (
        <tr>
            <td>{day_with_weekday(due.due)}</td>
            <td>
                <span class={`cell cell-${due.fate}`}>
                    <CellGlyph state={due.fate} />
                </span>{" "}
                {word("history_cell", due.fate)}
            </td>
            <td>{due.done ? day_text(due.done) : "–"}</td>
        </tr>
    );
}

function Dues({ cart, interval }: { cart: HistoryCart; interval: number }): JSX.Element {
    return (
        <section class="history-part" aria-label={text("history.dues")}>
            <h2>{text("history.dues")}</h2>
            <p>{text("history.interval", { count: interval })}</p>
            {cart.dues.length === 0 ? (
                <p class="hint">{text("history.no_dues")}</p>
            ) : (
                <PastTable
                    label={text("history.dues")}
                    columns={[text("history.due"), text("history.fate"), text("history.done")]}
                >
                    {cart.dues.map((due) => (
                        <DueRow key={due.due} due={due} />
                    ))}
                </PastTable>
            )}
        </section>
    );
}

function Readiness({ check }: { check: CheckRow }): JSX.Element {
    return (
        <span class={`fate readiness-${check.readiness}`}>
            <Icon name={readiness_icon[check.readiness]} size={18} /> {word("readiness", check.readiness)}
        </span>
    );
}

function CheckLine({ cart, check, now }: {
    cart: HistoryCart;
    check: CheckRow;
    now: string;
}): JSX.Element {
    return (
        <tr>
            <td>
                <button type="button" class="cart-link" onClick={() => open_record(cart, check)}>
                    {moment_text(check.closed_at, now)}
                </button>
            </td>
            <td>{word("check_kind", check.kind)}</td>
            <td>
                {check.by}
                {check.witness && ` + ${check.witness}`}
            </td>
            <td>
                <Readiness check={check} />
                {check.voided && <span class="muted"> {text("history.voided")}</span>}
            </td>
            <td>{text("history.of", { part: check.in_order, whole: check.required })}</td>
            <td>{check.seal ?? "–"}</td>
        </tr>
    );
}

// The chain of seals is read down the last column.
function Checks({ cart, now }: { cart: HistoryCart; now: string }): JSX.Element {
    const columns = ["closed", "kind", "by", "verdict", "in_order", "seal"] as const;
    return (
        <section class="history-part" aria-label={text("history.checks")}>
            <h2>{text("history.checks")}</h2>
            {cart.checks.length === 0 ? (
                <p class="hint">{text("history.no_checks")}</p>
            ) : (
                <PastTable
                    label={text("history.checks")}
                    columns={columns.map((column) => word("history_column", column))}
                >
                    {[...cart.checks].reverse().map((check) => (
                        <CheckLine key={check.id} cart={cart} check={check} now={now} />
                    ))}
                </PastTable>
            )}
        </section>
    );
}

function seconds_between(from: string, to: string): number {
    return Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
}

function how_it_ended(alert: PastAlert, now: string): string {
    if (!alert.ended_at) {
        return text("history.still_open");
    }
    return text(alert.withdrawn ? "history.withdrawn" : "history.resolved", {
        at: moment_text(alert.ended_at, now),
        span: span_text(seconds_between(alert.raised_at, alert.ended_at)),
    });
}

function AlertRow({ alert, now }: { alert: PastAlert; now: string }): JSX.Element {
    return (
        <li>
            <SeverityMark severity={alert.severity} />
            <div>
                <b>{name_and_strength(alert.name, alert.strength) || alert.subject}</b>
                {alert.quantity > 0 && ` × ${alert.quantity}`}
                <p>
                    {text("history.raised", { at: moment_text(alert.raised_at, now) })}
                    {alert.accepted_at &&
                        ` · ${text("history.accepted", {
                            at: moment_text(alert.accepted_at, now),
                            by: alert.accepted_by,
                        })}`}
                    {alert.dispatched_at &&
                        ` · ${text("history.sent", { at: moment_text(alert.dispatched_at, now) })}`}
                    {` · ${how_it_ended(alert, now)}`}
                </p>
            </div>
        </li>
    );
}

function Alerts({ told }: { told: History }): JSX.Element {
    return (
        <section class="history-part" aria-label={text("history.alerts")}>
            <h2>{text("history.alerts")}</h2>
            {told.alerts.length === 0 && <p class="hint">{text("history.no_alerts")}</p>}
            <ul class="past-alerts">
                {told.alerts.map((alert) => (
                    <AlertRow key={`${alert.subject} ${alert.raised_at}`} alert={alert} now={told.now} />
                ))}
            </ul>
            {told.more_alerts && <p class="late">{text("history.more_rows")}</p>}
        </section>
    );
}

export function CartPast({ told }: { told: History }): JSX.Element {
    const [cart] = told.carts;
    if (!cart) {
        return <p class="hint">{text("history.no_cart")}</p>;
    }
    return (
        <>
            <div class="history-title">
                <h2>{name_of(cart.name) || cart.id}</h2>
                <p>
                    {name_of(cart.station)} · {cart.id} ·{" "}
                    {text("history.days", {
                        from: day_text(told.from),
                        to: day_text(told.to),
                    })}
                </p>
            </div>
            <dl class="figures">
                <CartFiguresRow carts={[cart]} />
                <OnTime carts={[cart]} />
            </dl>
            <Dues cart={cart} interval={told.interval_days} />
            <DueTable dues={cart.dues} from={told.from} to={told.to} />
            <Checks cart={cart} now={told.now} />
            <Alerts told={told} />
            <Forecast rows={told.forecast} more={told.more_forecast} />
            <SourceNote
                now={told.now}
                journals={told.journals.filter(
                    ({ node }) => node === cart.node || node === told.pharmacy,
                )}
            />
        </>
    );
}
