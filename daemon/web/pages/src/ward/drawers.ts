// The cart's lines and devices by drawer, in the cart's own order. A drawer is the first word of a
// position as people say it ("2层 左3" stands in "2层").
import type { Check, Device, Line } from "../wire";
import { check, current_device, current_line, drawer_asked } from "./ward_state";

export interface Drawer {
    name: string;
    lines: Line[];
    devices: Device[];
}

export function drawer_name(position: string): string {
    return position.trim().split(/[\s/·\-–—]+/)[0] ?? "";
}

export function drawers_of(one: Check): Drawer[] {
    const found = new Map<string, Drawer>();
    const at = (position: string): Drawer => {
        const name = drawer_name(position);
        const known = found.get(name) ?? { name, lines: [], devices: [] };
        found.set(name, known);
        return known;
    };
    one.lines
        .filter((line) => line.state !== "not_asked")
        .forEach((line) => at(line.position).lines.push(line));
    // What was used is no test of a device.
    const devices = one.kind === "after_use" ? [] : one.devices;
    devices.forEach((device) => at(device.position).devices.push(device));
    return [...found.values()];
}

export function done_in(one: Drawer): number {
    const lines = one.lines.filter((line) => line.state !== "open").length;
    return lines + one.devices.filter((device) => device.state !== "open").length;
}

export function size_of(one: Drawer): number {
    return one.lines.length + one.devices.length;
}

// The next drawer after the one shown that is not finished, going round.
export function drawer_after(all: Drawer[], name: string): string {
    const here = all.findIndex((one) => one.name === name);
    const order = [...all.slice(here + 1), ...all.slice(0, here + 1)];
    return (order.find((one) => done_in(one) < size_of(one)) ?? order[0])?.name ?? "";
}

// From where the current line stands, or from the drawer last asked for.
export function next_drawer(): void {
    if (check.value) {
        const current = current_line.value ?? current_device.value;
        const asked = drawer_asked.value;
        const here = asked.name || drawer_name(current?.position ?? "");
        const name = drawer_after(drawers_of(check.value), here);
        drawer_asked.value = { name, count: asked.count + 1 };
    }
}
