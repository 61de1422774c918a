// Opens beside the list: what leaves for an alert, unit by unit, or why and until when it is silent.
import type { JSX } from "preact";
import type { Signal } from "@preact/signals";

import { day_text } from "../days";
import { Button } from "../parts/button";
import { DayWordChoice } from "../parts/day_word";
import { PanelFrame } from "../parts/panel_frame";
import { name_of, text } from "../texts";
import type { BoardAlert } from "../wire";
import {
    add_typed,
    close_send_form,
    reason,
    remove_row,
    send,
    send_form,
    silence_days,
    silence_for,
    typed_day,
    typed_lot,
    typed_quantity,
    units,
    units_total,
} from "./send_state";

function Field({ label, value, numeric }: {
    label: string;
    value: Signal<string>;
    numeric?: boolean;
}): JSX.Element {
    return (
        <label>
            {label}
            <input
                inputMode={numeric ? "numeric" : "text"}
                autoComplete="off"
                maxLength={128}
                value={value.value}
                onInput={(event) => (value.value = event.currentTarget.value)}
            />
        </label>
    );
}

function Rows(): JSX.Element {
    return (
        <ul class="send-rows">
            {units.value.map((row) => (
                <li key={row.lot}>
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

function DispatchForm({ alert }: { alert: BoardAlert }): JSX.Element {
    const total = units_total();
    const fewer = total < alert.unsent;
    return (
        <>
            <p class="hint">{text("send.invite", { count: alert.unsent, unit: alert.unit })}</p>
            <Rows />
            <form
                class="fields"
                onSubmit={(event) => {
                    event.preventDefault();
                    add_typed();
                }}
            >
                <Field label={text("panel.lot")} value={typed_lot} />
                <DayWordChoice />
                <Field label={text("panel.day")} value={typed_day} numeric />
                <Field label={text("send.quantity")} value={typed_quantity} numeric />
                <button type="submit" class="button">
                    {text("send.add")}
                </button>
            </form>
            {fewer && (
                <div class="fields">
                    <Field label={text("send.why_fewer")} value={reason} />
                </div>
            )}
            <Button look="primary" icon="truck" press={send}>
                {text("send.done", { count: total, asked: alert.unsent })}
            </Button>
        </>
    );
}

function SilenceForm(): JSX.Element {
    return (
        <>
            <p class="hint">{text("silence.invite")}</p>
            <div class="fields">
                <Field label={text("silence.why")} value={reason} />
            </div>
            {silence_days.map((days) => (
                <Button key={days} look="primary" press={() => silence_for(days)}>
                    {text("silence.days", { count: days })}
                </Button>
            ))}
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
            {form.do === "dispatch" ? <DispatchForm alert={form.alert} /> : <SilenceForm />}
        </PanelFrame>
    );
}
