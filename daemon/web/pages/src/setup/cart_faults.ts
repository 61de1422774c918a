// What of a cart's list is wrong for sure, told before a badge is asked for; the daemon judges the
// rest. The words are the daemon's own.
import type { Name } from "../wire";
import { bounds_of, fits, reading_fits } from "./bounds";
import type { CartBody, DeviceBody, TestBody } from "./wire";

export interface PartFault {
    what: string;
    value: string;
    id: string;
    part: string; // what is to be opened: "device defib"; empty: the cart itself
}

export function is_id(id: string): boolean {
    return /^[A-Za-z0-9._-]{1,64}$/.test(id);
}

export function is_named({ zh, en }: Name): boolean {
    return zh.trim() !== "" || en.trim() !== "";
}

function is_wrong_test(test: TestBody): boolean {
    const { unit } = test;
    const readings = [test.least, test.most, test.selected];
    return (
        !fits(test.interval_days, bounds_of("interval_days"))
        || !fits(test.tolerance_percent, bounds_of("tolerance_percent"))
        || (unit !== null && readings.some((one) => !reading_fits(one, unit)))
    );
}

interface Numbered {
    lines: CartBody["lines"];
    devices: CartBody["devices"];
    place: Pick<CartBody["place"], "floor" | "order">;
}

// The first part with a number that cannot be saved, which marks it; empty: the cart itself; null:
// none.
export function wrong_number({ lines, devices, place }: Numbered): string | null {
    const line = lines.find(({ par }) => !fits(par, bounds_of("par")));
    const device = devices.find(({ tests }) => tests.some(is_wrong_test));
    const here = fits(place.floor, bounds_of("floor")) && fits(place.order, bounds_of("order"));
    if (line) {
        return `line ${line.id}`;
    }
    return device ? `device ${device.id}` : here ? null : "";
}

function fault_of_test(device: DeviceBody, test: TestBody): Omit<PartFault, "part"> | null {
    if (!is_named(test.name)) {
        return { what: "name_missing", id: test.id, value: "" };
    }
    const { unit, least, most, selected } = test;
    if (unit !== null && least === null && most === null && selected === null) {
        return { what: "limits_missing", id: device.id, value: test.id };
    }
    const crossed = least !== null && most !== null && Number(most) < Number(least);
    return crossed ? { what: "limits_crossed", id: device.id, value: test.id } : null;
}

function fault_of_device(device: DeviceBody): Omit<PartFault, "part"> | null {
    const nameless = [device, ...device.accessories].find(({ name }) => !is_named(name));
    if (nameless) {
        return { what: "name_missing", id: nameless.id, value: "" };
    }
    for (const test of device.tests) {
        const fault = fault_of_test(device, test);
        if (fault) {
            return fault;
        }
    }
    return null;
}

export function first_fault(body: CartBody): PartFault | null {
    const { id } = body;
    if (!is_id(id)) {
        return { what: "id_malformed", id, value: id, part: "" };
    }
    if (!is_named(body.name)) {
        return { what: "name_missing", id, value: "", part: "" };
    }
    for (const device of body.devices) {
        const fault = fault_of_device(device);
        if (fault) {
            return { ...fault, part: `device ${device.id}` };
        }
    }
    return null;
}
