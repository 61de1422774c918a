// One cart's alerts: one trip. Where to, what, why, since when, and who has it.
import type { JSX } from "preact";

import { age_text, clock_text, moment_text } from "../days";
import { daemon_now } from "../line_state";
import { HighAlert, SeverityMark } from "../parts/badges";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { place_text } from "../parts/place_text";
import { substitutes_text } from "../parts/substitutes";
import { drawn_once } from "../parts/unchanged";
import { name_of, strength_beside, text, unit_text, word } from "../texts";
import type { BoardAlert } from "../wire";
import { reasons_text } from "../ward/findings";
import { eta_minutes, intent, now_about, past_awaited, propose } from "./board_state";
import type { Group } from "./groups";
import { open_send_form } from "./send_state";

function State({ alert }: { alert: BoardAlert }): JSX.Element {
    const now = now_about.value;
    if (alert.state === "raised" && past_awaited.value) {
        return (
            <span class="alert-state silent">
                <Icon name="clock" size={20} />
                {text("past.raised", { age: age_text(alert.raised_at, now) })}
            </span>
        );
    }
    if (alert.state === "raised") {
        return (
            <span class="alert-state new">
                <Icon name="notice" size={20} />
                {text("board.raised", { age: age_text(alert.raised_at, now) })}
            </span>
        );
    }
    if (alert.state === "dispatched" && alert.dispatched) {
        return (
            <span class="alert-state taken">
                <Icon name="truck" size={20} />
                {text("board.dispatched", {
                    by: alert.dispatched.by ?? "",
                    at: moment_text(alert.dispatched.at, now),
                    count: alert.dispatched.units.reduce((sum, one) => sum + one.quantity, 0),
                    unit: unit_text(alert.unit),
                    reason: alert.dispatched.reason ?? "",
                    substitutes: substitutes_text(alert.dispatched.units),
                })}
            </span>
        );
    }
    const values = {
        by: alert.accepted_by ?? "",
        at: alert.expected_at ? moment_text(alert.expected_at, now) : "",
    };
    const late = alert.expected_at !== null && Date.parse(alert.expected_at) < Date.parse(now);
    const key = late ? "board.accepted_late" : "board.accepted_expected";
    return (
        <span class={late ? "alert-state late" : "alert-state taken"}>
            <Icon name={late ? "clock" : "truck"} size={20} />
            {text(alert.expected_at ? key : "board.accepted", values)}
        </span>
    );
}

function Amount({ alert }: { alert: BoardAlert }): JSX.Element {
    return alert.kind === "device" ? (
        <span class="amount">{text("board.device")}</span>
    ) : (
        <span class="amount">
            <strong>{text("board.need", { count: alert.quantity, unit: unit_text(alert.unit) })}</strong>
            <small>{text("board.has", { usable: alert.usable, par: alert.par })}</small>
        </span>
    );
}

function Why({ alert }: { alert: BoardAlert }): JSX.Element {
    const reasons = reasons_text(alert.reasons);
    // What the counted reasons say already is not said twice.
    const said = ["shortage", ...Object.keys(alert.reasons)];
    const kinds = alert.kinds.filter((kind) => reasons === "" || !said.includes(kind));
    const words = kinds.map((kind) => word("kind_word", kind));
    const failed = alert.failed.map(({ name, reading, limits }) =>
        text("board.failed_test", {
            test: name_of(name),
            reading: reading ?? "",
            limits: limits ?? "",
        }),
    );
    return (
        <span class="why">
            {[reasons, ...words, ...failed].filter((one) => one !== "").join(text("list.comma"))}
            {` · ${place_text(alert.position)}`}
        </span>
    );
}

// What ran out, and until when nobody is reminded.
function Clock({ alert }: { alert: BoardAlert }): JSX.Element | null {
    const now = now_about.value;
    return alert.silence ? (
        <span class="alert-state silent">
            <Icon name="pause" size={20} />
            {text("board.silenced", {
                at: moment_text(alert.silence.until, now),
                reason: alert.silence.reason,
            })}
        </span>
    ) : (
        <>
            {alert.escalated.map(({ rule }) => (
                <strong key={rule} class="escalated">
                    {word("escalated", rule)}
                </strong>
            ))}
        </>
    );
}

interface RowPlace {
    alert: BoardAlert;
    group: string; // its key
    several: boolean; // of the group are not accepted
}

const AlertRow = drawn_once(({ alert, group, several }: RowPlace): JSX.Element => {
    return (
        <li class={`alert alert-${alert.severity}`}>
            <SeverityMark severity={alert.severity} />
            <div class="alert-what">
                <span class="line-name">
                    <b>{name_of(alert.name)}</b>{" "}
                    <span class="strength">{strength_beside(alert.name, alert.strength)}</span>
                    {alert.high_alert && <HighAlert />}
                </span>
                <Why alert={alert} />
                {alert.lasa_twin && (
                    <span class="twin">{text("line.twin", { name: name_of(alert.lasa_twin) })}</span>
                )}
            </div>
            <Amount alert={alert} />
            <div class="alert-end">
                <State alert={alert} />
                <Clock alert={alert} />
                {!past_awaited.value && (
                    <Answers alert={alert} group={group} several={several} />
                )}
            </div>
        </li>
    );
});

// What the pharmacy may do about an alert now.
function Answers({ alert, group, several }: RowPlace): JSX.Element {
    return (
        <>
            {(alert.state !== "dispatched" || alert.unsent > 0) && (
                <Button press={() => open_send_form("dispatch", alert)}>
                    {text("board.send")}
                </Button>
            )}
            {alert.state !== "dispatched" && !alert.silence && (
                <Button look="quiet" press={() => open_send_form("silence", alert)}>
                    {text("board.silence")}
                </Button>
            )}
            {alert.state !== "raised" && (
                <Button
                    press={() =>
                        propose({ do: "hand_back", alerts: [alert], group })
                    }
                >
                    {text("board.hand_back")}
                </Button>
            )}
            {alert.state === "raised" && several && <AcceptOne alert={alert} group={group} />}
        </>
    );
}

function AcceptOne({ alert, group }: { alert: BoardAlert; group: string }): JSX.Element {
    const press = (): void =>
        propose({ do: "accept", alerts: [alert], minutes: eta_minutes[1], group });
    return <Button press={press}>{text("board.accept_one", { count: eta_minutes[1] })}</Button>;
}

function AcceptAll({ group, number }: { group: Group; number: number }): JSX.Element | null {
    const raised = group.alerts.filter((alert) => alert.state === "raised");
    return raised.length === 0 || group.gone || past_awaited.value ? null : (
        <div class="accept" role="group" aria-label={text("board.accept")}>
            <span>
                {text("board.accept")} <kbd>{`${number} Enter`}</kbd>
            </span>
            {eta_minutes.map((minutes) => (
                <Button
                    key={minutes}
                    look="primary"
                    press={() =>
                        propose({ do: "accept", alerts: raised, minutes, group: group.key })
                    }
                >
                    {text("board.eta", { count: minutes })}
                </Button>
            ))}
        </div>
    );
}

function WaitsForBadge({ group }: { group: Group }): JSX.Element | null {
    const what = intent.value;
    if (!what || what.do === "publish" || what.group !== group.key) {
        return null;
    }
    const at = new Date(
        Date.parse(daemon_now.value) + (what.do === "accept" ? what.minutes * 60_000 : 0),
    ).toISOString();
    return (
        <p class="waits-badge" role="status">
            <Icon name="person" size={28} />
            {what.do === "accept"
                ? text("board.badge_accept", { count: what.alerts.length, at: clock_text(at) })
                : text(`board.badge_${what.do}`)}
            <Button look="quiet" shortcut="Esc" press={() => (intent.value = null)}>
                {text("board.never_mind")}
            </Button>
        </p>
    );
}

interface GroupPlace {
    group: Group;
    number: number; // on the board, from 1
}

export const GroupCard = drawn_once(({ group, number }: GroupPlace): JSX.Element | null => {
    const first = group.alerts[0];
    if (!first) {
        return null;
    }
    const state = group.gone ? "gone" : group.raised > 0 ? "raised" : "accepted";
    return (
        <article class={`group group-${group.severity} group-${state}`}>
            <div class="group-head">
                <span class="group-number" aria-hidden="true">
                    {number}
                </span>
                <h2>
                    {name_of(first.station.name)} · {name_of(first.cart_name)}
                </h2>
                {first.station.phone && (
                    <span class="phone">
                        <Icon name="phone" size={18} /> {first.station.phone}
                    </span>
                )}
                <span class="group-size">
                    {group.gone
                        ? text("board.gone")
                        : text("board.items", { count: group.alerts.length })}
                </span>
                <AcceptAll group={group} number={number} />
            </div>
            <WaitsForBadge group={group} />
            <ul class="alerts">
                {group.alerts.map((alert) => (
                    <AlertRow
                        key={`${alert.subject}/${alert.episode}`}
                        alert={alert}
                        group={group.key}
                        several={group.raised > 1}
                    />
                ))}
            </ul>
        </article>
    );
});
