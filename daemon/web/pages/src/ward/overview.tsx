// Every cart of the station, worst first: the verdict largest, then what is nearest.
import type { JSX } from "preact";

import { clock_text, day_text, moment_text, span_text } from "../days";
import { due_look, due_text } from "../due";
import { Button } from "../parts/button";
import { SeverityMark, ReadinessWord } from "../parts/badges";
import { Icon } from "../parts/icon";
import { substitutes_text } from "../parts/substitutes";
import { daemon_now } from "../line_state";
import { name_of, text, word } from "../texts";
import type { Cart, CartAlert, CheckKind, Readiness, View } from "../wire";
import { Elsewhere, Functions } from "./elsewhere";
import { finding_sentence } from "./findings";
import { at_home, check, scan } from "./ward_state";

const findings_shown = 3;
const rank: Record<Readiness, number> = { not_ready: 0, overdue: 1, degraded: 2, ready: 3 };

// Worst first; among equals the one due first.
export function by_urgency(carts: Cart[]): Cart[] {
    const due = (cart: Cart): number => cart.days_to_due ?? -Infinity;
    return [...carts].sort(
        (a, b) =>
            rank[a.readiness] - rank[b.readiness]
            || due(a) - due(b)
            || a.id.localeCompare(b.id),
    );
}

function seal_text(cart: Cart): string {
    if (!cart.seal) {
        return text("cart.no_seal");
    }
    const { number, intact } = cart.seal;
    return text(intact ? "cart.seal" : "cart.seal_broken", { number });
}

function alert_text(alert: CartAlert, now: string): string {
    const values = {
        name: name_of(alert.name),
        quantity: alert.quantity > 0 ? alert.quantity : "", // a device is not short of units
        by: alert.accepted_by ?? "",
        at: alert.expected_at ? moment_text(alert.expected_at, now) : "",
    };
    if (alert.state === "dispatched" && alert.dispatched) {
        return text("alert.dispatched", {
            ...values,
            by: alert.dispatched.by ?? "",
            at: moment_text(alert.dispatched.at, now),
            substitutes: substitutes_text(alert.dispatched.units),
        });
    }
    if (alert.silence) {
        return text("alert.silenced", {
            ...values,
            reason: alert.silence.reason,
            at: moment_text(alert.silence.until, now),
        });
    }
    if (alert.state === "accepted") {
        return text(alert.expected_at ? "alert.accepted_expected" : "alert.accepted", values);
    }
    return text(alert.delivered ? "alert.delivered" : "alert.waiting", values);
}

function Facts({ cart }: { cart: Cart }): JSX.Element {
    return (
        <ul class="facts">
            <li>
                <Icon name="lock" size={20} /> {seal_text(cart)}
            </li>
            {cart.due.length === 0 && (
                <li>
                    <Icon name="clock" size={20} /> {text("cart.never_checked")}
                </li>
            )}
            {cart.due.map((due) => (
                <li key={due.kind} class={due_look(due)}>
                    <Icon name="clock" size={20} /> {due_text(due)}
                </li>
            ))}
            <li>{text("cart.in_order", { count: cart.in_order, total: cart.required })}</li>
            {cart.use && !cart.use.ready_at && (
                <li class="late">
                    <Icon name="clock" size={20} />{" "}
                    {text("use.open_since", {
                        span: span_text(cart.use.opened_at, daemon_now.value),
                    })}
                </li>
            )}
            {cart.use?.ready_at && (
                <li>
                    {text("use.took", { span: span_text(cart.use.opened_at, cart.use.ready_at) })}
                </li>
            )}
            {cart.ready_until && (
                <li>{text("cart.ready_until", { day: day_text(cart.ready_until) })}</li>
            )}
        </ul>
    );
}

// How the last full check was done, in neutral words.
function Remarks({ cart }: { cart: Cart }): JSX.Element | null {
    const last = cart.last_check;
    return !last || last.remarks.length === 0 ? null : (
        <p class="remarks">
            {text("cart.remarks", {
                by: last.by.name,
                remarks: last.remarks
                    .map(({ kind, value }) => word("remark", kind, { value }))
                    .join(text("list.comma")),
            })}
        </p>
    );
}

function Findings({ cart }: { cart: Cart }): JSX.Element | null {
    const more = cart.findings.length - findings_shown;
    return cart.findings.length === 0 ? null : (
        <ul class="findings">
            {cart.findings.slice(0, findings_shown).map((finding, i) => (
                <li key={i}>
                    <SeverityMark severity={finding.severity} />
                    {finding_sentence(finding)}
                </li>
            ))}
            {more > 0 && <li class="more">{text("cart.more_findings", { count: more })}</li>}
        </ul>
    );
}

function Alerts({ cart, now }: { cart: Cart; now: string }): JSX.Element | null {
    return cart.alerts.length === 0 ? null : (
        <ul class="cart-alerts">
            {cart.alerts.map((alert) => (
                <li key={alert.subject} class={`alert-${alert.state}`}>
                    <Icon name={alert.state === "raised" ? "notice" : "truck"} size={20} />
                    {alert_text(alert, now)}
                    {alert.escalated.map(({ rule }) => (
                        <strong key={rule} class="escalated">
                            {word("escalated", rule)}
                        </strong>
                    ))}
                </li>
            ))}
        </ul>
    );
}

function Start({ cart, kind }: { cart: Cart; kind: CheckKind }): JSX.Element {
    const mine = check.value?.cart === cart.id;
    const open = cart.open_check;
    const press = (): void => {
        if (mine) {
            at_home.value = false;
        } else if (cart.tag) {
            scan(cart.tag, true);
        }
    };
    return (
        <div class="cart-start">
            {open && (
                <p>
                    {text("cart.being_checked", {
                        by: open.checker.name,
                        at: clock_text(open.opened_at),
                    })}
                </p>
            )}
            <Button look="primary" icon="barcode" press={press} off={!mine && !cart.tag}>
                {open ? text("cart.go_on") : word("cart_begin", kind)}
            </Button>
        </div>
    );
}

export function Overview({ view }: { view: View }): JSX.Element {
    return (
        <section class="carts" aria-label={text("home.carts")}>
            {view.carts.length === 0 && <p class="empty">{text("home.no_carts")}</p>}
            {by_urgency(view.carts).map((cart) => (
                <article key={cart.id} class={`cart cart-${cart.readiness}`}>
                    <div class="cart-verdict">
                        <h2>{name_of(cart.name)}</h2>
                        <ReadinessWord readiness={cart.readiness} />
                    </div>
                    <div class="cart-facts">
                        <Facts cart={cart} />
                        <Functions cart={cart} />
                        <Elsewhere cart={cart} />
                        <Findings cart={cart} />
                        <Alerts cart={cart} now={view.now} />
                        <Remarks cart={cart} />
                    </div>
                    <Start cart={cart} kind={view.session.kind} />
                </article>
            ))}
        </section>
    );
}
