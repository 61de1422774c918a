// The stock of seals: what each station was given, what is left, which numbers nobody can account
// for, and which were voided.
import type { JSX } from "preact";

import { moment_text } from "../days";
import { Icon } from "../parts/icon";
import { daemon_now } from "../line_state";
import { name_of, text } from "../texts";
import { FileState } from "./file_notes";
import { seal_file } from "./files_state";
import type { SealSeries, SealStation } from "./wire";

function Voided({ series }: { series: SealSeries }): JSX.Element {
    return (
        <>
            <p>{text("seals.voided", { count: series.voided_count })}</p>
            <ul class="seal-voided">
                {series.voided.map((one) => (
                    <li key={one.number}>
                        {text("seals.voided_one", {
                            number: one.number,
                            reason: one.reason,
                            by: one.by?.name ?? "",
                            at: one.at ? moment_text(one.at, daemon_now.value) : "",
                        })}
                    </li>
                ))}
            </ul>
        </>
    );
}

function Series({ series }: { series: SealSeries }): JSX.Element {
    const { first, last, count, left, next, on_cart, broken, gap_count: gaps } = series;
    return (
        <li class={left > 0 ? "file-row" : "file-row over"}>
            <h4>{text("seals.range", { first, last, count })}</h4>
            <p class="file-stand">
                {next ? text("seals.left", { count: left, next }) : text("seals.used_up")}
            </p>
            <p>{text("seals.taken", { on_cart, broken })}</p>
            {gaps > 0 && (
                <p class="late">
                    <Icon name="notice" size={20} />{" "}
                    {text("seals.gaps", {
                        count: gaps,
                        numbers: series.gaps.join(text("list.comma")),
                    })}
                </p>
            )}
            {series.voided_count > 0 && <Voided series={series} />}
            <p class="hint">
                {text("seals.issued", {
                    by: series.issued_by?.name ?? "",
                    at: moment_text(series.issued_at, daemon_now.value),
                })}
            </p>
        </li>
    );
}

function Station({ one }: { one: SealStation }): JSX.Element {
    const left = one.series.reduce((sum, series) => sum + series.left, 0);
    return (
        <section>
            <h3 class="file-part">{text("seals.station", { name: name_of(one.name), count: left })}</h3>
            {one.series.length === 0 && <p class="hint">{text("seals.none")}</p>}
            <ul class="seal-series">
                {one.series.map((series) => (
                    <Series key={`${series.first} ${series.issued_at}`} series={series} />
                ))}
            </ul>
        </section>
    );
}

export function SealList(): JSX.Element {
    const nodes = seal_file.value.value?.nodes ?? [];
    return (
        <>
            <FileState file={seal_file} />
            {seal_file.value.value && nodes.length === 0 && (
                <p class="hint">{text("seals.none")}</p>
            )}
            {nodes.map((node) => (
                <div key={node.node}>
                    {node.stations.map((one) => (
                        <Station key={one.station} one={one} />
                    ))}
                    {node.never_issued > 0 && (
                        <p class="late">{text("seals.never_issued", { count: node.never_issued })}</p>
                    )}
                </div>
            ))}
        </>
    );
}
