// Opens beside the list: what leaves for an alert, unit by unit, or why and until when it is silent.
import type { ComponentChildren, JSX } from "preact";
import type { Signal } from "@preact/signals";

import { day_text } from "../days";
import { sentence_of } from "../parts/band";
import { Button } from "../parts/button";
import { DayWordChoice } from "../parts/day_word";
import { Icon } from "../parts/icon";
import { PanelFrame } from "../parts/panel_frame";
import { name_of, text, unit_text } from "../texts";
import type { BoardAlert } from "../wire";
import {
    add_typed,
    changed,
    close_send_form,
    reason,
    refused,
    remove_row,
    send,
    send_form,
    sending,
    silence_days,
    silence_for,
    typed_day,
    typed_lot,
    typed_quantity,
    units,
    units_total,
    waits_for_badge,
} from "./send_state";
import { WaitsBadge } from "./waits_badge";

function Field({ label, value, numeric, edited }: {
    label: string;
    value: Signal<string>;
    numeric?: boolean;
    edited?: () => void;
}): JSX.Element {
    return (
        <label>
            {label}
            <input
                inputMode={numeric ? "numeric" : "text"}
                autoComplete="off"
                maxLength={128}
                value={value.value}
                onInput={(event) => {
                    value.value = event.currentTarget.value;
                    edited?.();
                }}
            />
        </label>
    );
}

function Rows(): JSX.Element {
    return (
        <ul class="send-rows">
            {units.value.map((row) => (
                <li key={`${row.product ?? ""} ${row.lot}`}>
                    {row.name && <b>{name_of(row.name)} </b>}
                    {text("send.row", {
                        lot: row.lot,
                        day: row.last_usable_day ? day_text(row.last_usable_day) : "",
                        count: row.quantity,
                    })}
                    <Button look="quiet" press={() => remove_row(row)}>
                        {text("send.remove")}
                    </Button>
                </li>
            ))}
        </ul>
    );
}

// What became of it, and what is left to do: always in sight.
function Foot({ children }: { children: ComponentChildren }): JSX.Element {
    return (
        <div class="send-foot">
            {refused.value && (
                <p class="send-refused" role="alert">
                    <Icon name="cross" size={28} />
                    {sentence_of(refused.value)}
                </p>
            )}
            {waits_for_badge.value ? <WaitsBadge /> : children}
        </div>
    );
}

function Reason({ label }: { label: string }): JSX.Element {
    return (
        <div class="fields">
            <Field label={label} value={reason} edited={changed} />
        </div>
    );
}

function DispatchForm({ alert }: { alert: BoardAlert }): JSX.Element {
    const total = units_total();
    const fewer = total < alert.unsent;
    return (
        <>
            <p class="hint">{text("send.invite", { count: alert.unsent, unit: unit_text(alert.unit) })}</p>
            <Rows />
            <form
                class="fields"
                onSubmit={(event) => {
                    event.preventDefault();
                    add_typed();
                }}
            >
                <Field label={text("send.lot")} value={typed_lot} />
                <DayWordChoice />
                <Field label={text("panel.day")} value={typed_day} numeric />
                <Field label={text("send.quantity")} value={typed_quantity} numeric />
                <button type="submit" class="button">
                    {text("send.add")}
                </button>
            </form>
            <Foot>
                {fewer && units.value.length > 0 && <Reason label={text("send.why_fewer")} />}
                <Button look="primary" icon="truck" off={sending.value} press={send}>
                    {text("send.done", { count: total, asked: alert.unsent })}
                </Button>
            </Foot>
        </>
    );
}

function SilenceForm(): JSX.Element {
    return (
        <>
            <p class="hint">{text("silence.invite")}</p>
            <Reason label={text("silence.why")} />
            <Foot>
                {silence_days.map((days) => (
                    <Button
                        key={days}
                        look="primary"
                        off={sending.value}
                        press={() => silence_for(days)}
                    >
                        {text("silence.days", { count: days })}
                    </Button>
                ))}
            </Foot>
        </>
    );
}

export function SendPanel(): JSX.Element | null {
    const form = send_form.value;
    if (!form) {
        return null;
    }
    const title = form.do === "dispatch" ? "send.title" : "silence.title";
    return (
        <PanelFrame title={text(title, { name: name_of(form.alert.name) })} close={close_send_form}>
            <div class="send-form">
                {form.do === "dispatch" ? <DispatchForm alert={form.alert} /> : <SilenceForm />}
            </div>
        </PanelFrame>
    );
}
