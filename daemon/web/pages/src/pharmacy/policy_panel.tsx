// Opens beside the list: the rules in force, their changes, and the form that changes them by badge.
import type { JSX } from "preact";

import { FileState } from "../files/file_notes";
import { keep_fresh, policy_file } from "../files/files_state";
import { PolicyChanges, PolicyHistory, PolicyValues } from "../files/policy_list";
import { member_text, policy_groups, value_text } from "../files/policy_members";
import type { ListMember, MemberGroup, MemberRow, NumberMember } from "../files/policy_members";
import type { Policy, WatchedLines } from "../files/wire";
import { Button } from "../parts/button";
import { PanelFrame } from "../parts/panel_frame";
import { text, word } from "../texts";
import { board } from "./board_state";
import {
    change_policy,
    close_file_forms,
    close_files,
    lacks_hours,
    list_of,
    open_policy_form,
    policy_form,
    save_policy,
    type_list,
} from "./file_state";
import type { PolicyForm } from "./file_state";
import { FormButtons, FormFields } from "./publication_form";

const watched: WatchedLines[] = ["off", "controlled", "controlled_and_high_alert"];

function NumberInput({ row, policy }: { row: NumberMember; policy: Policy }): JSX.Element {
    const value = Number(policy[row.member]);
    const good = Number.isInteger(value) && value >= row.low && value <= row.high;
    return (
        <label class={good ? "" : "wrong"}>
            {word("policy", row.member)}
            <input
                type="number"
                inputMode="numeric"
                autoComplete="off"
                min={row.low}
                max={row.high}
                value={Number.isNaN(value) ? "" : value}
                onInput={(event) => change_policy({ [row.member]: event.currentTarget.valueAsNumber })}
            />
            <small>{text("policy.range", { low: row.low, high: row.high })}</small>
        </label>
    );
}

function ListInput({ row, form }: { row: ListMember; form: PolicyForm }): JSX.Element {
    const typed = form.typed[row.member];
    return (
        <label class={list_of(row, typed) ? "" : "wrong"}>
            {word("policy", row.member)}
            <input
                inputMode="numeric"
                autoComplete="off"
                value={typed}
                onInput={(event) => type_list(row, event.currentTarget.value)}
            />
            <small>{member_text(form.policy, row.member)}</small>
        </label>
    );
}

function FlagInput({ row, policy }: { row: MemberRow; policy: Policy }): JSX.Element {
    return (
        <label class={lacks_hours(policy, row.member) ? "wrong" : ""}>
            {word("policy", row.member)}
            <select
                value={policy[row.member] === true ? "yes" : "no"}
                onChange={(event) =>
                    change_policy({ [row.member]: event.currentTarget.value === "yes" })
                }
            >
                <option value="no">{value_text(false)}</option>
                <option value="yes">{value_text(true)}</option>
            </select>
        </label>
    );
}

function WatchedInput({ row, policy }: { row: MemberRow; policy: Policy }): JSX.Element {
    return (
        <label>
            {word("policy", row.member)}
            <select
                value={String(policy[row.member])}
                onChange={(event) => change_policy({ [row.member]: event.currentTarget.value })}
            >
                {watched.map((lines) => (
                    <option key={lines} value={lines}>
                        {value_text(lines)}
                    </option>
                ))}
            </select>
        </label>
    );
}

function Input({ row, form }: { row: MemberRow; form: PolicyForm }): JSX.Element {
    if ("low" in row) {
        return <NumberInput row={row} policy={form.policy} />;
    }
    if ("most" in row) {
        return <ListInput row={row} form={form} />;
    }
    return typeof form.policy[row.member] === "boolean" ? (
        <FlagInput row={row} policy={form.policy} />
    ) : (
        <WatchedInput row={row} policy={form.policy} />
    );
}

function Group({ group, form }: { group: MemberGroup; form: PolicyForm }): JSX.Element {
    return (
        <fieldset class="policy-group">
            <legend>{text(group.title)}</legend>
            <div class="fields">
                {group.rows.map((row) => (
                    <Input key={row.member} row={row} form={form} />
                ))}
            </div>
        </fieldset>
    );
}

// What somebody else set while the form stood there.
function Meanwhile({ was, before }: PolicyForm): JSX.Element | null {
    return was === null ? null : (
        <section class="policy-meanwhile" role="status">
            <p>{text("policy.meanwhile")}</p>
            <PolicyChanges before={was} after={before} />
        </section>
    );
}

function Form({ form }: { form: PolicyForm }): JSX.Element {
    return (
        <section class="recall-form policy-form" aria-label={text("policy.change")}>
            <p class="hint">{text("policy.invite")}</p>
            <Meanwhile {...form} />
            <FormFields>
                {policy_groups.map((group) => (
                    <Group key={group.title} group={group} form={form} />
                ))}
            </FormFields>
            <FormButtons>
                <Button look="danger" press={save_policy}>
                    {text("policy.save")}
                </Button>
                <Button look="quiet" press={close_file_forms}>
                    {text("board.never_mind")}
                </Button>
            </FormButtons>
        </section>
    );
}

export function PolicyPanel(): JSX.Element {
    keep_fresh(policy_file, board.value?.order);
    const file = policy_file.value.value;
    const form = policy_form.value;
    return (
        <PanelFrame title={text("policy.title")} close={close_files}>
            <FileState file={policy_file} />
            {form ? (
                <Form form={form} />
            ) : (
                file && (
                    <>
                        <Button look="primary" press={open_policy_form}>
                            {text("policy.change")}
                        </Button>
                        <PolicyValues policy={file.policy} />
                        <PolicyHistory view={file} />
                    </>
                )
            )}
        </PanelFrame>
    );
}
