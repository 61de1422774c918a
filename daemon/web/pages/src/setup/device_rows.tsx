// The devices of a cart: their fields, their function tests and their dated parts.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { place_text } from "../parts/place_text";
import { name_of, text, word } from "../texts";
import {
    add_accessory,
    add_test,
    change_accessory,
    change_device,
    take_accessory_out,
    take_device_out,
} from "./cart_parts";
import { is_named, wrong_number } from "./cart_faults";
import { DeviceTest } from "./device_test";
import { Choice, DayInput, function_name, TextInput, YesNo } from "./inputs";
import { PartRow } from "./part_row";
import { refusal } from "./setup_state";
import { SubForm } from "./sub_form";
import { functions } from "./wire";
import type { AccessoryBody, DeviceBody } from "./wire";

const field = (name: string): string => word("setup_field", name);

function DeviceFields({ device }: { device: DeviceBody }): JSX.Element {
    const change = (part: Partial<DeviceBody>): void => change_device(device.id, part);
    return (
        <div class="fields">
            <TextInput
                label={field("name_zh")}
                value={device.name.zh}
                faults={["name_missing"]}
                about={device.id}
                change={(zh) => change({ name: { ...device.name, zh } })}
            />
            <TextInput
                label={field("name_en")}
                value={device.name.en}
                change={(en) => change({ name: { ...device.name, en } })}
            />
            <TextInput
                label={field("position")}
                value={device.position}
                change={(position) => change({ position })}
            />
            <TextInput
                label={field("code")}
                value={device.code}
                kind="code"
                faults={["code_malformed", "tag_twice"]}
                change={(code) => change({ code: code.trim() })}
            />
            <YesNo
                label={field("critical")}
                value={device.critical}
                change={(critical) => change({ critical })}
            />
            <Choice
                label={field("function")}
                value={device.function}
                choices={functions}
                name_of={function_name}
                change={(one) => change({ function: one })}
            />
            <DayInput
                label={field("service_due")}
                value={device.service_due}
                change={(service_due) => change({ service_due })}
            />
            <DayInput
                label={field("calibration_due")}
                value={device.calibration_due}
                change={(calibration_due) => change({ calibration_due })}
            />
        </div>
    );
}

function Accessory({ device, one }: { device: DeviceBody; one: AccessoryBody }): JSX.Element {
    const change = (part: Partial<AccessoryBody>): void => change_accessory(device, one.id, part);
    const title = name_of(one.name) || text("setup.new_accessory");
    return (
        <SubForm title={title} named={name_of(one.name) !== ""} take_away={() => take_accessory_out(device, one.id)}>
            <TextInput
                label={field("name_zh")}
                value={one.name.zh}
                faults={is_named(one.name) ? [] : ["name_missing"]}
                about={one.id}
                change={(zh) => change({ name: { ...one.name, zh } })}
            />
            <TextInput
                label={field("name_en")}
                value={one.name.en}
                change={(en) => change({ name: { ...one.name, en } })}
            />
            <DayInput
                label={field("last_usable_day")}
                value={one.last_usable_day}
                change={(last_usable_day) => change({ last_usable_day })}
            />
        </SubForm>
    );
}

function fault_of_device(device: DeviceBody): string | null {
    const why = refusal.value;
    const parts = [device, ...device.tests, ...device.accessories].map(({ id }) => id);
    const nameless = [device, ...device.tests, ...device.accessories].some(
        (one) => !is_named(one.name),
    );
    const of_code = why?.what === "tag_twice" && [device.code, device.tag].includes(why.value);
    if (why && (of_code || why.id === device.id)) {
        return why.what;
    }
    if (why?.what === "name_missing" && nameless && parts.includes(why.id)) {
        return why.what;
    }
    const wrong = wrong_number({ lines: [], devices: [device], place: { floor: null, order: null } });
    return wrong === null ? null : "number_wrong";
}

export function DeviceRow({ device }: { device: DeviceBody }): JSX.Element {
    const { tests, accessories } = device;
    return (
        <PartRow
            mark={`device ${device.id}`}
            name={name_of(device.name) || text("setup.new_device")}
            note={`${place_text(device.position)} ${text("setup.device_tests", { count: tests.length })}`}
            why={fault_of_device(device)}
            take_out={() => take_device_out(device.id)}
        >
            <DeviceFields device={device} />
            <h5>{text("setup.tests")}</h5>
            <p class="hint">{text(tests.length ? "setup.tests_how" : "setup.no_tests")}</p>
            <ul class="setup-subs">
                {tests.map((test) => (
                    <DeviceTest key={test.id} device={device} test={test} />
                ))}
            </ul>
            <Button press={() => add_test(device)}>{text("setup.new_test")}</Button>
            <h5>{text("setup.accessories")}</h5>
            <ul class="setup-subs">
                {accessories.map((one) => (
                    <Accessory key={one.id} device={device} one={one} />
                ))}
            </ul>
            <Button press={() => add_accessory(device)}>{text("setup.new_accessory")}</Button>
        </PartRow>
    );
}
