// The station's stock of seals: what is left, a range that comes in, one that is lost. Whoever
// scanned a badge last does it.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { keep_fresh, seal_file } from "../files/files_state";
import { SealList } from "../files/seal_list";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { PanelFrame } from "../parts/panel_frame";
import { text } from "../texts";
import { record, this_station, view } from "./ward_state";

type Form = "issue" | "void";

const form = signal<Form | null>(null);
const first = signal("");
const last = signal("");
const number = signal("");
const reason = signal("");

function open(next: Form): void {
    form.value = next;
    first.value = last.value = number.value = reason.value = "";
}

function Field({ label, of }: { label: string; of: typeof first }): JSX.Element {
    return (
        <label>
            {label}
            <input
                autoComplete="off"
                maxLength={64}
                value={of.value}
                onInput={(event) => (of.value = event.currentTarget.value)}
            />
        </label>
    );
}

function issue(): void {
    const range = { first: first.value.trim(), last: last.value.trim() };
    record({ do: "issue_seals", station: this_station(), ...range });
    form.value = null;
}

function declare_void(): void {
    record({ do: "void_seal", number: number.value.trim(), reason: reason.value.trim() });
    form.value = null;
}

function Who(): JSX.Element {
    const person = view.value?.session.staff;
    return (
        <p class={person ? "hint good" : "hint"}>
            <Icon name="person" size={20} />{" "}
            {person ? text("seals.by", { by: person.name }) : text("seals.badge_first")}
        </p>
    );
}

function IssueForm({ off }: { off: boolean }): JSX.Element {
    const range = { first: first.value.trim(), last: last.value.trim() };
    return (
        <section class="recall-form" aria-label={text("seals.issue_open")}>
            <Who />
            <div class="fields">
                <Field label={text("seals.first")} of={first} />
                <Field label={text("seals.last")} of={last} />
            </div>
            <div class="recall-buttons">
                <Button look="primary" press={issue} off={off || !range.first || !range.last}>
                    {text("seals.issue", range)}
                </Button>
                <Button look="quiet" press={() => (form.value = null)}>
                    {text("board.never_mind")}
                </Button>
            </div>
        </section>
    );
}

function VoidForm({ off }: { off: boolean }): JSX.Element {
    return (
        <section class="recall-form" aria-label={text("seals.void_open")}>
            <Who />
            <div class="fields">
                <Field label={text("seals.number")} of={number} />
                <Field label={text("recall.reason")} of={reason} />
            </div>
            <div class="recall-buttons">
                <Button
                    look="danger"
                    press={declare_void}
                    off={off || !number.value.trim() || !reason.value.trim()}
                >
                    {text("seals.void", { number: number.value.trim() })}
                </Button>
                <Button look="quiet" press={() => (form.value = null)}>
                    {text("board.never_mind")}
                </Button>
            </div>
        </section>
    );
}

export function SealPanel({ close }: { close: () => void }): JSX.Element {
    keep_fresh(seal_file, view.value?.order);
    const off = !view.value?.session.staff;
    return (
        <PanelFrame title={text("seals.title")} close={close}>
            {form.value === "issue" && <IssueForm off={off} />}
            {form.value === "void" && <VoidForm off={off} />}
            {form.value === null && (
                <div class="row">
                    <Button press={() => open("issue")}>{text("seals.issue_open")}</Button>
                    <Button press={() => open("void")}>{text("seals.void_open")}</Button>
                </div>
            )}
            <SealList />
        </PanelFrame>
    );
}
