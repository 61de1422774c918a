// The figures that stand above everything: how much was in order, how many checks were on time, how
// long alerts waited.
import type { JSX } from "preact";

import { SeverityMark } from "../parts/badges";
import { text } from "../texts";
import type { Severity } from "../wire";
import { fates_of } from "./weeks";
import type { History, HistoryCart, Wait } from "./wire";

const severities: Severity[] = ["critical", "high"];

function share_text(part: number, whole: number): string {
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

function Figure({ label, value, note }: { label: string; value: string; note: string }): JSX.Element {
    return (
        <div class="figure">
            <dt>{label}</dt>
            <dd>
                <strong>{value}</strong>
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

// `whole`: all carts that were asked for are shown; of some of them alone nobody counted the waits.
export function Totals({ told, carts, whole }: {
    told: History;
    carts: HistoryCart[];
    whole: boolean;
}): JSX.Element {
    const last = carts.flatMap((cart) => cart.checks.filter((one) => one.kind === "full").slice(-1));
    const sum = (member: "in_order" | "required"): number =>
        last.reduce((all, one) => all + one[member], 0);
    const fates = fates_of(carts.flatMap((cart) => cart.dues));
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
            <Figure
                label={text("history.on_time")}
                value={share_text(fates.on_time, fates.due)}
                note={text("history.on_time_note", { ...fates })}
            />
            {whole && <Waits label={text("history.to_accept")} waits={told.waits.to_accept} />}
            {whole && <Waits label={text("history.to_restock")} waits={told.waits.to_restock} />}
        </dl>
    );
}
