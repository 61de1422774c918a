// Checks by the day on which they were due: how many were on time, late and missed in each day, week,
// month or quarter, or in all the days that are shown.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { day_text } from "../days";
import { Button } from "../parts/button";
import { text, word } from "../texts";
import { PastTable } from "./past_table";
import { fates_by, period_kinds } from "./periods";
import type { PeriodKind } from "./periods";
import { share_text } from "./totals";
import type { DueDate } from "./wire";

const period_kind = signal<PeriodKind>("month");

const columns = [
    "history.period",
    "history.dues_due",
    "history.dues_on_time",
    "history.dues_late",
    "history.dues_missed",
    "history.dues_open",
    "history.dues_share",
] as const;

function Kinds(): JSX.Element {
    return (
        <div class="row" role="group" aria-label={text("history.period")}>
            {period_kinds.map((kind) => (
                <Button
                    key={kind}
                    look="quiet"
                    pressed={period_kind.value === kind}
                    press={() => (period_kind.value = kind)}
                >
                    {word("history_period", kind)}
                </Button>
            ))}
        </div>
    );
}

export function DueTable({ dues, from, to }: { dues: DueDate[]; from: string; to: string }): JSX.Element {
    const kind = period_kind.value;
    const whole = text("history.days", { from: day_text(from), to: day_text(to) });
    const name = (period: string): string => (kind === "day" ? day_text(period) : period || whole);
    return (
        <section class="history-part" aria-label={text("history.dues_by")}>
            <div class="history-head">
                <h2>{text("history.dues_by")}</h2>
                <Kinds />
            </div>
            {dues.length === 0 ? (
                <p class="hint">{text("history.no_dues")}</p>
            ) : (
                <PastTable
                    label={text("history.dues_by")}
                    columns={columns.map((column) => text(column))}
                >
                    {fates_by(dues, kind).map((one) => (
                        <tr key={one.period}>
                            <th scope="row">{name(one.period)}</th>
                            <td>{one.due}</td>
                            <td>{one.on_time}</td>
                            <td class={one.late > 0 ? "late" : ""}>{one.late}</td>
                            <td class={one.missed > 0 ? "late" : ""}>{one.missed}</td>
                            <td>{one.open}</td>
                            <td>{share_text(one.on_time, one.due)}</td>
                        </tr>
                    ))}
                </PastTable>
            )}
        </section>
    );
}
