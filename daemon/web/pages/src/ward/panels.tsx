// What opens beside the list: numbers for fingers, a new lot, the finder, parked codes, help.
import { effect, signal } from "@preact/signals";
import type { JSX } from "preact";

import type { CameraPlace } from "../camera/camera_state";
import { LazyCamera } from "../camera/lazy_camera";
import { day_with_weekday, days_between, days_left_text, parse_day } from "../days";
import { Button } from "../parts/button";
import { DayWordChoice, day_word } from "../parts/day_word";
import { Keypad } from "../parts/keypad";
import { PanelFrame } from "../parts/panel_frame";
import { SoundPanel } from "../parts/sound_panel";
import { shown } from "../shown";
import { name_of, text } from "../texts";
import { pending_number } from "../wedge_listener";
import { quantity_digits_max } from "../wedge";
import { ReadingPanel } from "./device_tests";
import { Finder } from "./finder";
import { HelpPanel } from "./help";
import { MorePanel, PolicyPanel, SubstitutionPanel } from "./more";
import { SealPanel } from "./seal_panel";
import {
    check,
    command,
    current_line,
    is_use,
    panel,
    scan,
    this_station,
    touched,
    view,
} from "./ward_state";
import type { Panel } from "./ward_state";

function close(): void {
    panel.value = null;
}

const camera_place: CameraPlace = {
    station: this_station,
    take: (text) => scan(text, false, true),
    touched,
    open: () => panel.peek() === "camera",
};

const keyed = signal("");

function asked_for(damaged: boolean): string {
    if (damaged) {
        return text("panel.damaged");
    }
    if (check.value?.kind === "restock") {
        return text("panel.put_in");
    }
    if (!is_use.value) {
        return text("panel.quantity");
    }
    const left = shown.value?.from === "daemon" && shown.value.reply.message === "enter_left";
    return text(left ? "panel.left" : "panel.used");
}

function NumberPanel({ damaged }: { damaged: boolean }): JSX.Element {
    const line = current_line.value;
    const value = pending_number.value || keyed.value;
    const done = (): void => {
        const quantity = Number(value || (damaged ? 1 : NaN));
        if (Number.isInteger(quantity)) {
            keyed.value = "";
            command(damaged ? { do: "damaged", quantity } : { do: "quantity", quantity });
        }
    };
    const add = (digit: string): void => {
        keyed.value = (keyed.value + digit).replace(/^0+(?=\d)/, "").slice(0, quantity_digits_max);
    };
    return (
        <PanelFrame title={asked_for(damaged)} close={close}>
            <div class="panel-split">
                <div>
                    <output class="number">{value || (damaged ? "1" : "–")}</output>
                    <p>{line && text("line.par", { count: line.par ?? "?" })}</p>
                </div>
                <Keypad
                    add={add}
                    back={() => (keyed.value = keyed.value.slice(0, -1))}
                    done={done}
                    done_label={text("panel.enter")}
                />
            </div>
        </PanelFrame>
    );
}

const new_day = signal("");
const new_lot = signal("");

// What was keyed for one pack is not kept for the next: the panel begins anew whenever it opens.
effect(() => {
    if (panel.value !== "expiry") {
        new_day.value = "";
        new_lot.value = "";
        day_word.value = "through";
    }
});

function DayPreview(): JSX.Element {
    const day = parse_day(new_day.value, day_word.value);
    if (!day) {
        const forms = `panel.day_forms_${day_word.value}` as const;
        return <p class="hint">{text(new_day.value ? "panel.day_wrong" : forms)}</p>;
    }
    const today = view.value?.today ?? day;
    return (
        <p class="hint good">
            {text("panel.day_means", {
                day: day_with_weekday(day),
                left: days_left_text(days_between(today, day)),
            })}
        </p>
    );
}

function save_expiry(): void {
    const day = parse_day(new_day.value, day_word.value);
    if (day) {
        const lot = new_lot.value.trim();
        new_day.value = "";
        new_lot.value = "";
        day_word.value = "through";
        command({ do: "expiry", last_usable_day: day, ...(lot ? { lot } : {}) });
    }
}

function ExpiryPanel(): JSX.Element {
    return (
        <PanelFrame title={text("panel.expiry")} close={close}>
            <form
                class="panel-split"
                onSubmit={(event) => {
                    event.preventDefault();
                    save_expiry();
                }}
            >
                <div class="fields">
                    <DayWordChoice />
                    <label>
                        {text("panel.day")}
                        <input
                            inputMode="numeric"
                            autoComplete="off"
                            value={new_day.value}
                            onInput={(event) => (new_day.value = event.currentTarget.value)}
                        />
                    </label>
                    <DayPreview />
                    <label>
                        {text("panel.lot")}
                        <input
                            autoComplete="off"
                            maxLength={40}
                            value={new_lot.value}
                            onInput={(event) => (new_lot.value = event.currentTarget.value)}
                        />
                    </label>
                </div>
                <Keypad
                    add={(digit) => (new_day.value += digit)}
                    back={() => (new_day.value = new_day.value.slice(0, -1))}
                    done={save_expiry}
                    done_label={text("panel.enter")}
                />
            </form>
            <p class="hint">{text("panel.expiry_scan")}</p>
        </PanelFrame>
    );
}

function ParkedPanel(): JSX.Element {
    const line = current_line.value;
    const parked = check.value?.parked ?? [];
    return (
        <PanelFrame title={text("panel.parked")} close={close}>
            <p>{text(line ? "panel.parked_link" : "panel.parked_about")}</p>
            <ul class="parked">
                {parked.map((raw) => (
                    <li key={raw}>
                        <code>{raw}</code>
                        <Button
                            icon="link"
                            off={!line}
                            press={() =>
                                line && command({ do: "link_code", raw, product: line.product })
                            }
                        >
                            {line ? text("panel.link_to", { name: name_of(line.name) }) : text("panel.link")}
                        </Button>
                    </li>
                ))}
            </ul>
        </PanelFrame>
    );
}

export function Panels({ panel: which }: { panel: Panel }): JSX.Element {
    switch (which) {
        case "quantity":
            return <NumberPanel damaged={false} />;
        case "reading":
            return <ReadingPanel close={close} />;
        case "damaged":
            return <NumberPanel damaged />;
        case "expiry":
            return <ExpiryPanel />;
        case "find":
            return <Finder close={close} />;
        case "parked":
            return <ParkedPanel />;
        case "help":
            return <HelpPanel close={close} />;
        case "sound":
            return <SoundPanel close={close} />;
        case "camera":
            return <LazyCamera place={camera_place} close={close} />;
        case "more":
            return <MorePanel close={close} />;
        case "seals":
            return <SealPanel close={close} />;
        case "substitutions":
            return <SubstitutionPanel close={close} />;
        case "policy":
            return <PolicyPanel close={close} />;
    }
}
