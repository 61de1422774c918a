// Downloads of what is shown, for the same days: a workbook for people, CSV for other programs.
import type { JSX } from "preact";

import { text, word } from "../texts";
import { Pack } from "./pack";

const whats = ["checks", "dues", "findings", "alerts", "readiness", "staff", "stock", "seals", "expiry", "rotation"] as const;
// What lies there now or lies ahead, and the whole ledger of seals have no days.
const without_days: ReadonlySet<string> = new Set(["stock", "seals", "expiry", "rotation"]);
const formats = ["xlsx", "csv"] as const;

function address(what: string, format: string, from: string, to: string): string {
    const days = without_days.has(what) ? "" : `&from=${from}&to=${to}`;
    return `/api/v1/export/${what}?format=${format}${days}`;
}

export function Exports({ from, to, station }: { from: string; to: string; station: string }): JSX.Element {
    return (
        <section class="history-part exports" aria-label={text("history.exports")}>
            <h2>{text("history.exports")}</h2>
            <Pack from={from} to={to} station={station} />
            <ul>
                {whats.map((what) => (
                    <li key={what}>
                        <span>{word("history_export", what)}</span>
                        {formats.map((format) => (
                            <a
                                key={format}
                                class="button quiet"
                                href={address(what, format, from, to)}
                                download=""
                                aria-label={`${word("history_export", what)} ${format.toUpperCase()}`}
                            >
                                {format.toUpperCase()}
                            </a>
                        ))}
                    </li>
                ))}
            </ul>
        </section>
    );
}
