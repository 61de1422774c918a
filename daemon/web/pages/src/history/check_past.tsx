// One check as it was signed: what it found of every line, and every step that led there, scans as
// they were sent and what was taken back with them.
import type { JSX } from "preact";

import { clock_text, day_text, day_with_weekday, duration_text, moment_text } from "../days";
import { readiness_icon } from "../parts/badges";
import { Icon } from "../parts/icon";
import { place_text } from "../parts/place_text";
import { RawText } from "../parts/raw_text";
import { step_sentence } from "../parts/step_sentence";
import { name_and_strength, name_of, text, word } from "../texts";
import { finding_sentence } from "../ward/findings";
import { PastTable } from "./past_table";
import { SourceNote } from "./source_note";
import type { CheckRecord, RecordLine } from "./wire";

const raw_chars = 120; // of a code: a GS1 code with every member has 90

function Head({ record }: { record: CheckRecord }): JSX.Element {
    return (
        <div class="history-title">
            <h2>
                {name_of(record.cart_name) || record.cart} · {word("check_kind", record.kind)} ·{" "}
                {day_with_weekday(record.working_day)}
            </h2>
            <p class={`fate readiness-${record.readiness}`}>
                <Icon name={readiness_icon[record.readiness]} size={22} />{" "}
                {word("readiness", record.readiness)}{" "}
                {text("history.of", { part: record.in_order, whole: record.required })}
            </p>
            <p>
                {text("history.signed", {
                    by: record.by,
                    witness: record.witness ?? "",
                    at: moment_text(record.closed_at, ""),
                    span: duration_text(record.opened_at, record.closed_at),
                    seal: record.seal ?? "",
                })}
            </p>
            {record.voided && (
                <p>
                    <Icon name="notice" size={22} /> {text("history.voided_why")}
                </p>
            )}
            <p class="hint">
                {name_of(record.station)} · {record.id}
            </p>
        </div>
    );
}

function lots_text(line: RecordLine): string {
    return line.lots
        .map((one) =>
            text("history.lot_row", {
                lot: one.lot || text("line.no_lot"),
                day: one.last_usable_day ? day_text(one.last_usable_day) : "",
                quantity: one.quantity,
            }),
        )
        .join(text("list.comma"));
}

function LineRow({ line }: { line: RecordLine }): JSX.Element {
    const short = line.quantity - line.damaged < line.par && line.result !== "not_asked";
    return (
        <tr>
            <td>{place_text(line.position)}</td>
            <td>{name_and_strength(line.name, line.strength) || line.line}</td>
            <td class={short ? "late" : ""}>
                {text("history.of", { part: line.quantity, whole: line.par })}
            </td>
            <td>
                {word("history_result", line.result)}
                {line.evidence && ` · ${word("history_evidence", line.evidence)}`}
            </td>
            <td>{lots_text(line)}</td>
        </tr>
    );
}

function Lines({ record }: { record: CheckRecord }): JSX.Element {
    const columns = ["position", "what", "in_order", "result", "lots"] as const;
    return (
        <section class="history-part" aria-label={text("history.lines")}>
            <h2>{text("history.lines")}</h2>
            {record.lines_of && (
                <p class="hint">
                    {text("history.lines_of", {
                        day: day_with_weekday(record.lines_of.working_day),
                        check: record.lines_of.check,
                    })}
                </p>
            )}
            {record.lines.length === 0 ? (
                <p class="hint">
                    {text(record.seal ? "history.lines_unknown" : "history.lines_none", {
                        kind: word("check_kind", record.kind),
                    })}
                </p>
            ) : (
                <PastTable
                    label={text("history.lines")}
                    columns={columns.map((column) => word("history_column", column))}
                >
                    {record.lines.map((line) => (
                        <LineRow key={line.line} line={line} />
                    ))}
                </PastTable>
            )}
        </section>
    );
}

function Findings({ record }: { record: CheckRecord }): JSX.Element {
    return (
        <section class="history-part" aria-label={text("history.findings")}>
            <h2>{text("history.findings")}</h2>
            {record.findings.length === 0 && <p class="hint">{text("history.no_findings")}</p>}
            <ul>
                {record.findings.map((finding, i) => (
                    <li key={i}>{finding_sentence(finding)}</li>
                ))}
            </ul>
        </section>
    );
}

function Steps({ record }: { record: CheckRecord }): JSX.Element {
    return (
        <section class="history-part" aria-label={text("history.steps")}>
            <h2>{text("history.steps")}</h2>
            {!record.steps_whole && <p class="late">{text("history.steps_missing")}</p>}
            <ol class="past-steps">
                {[...record.steps].reverse().map((step) => (
                    <li key={step.number} class={step.undone ? "undone" : ""}>
                        <time dateTime={step.at}>{clock_text(step.at, true)}</time>
                        <span>
                            {step_sentence(step, raw_chars)}
                            {step.undone && ` ${text("step.undone")}`}
                        </span>
                        <span>{step.by?.name ?? ""}</span>
                        {step.raw && (
                            <code>
                                <RawText raw={step.raw.slice(0, raw_chars)} />
                            </code>
                        )}
                    </li>
                ))}
            </ol>
        </section>
    );
}

export function CheckPast({ record }: { record: CheckRecord }): JSX.Element {
    return (
        <>
            <Head record={record} />
            <Findings record={record} />
            <Lines record={record} />
            <Steps record={record} />
            <SourceNote now={record.now} journals={[record.journal]} />
        </>
    );
}
