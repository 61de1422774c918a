// Labels to print: what there is, on which paper, as large as it will be, and the files.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { FileState } from "../files/file_notes";
import { keep_fresh } from "../files/files_state";
import { Icon } from "../parts/icon";
import { live } from "../line_state";
import type { SetupPageProps } from "../setup/setup_page";
import { text, word } from "../texts";
import { LabelChoice } from "./label_choice";
import {
    keep_drawn,
    label_count,
    offer_file,
    order,
    paper,
    problem,
    shown_view,
    unread,
} from "./labels_state";
import { address_of, pages_of } from "./order";
import { Preview } from "./preview";
import { SheetMap } from "./sheet_map";

const printer_dpi = [203, 300];

function Download({ href, primary = false, children }: {
    href: string;
    primary?: boolean;
    children: string;
}): JSX.Element {
    return (
        <a class={`button ${primary ? "primary" : "plain"}`} href={href} download="">
            {children}
        </a>
    );
}

// What keeps it from being printed, in words.
function Trouble(): JSX.Element | null {
    const limits = offer_file.value.value?.limits;
    if (!problem.value || !limits) {
        return null;
    }
    return (
        <p class="label-trouble" role="status">
            <Icon name="cross" />
            {word("label_problem", problem.value, {
                bars: limits.bars_label_height_min,
                only: limits.only_max,
                all: limits.labels_max,
            })}
        </p>
    );
}

function LeftOut(): JSX.Element | null {
    const { what } = order.value;
    const kind = offer_file.value.value?.kinds.find((one) => one.what === what);
    if (!kind || kind.left_out === 0) {
        return null;
    }
    const key = what === "seals" ? "labels.without_seal" : "labels.without_tag";
    return <p class="file-warning">{text(key, { count: kind.left_out })}</p>;
}

function Files(): JSX.Element | null {
    const sheet = paper.value;
    const limits = offer_file.value.value?.limits;
    if (!sheet || !limits) {
        return null;
    }
    const good = problem.value === null;
    const labels = label_count.value;
    const measured = good || problem.value === "none" || problem.value === "many";
    return (
        <div class="label-files">
            <Trouble />
            <div class="row">
                {good && (
                    <Download primary href={address_of(order.value, "pdf")}>
                        {text("labels.pdf", {
                            labels,
                            pages: pages_of(sheet, order.value.start, labels),
                        })}
                    </Download>
                )}
                {good && sheet.roll && labels <= limits.zpl_labels_max &&
                    printer_dpi.map((dpi) => (
                        <Download key={dpi} href={address_of(order.value, "zpl", { dpi })}>
                            {text("labels.zpl", { dpi })}
                        </Download>
                    ))}
                {measured && (
                    <Download href={address_of(order.value, "pdf", { what: "calibration" })}>
                        {text("labels.calibration")}
                    </Download>
                )}
            </div>
            <p class="hint">{text(sheet.roll ? "labels.print_roll" : "labels.print_sheet")}</p>
            <p class="hint">{text("labels.calibrate")}</p>
            <p class="hint">{text("labels.badges")}</p>
        </div>
    );
}

export function LabelsTab({ order: view }: SetupPageProps): JSX.Element {
    keep_fresh(offer_file, view);
    const now = `${String(view)} ${String(live.value)}`;
    useEffect(() => void (shown_view.value = now), [now]);
    useEffect(keep_drawn, []);
    return (
        <>
            <section class="setup-part labels" aria-label={text("labels.title")}>
                <h2>{text("labels.title")}</h2>
                <FileState file={offer_file} />
                {unread.value && !offer_file.failed.value && (
                    <p class="file-lost" role="alert">
                        {text("files.lost")}
                    </p>
                )}
                <LeftOut />
                <div class="label-form">
                    <div class="label-choice">
                        <LabelChoice />
                        <Files />
                    </div>
                    <SheetMap />
                </div>
            </section>
            <Preview />
        </>
    );
}
