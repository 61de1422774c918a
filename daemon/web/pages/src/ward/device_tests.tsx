// A device's own tests: which are taken, which is asked for, and the entry of a reading with its
// unit and limits in sight.
import { computed, signal } from "@preact/signals";
import type { JSX } from "preact";

import { day_text } from "../days";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import type { IconName } from "../parts/icon";
import { Keypad } from "../parts/keypad";
import { PanelFrame } from "../parts/panel_frame";
import { name_of, text } from "../texts";
import type { Device, DeviceTest } from "../wire";
import { pending_number } from "../wedge_listener";
import { command, current_device, open_panel, view } from "./ward_state";

const test_icon: Record<DeviceTest["state"], IconName> = {
    open: "circle",
    passed: "check",
    failed: "cross",
};

// Whole digits, a point and three places: what the daemon reads as a number.
const reading_form = /^[0-9]{1,6}([.][0-9]{1,3})?$/;
const reading_chars_max = 10;

export const current_test = computed<DeviceTest | null>(
    () =>
        current_device.value?.tests.find((one) => one.id === view.value?.session.test) ?? null,
);

function TestRow({ device, test }: { device: Device; test: DeviceTest }): JSX.Element {
    const current = current_test.value === test && current_device.value === device;
    const last =
        test.last_on && text("test.last", { day: day_text(test.last_on), reading: test.last_reading ?? "" });
    return (
        <li class={`test test-${test.state}`} aria-current={current}>
            <Icon name={test_icon[test.state]} size={22} />
            <span class="spoken">{text(`state.${test.state}`)}</span>
            <button
                type="button"
                class="test-name"
                onClick={() =>
                    command({ do: "select_device", device: device.id, test: test.id })
                }
            >
                {name_of(test.name)}
            </button>
            <b>{test.reading}</b>
            {test.limits && <span>{text("test.limits", { limits: test.limits })}</span>}
            {test.state === "open" && last && <span class="hint">{last}</span>}
        </li>
    );
}

export function TestList({ device }: { device: Device }): JSX.Element | null {
    return device.tests.length === 0 ? null : (
        <ul class="tests">
            {device.tests.map((test) => (
                <TestRow key={test.id} device={device} test={test} />
            ))}
        </ul>
    );
}

export function DeviceActions(): JSX.Element {
    const unit = current_test.value?.unit ?? null;
    return (
        <>
            {unit ? (
                <Button look="primary" press={() => open_panel("reading")}>
                    {text("action.reading", { unit })}
                </Button>
            ) : (
                <Button
                    icon="check"
                    shortcut="Y"
                    press={() => command({ do: "test", passed: true })}
                >
                    {text("action.passed")}
                </Button>
            )}
            <Button
                icon="cross"
                shortcut="N"
                press={() => command({ do: "test", passed: false })}
            >
                {text("action.failed")}
            </Button>
        </>
    );
}

const typed = signal("");

export function ReadingPanel({ close }: { close: () => void }): JSX.Element {
    const test = current_test.value;
    const value = pending_number.value || typed.value;
    const done = (): void => {
        if (reading_form.test(value)) {
            typed.value = "";
            command({ do: "reading", value });
        }
    };
    const add = (sign: string): void => {
        typed.value = (typed.value + sign).slice(0, reading_chars_max);
    };
    return (
        <PanelFrame title={test ? name_of(test.name) : text("panel.reading")} close={close}>
            <form
                class="panel-split"
                onSubmit={(event) => {
                    event.preventDefault();
                    done();
                }}
            >
                <div class="fields">
                    <label>
                        {text("panel.reading_in", { unit: test?.unit ?? "" })}
                        <input
                            inputMode="decimal"
                            autoComplete="off"
                            value={value}
                            onInput={(event) => (typed.value = event.currentTarget.value.trim())}
                        />
                    </label>
                    {test?.limits && (
                        <p class="hint">{text("test.limits", { limits: test.limits })}</p>
                    )}
                    <Button press={() => add(".")}>{text("panel.point")}</Button>
                </div>
                <Keypad
                    add={add}
                    back={() => (typed.value = typed.value.slice(0, -1))}
                    done={done}
                    done_label={text("panel.enter")}
                />
            </form>
        </PanelFrame>
    );
}
