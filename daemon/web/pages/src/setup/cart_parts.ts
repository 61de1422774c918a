// Lines and devices of the cart whose list is edited: added, changed, moved and taken off.
import { random_key } from "../server";
import { cart_form } from "./cart_state";
import { part_open } from "./part_open";
import type { AccessoryBody, CartBody, DeviceBody, LineBody, TestBody } from "./wire";

function changed<P extends { id: string }>(parts: P[], id: string, part: Partial<P>): P[] {
    return parts.map((one) => (one.id === id ? { ...one, ...part } : one));
}

function without<P extends { id: string }>(parts: P[], id: string): P[] {
    return parts.filter((one) => one.id !== id);
}

const lines = (): LineBody[] => cart_form.edit.value?.body.lines ?? [];
const devices = (): DeviceBody[] => cart_form.edit.value?.body.devices ?? [];

// Never one that was in use before: what is recorded of that is not of this.
function new_id(kind: string): string {
    return `${kind}-${random_key().slice(0, 8)}`;
}

export function change_line(id: string, part: Partial<LineBody>): void {
    cart_form.change({ lines: changed(lines(), id, part) });
}

export function move_line(id: string, by: -1 | 1): void {
    const all = [...lines()];
    const from = all.findIndex((line) => line.id === id);
    const [line] = all.splice(from, 1);
    if (line) {
        all.splice(from + by, 0, line);
        cart_form.change({ lines: all });
    }
}

export function take_line_out(id: string): void {
    cart_form.change({ lines: without(lines(), id) });
}

// The next id of a line that no part of the cart has: the product's, else with a number.
function line_id(body: CartBody, product: string): string {
    const taken = new Set([...body.lines, ...body.devices].map((part) => part.id));
    let id = product;
    for (let number = 2; taken.has(id); number += 1) {
        id = `${product.slice(0, 60)}-${number}`;
    }
    return id;
}

export function add_line(product: string): void {
    const body = cart_form.edit.value?.body;
    if (!body) {
        return;
    }
    const id = line_id(body, product);
    const line: LineBody = {
        ...{ id, tag: "", product, position: body.lines.at(-1)?.position ?? "", par: 1 },
        ...{ critical: false, count_by: "line", function: "", holdings: [] },
    };
    cart_form.change({ lines: [...body.lines, line] });
    part_open.value = `line ${id}`;
}

export function change_device(id: string, part: Partial<DeviceBody>): void {
    cart_form.change({ devices: changed(devices(), id, part) });
}

export function take_device_out(id: string): void {
    cart_form.change({ devices: without(devices(), id) });
}

export function add_device(): void {
    const device: DeviceBody = {
        ...{ id: new_id("device"), tag: "", code: "", name: { zh: "", en: "" }, position: "" },
        ...{ critical: false, function: "", last_test: null, service_due: null },
        ...{ calibration_due: null, accessories: [], tests: [] },
    };
    cart_form.change({ devices: [...devices(), device] });
    part_open.value = `device ${device.id}`;
}

export function change_test({ id, tests }: DeviceBody, test: string, part: Partial<TestBody>): void {
    change_device(id, { tests: changed(tests, test, part) });
}

export const usual_tolerance_percent = 15; // IEC 60601-2-4

// A test without a unit has no readings.
export function change_unit(device: DeviceBody, test: string, unit: TestBody["unit"]): void {
    const none = {
        ...{ least: null, most: null, selected: null },
        tolerance_percent: usual_tolerance_percent,
    };
    change_test(device, test, unit === null ? { unit, ...none } : { unit });
}

export function take_test_out({ id, tests }: DeviceBody, test: string): void {
    change_device(id, { tests: without(tests, test) });
}

export function add_test({ id, tests }: DeviceBody): void {
    const test: TestBody = {
        ...{ id: new_id("test"), name: { zh: "", en: "" }, critical: true, interval_days: null },
        ...{ unit: null, least: null, most: null, selected: null, last: null },
        tolerance_percent: usual_tolerance_percent,
    };
    change_device(id, { tests: [...tests, test] });
}

export function change_accessory(
    { id, accessories }: DeviceBody,
    accessory: string,
    part: Partial<AccessoryBody>,
): void {
    change_device(id, { accessories: changed(accessories, accessory, part) });
}

export function take_accessory_out({ id, accessories }: DeviceBody, accessory: string): void {
    change_device(id, { accessories: without(accessories, accessory) });
}

export function add_accessory({ id, accessories }: DeviceBody): void {
    const accessory = { id: new_id("part"), name: { zh: "", en: "" }, last_usable_day: null };
    change_device(id, { accessories: [...accessories, accessory] });
}
