// The figures that stand above everything: how much was in order, how many checks were on time, how
// long alerts waited.
import type { JSX } from "preact";

import { SeverityMark } from "../parts/badges";
import { Icon } from "../parts/icon";
import type { IconName } from "../parts/icon";
import { text, word } from "../texts";
import type { Severity } from "../wire";
import { figures, figures_failed, figures_of, override_state, overrides_of } from "./cart_figures";
import type { OverrideState } from "./cart_figures";
import { fates_of } from "./weeks";
import type { CartFigures, HistoryCart, HistoryFigures, Wait, Waits as WaitsTold } from "./wire";

const severities: Severity[] = ["critical", "high"];

export function share_text(part: number, whole: number): string {
    return whole === 0 ? "–" : text("history.per_cent", { share: ((100 * part) / whole).toFixed(1) });
}

export function span_text(seconds: number | null): string {
    if (seconds === null) {
        return "–";
    }
    const minutes = Math.round(seconds / 60);
    if (minutes < 120) {
        return text("history.minutes", { count: minutes });
    }
    const hours = minutes / 60;
    return hours < 48
        ? text("history.hours", { count: hours.toFixed(1) })
        : text("history.span_days", { count: (hours / 24).toFixed(1) });
}

function Figure({ label, value, note, mark }: {
    label: string;
    value: string;
    note: string;
    mark?: OverrideState | undefined;
}): JSX.Element {
    return (
        <div class="figure">
            <dt>{label}</dt>
            <dd>
                <strong>
                    {value}
                    {mark && (
                        <span class={`override override-${mark}`}>
                            <Icon name={override_icon[mark]} size={24} />
                            <small>{word("history_override", mark)}</small>
                        </span>
                    )}
                </strong>
                <small>{note}</small>
            </dd>
        </div>
    );
}

function WaitRow({ severity, wait }: { severity: Severity; wait: Wait }): JSX.Element {
    return (
        <li>
            <SeverityMark severity={severity} />
            {text("history.wait", {
                median: span_text(wait.median_s),
                p90: span_text(wait.p90_s),
                over: wait.over,
                still: wait.still,
            })}
        </li>
    );
}

function Waits({ label, waits }: {
    label: string;
    waits: Partial<Record<Severity, Wait>>;
}): JSX.Element {
    const known = severities.flatMap((severity) => {
        const wait = waits[severity];
        return wait ? [{ severity, wait }] : [];
    });
    return (
        <div class="figure">
            <dt>{label}</dt>
            <dd>
                {known.length === 0 && <small>{text("history.no_alerts")}</small>}
                <ul>
                    {known.map((one) => (
                        <WaitRow key={one.severity} {...one} />
                    ))}
                </ul>
            </dd>
        </div>
    );
}

// "98.6 %" of the time: the carts' days on the list, and of those the ones on which they were ready.
function TimeReady({ sum, carts }: { sum: CartFigures; carts: number }): JSX.Element {
    const cart_days = (seconds: number): string => (seconds / 86_400).toFixed(1);
    return (
        <Figure
            label={text("history.time_ready")}
            value={share_text(sum.ready_s, sum.total_s)}
            note={text("history.time_ready_note", {
                ...{ ready: cart_days(sum.ready_s), total: cart_days(sum.total_s), carts },
            })}
        />
    );
}

const override_icon: Record<OverrideState, IconName> = { good: "check", watch: "clock", high: "notice" };

// With its mark: a rate beyond the limit asks for a cause, and judges nobody.
export function OverrideRate({ sum, told }: { sum: CartFigures; told: HistoryFigures }): JSX.Element {
    const rate = overrides_of(sum);
    if (rate === null) {
        return <span>–</span>;
    }
    const state = override_state(rate, told);
    return (
        <span class={`override override-${state}`}>
            <Icon name={override_icon[state]} size={18} />
            {rate.toFixed(1)} <small>{word("history_override", state)}</small>
        </span>
    );
}

function Overrides({ sum, told }: { sum: CartFigures; told: HistoryFigures }): JSX.Element {
    const rate = overrides_of(sum);
    return (
        <Figure
            label={text("history.overrides")}
            value={rate === null ? "–" : rate.toFixed(1)}
            note={text("history.overrides_note", {
                ...{ lines: sum.lines, typed: sum.typed, skipped: sum.skipped },
                ...{ goal: told.overrides_goal, limit: told.overrides_limit },
            })}
            mark={rate === null ? undefined : override_state(rate, told)}
        />
    );
}

function figures_missing(): string {
    if (figures_failed.value) {
        return text("history.figures_lost");
    }
    return text(figures.value ? "history.figures_none" : "history.figures_waiting");
}

// Time ready and overrides of these carts; until they are here, why not.
export function CartFiguresRow({ carts }: { carts: HistoryCart[] }): JSX.Element {
    const told = figures.value;
    const sum = figures_of(told, carts);
    return sum && told ? (
        <>
            <TimeReady sum={sum} carts={carts.length} />
            <Overrides sum={sum} told={told} />
        </>
    ) : (
        <Figure label={text("history.time_ready")} value="–" note={figures_missing()} />
    );
}

export function OnTime({ carts }: { carts: HistoryCart[] }): JSX.Element {
    const fates = fates_of(carts.flatMap((cart) => cart.dues));
    return (
        <Figure
            label={text("history.on_time")}
            value={share_text(fates.on_time, fates.due)}
            note={text("history.on_time_note", { ...fates })}
        />
    );
}

export function Totals({ waits, carts }: { waits: WaitsTold; carts: HistoryCart[] }): JSX.Element {
    const last = carts.flatMap((cart) => cart.checks.filter((one) => one.kind === "full").slice(-1));
    const sum = (member: "in_order" | "required"): number =>
        last.reduce((all, one) => all + one[member], 0);
    return (
        <dl class="figures">
            <Figure
                label={text("history.rate")}
                value={share_text(sum("in_order"), sum("required"))}
                note={text("history.rate_note", {
                    in_order: sum("in_order"),
                    required: sum("required"),
                    carts: last.length,
                })}
            />
            <CartFiguresRow carts={carts} />
            <OnTime carts={carts} />
            <Waits label={text("history.to_accept")} waits={waits.to_accept} />
            <Waits label={text("history.to_restock")} waits={waits.to_restock} />
        </dl>
    );
}
