// The to-do list: what the cart must hold, by drawer. What is open stands out, what is done stays
// in its place; the current line is always in sight.
import { useSignalEffect } from "@preact/signals";
import type { JSX } from "preact";
import { useRef } from "preact/hooks";

import { Expiry, HighAlert } from "../parts/badges";
import { Icon } from "../parts/icon";
import type { IconName } from "../parts/icon";
import { place_text } from "../parts/place_text";
import { name_of, strength_beside, text, unit_text } from "../texts";
import type { Check, Device, Line, Lot, UsedLine } from "../wire";
import { done_in, drawers_of, size_of } from "./drawers";
import { SealTask } from "./seal_task";
import { asks_for_lines, command, current_device, current_line, drawer_asked } from "./ward_state";

const line_icon: Record<Line["state"], IconName> = {
    open: "circle",
    ok: "check",
    attention: "notice",
    missing: "cross",
    not_asked: "circle",
};
const device_icon: Record<Device["state"], IconName> = {
    open: "circle",
    passed: "check",
    failed: "cross",
};

// Moves the list and never the page: on a phone the result band is what has to be seen.
function in_sight(element: HTMLElement | null): void {
    const list = element?.closest(".lines");
    if (!element || !list) {
        return;
    }
    const row = element.getBoundingClientRect();
    const box = list.getBoundingClientRect();
    const head = 40; // the drawer's name stays on top
    if (row.top < box.top + head) {
        list.scrollTop -= box.top + head - row.top;
    } else if (row.bottom > box.bottom) {
        list.scrollTop += row.bottom - box.bottom;
    }
}

// The lot that expires first, of those that count now.
export function first_to_expire(line: Line): Lot | null {
    const held = line.lots.filter((lot) => (lot.quantity ?? 1) > 0 && lot.last_usable_day !== null);
    const counted = held.filter((lot) => lot.counted);
    const among = counted.length > 0 ? counted : held;
    return among.reduce<Lot | null>(
        (first, lot) =>
            !first || (lot.days_left ?? Infinity) < (first.days_left ?? Infinity) ? lot : first,
        null,
    );
}

function ExpirySoon({ line }: { line: Line }): JSX.Element | null {
    const lot = first_to_expire(line);
    return lot?.last_usable_day && lot.days_left !== null && lot.days_left <= 180 ? (
        <Expiry day={lot.last_usable_day} days={lot.days_left} brief />
    ) : null;
}

// After an emergency: what was used, else what is on record; nothing of it was looked at.
function UseCount({ line, used }: { line: Line; used: UsedLine | undefined }): JSX.Element {
    return (
        <span class="count">
            {used
                ? text("use.row", { used: used.used, left: used.left, par: used.par })
                : text("line.on_file", {
                      count: line.on_file ?? "?",
                      unit: unit_text(line.unit),
                  })}
        </span>
    );
}

function Count({ line }: { line: Line }): JSX.Element {
    return line.state === "open" ? (
        <span class="count">{text("line.par", { count: line.par ?? "?" })}</span>
    ) : (
        <span class="count">
            <strong>{line.usable ?? line.counted ?? 0}</strong>
            {` / ${line.par ?? "?"}`}
        </span>
    );
}

export function LineName({ line }: { line: Line }): JSX.Element {
    return (
        <span class="line-name">
            <b>{name_of(line.name)}</b>{" "}
            <span class="strength">{strength_beside(line.name, line.strength)}</span>
        </span>
    );
}

function LineMark({ line, use }: { line: Line; use: Check["use"] }): JSX.Element {
    const used = use?.lines.some((one) => one.line === line.id);
    if (use) {
        return <span class="state">{used && <Icon name="arrow" size={26} />}</span>;
    }
    return (
        <span class="state">
            <Icon name={line_icon[line.state]} size={26} />
            <span class="spoken">{text(`state.${line.state}`)}</span>
        </span>
    );
}

function LineRow({ line, use }: { line: Line; use: Check["use"] }): JSX.Element {
    const current = current_line.value?.id === line.id;
    const used = use?.lines.find((one) => one.line === line.id);
    return (
        <li ref={current ? in_sight : null}>
            <button
                type="button"
                class={use ? "line" : `line line-${line.state}`}
                aria-current={current}
                onClick={() => command({ do: "select_line", line: line.id })}
            >
                <LineMark line={line} use={use} />
                <LineName line={line} />
                <span class="marks">
                    {line.critical && <span class="critical">{text("line.critical")}</span>}
                    {line.high_alert && <HighAlert />}
                    <ExpirySoon line={line} />
                </span>
                {use ? <UseCount line={line} used={used} /> : <Count line={line} />}
            </button>
        </li>
    );
}

function DeviceRow({ device }: { device: Device }): JSX.Element {
    const current = current_device.value?.id === device.id;
    return (
        <li ref={current ? in_sight : null}>
            <button
                type="button"
                class={`line line-${device.state}`}
                aria-current={current}
                onClick={() => command({ do: "select_device", device: device.id })}
            >
                <span class="state">
                    <Icon name={device_icon[device.state]} size={26} />
                    <span class="spoken">{text(`state.${device.state}`)}</span>
                </span>
                <span class="line-name">
                    <b>{name_of(device.name)}</b>
                </span>
                <span class="marks">
                    {device.critical && <span class="critical">{text("line.critical")}</span>}
                </span>
                <span class="count">{text(`device.${device.state}`)}</span>
            </button>
        </li>
    );
}

// Scrolls to a drawer only when somebody asked for one.
function follow_drawer(list: HTMLElement | null): void {
    const asked = drawer_asked.value;
    const heads = list?.querySelectorAll<HTMLElement>("[data-drawer]") ?? [];
    for (const head of heads) {
        if (asked.count > 0 && head.dataset["drawer"] === asked.name) {
            head.parentElement?.scrollIntoView({ block: "start" });
        }
    }
}

export function Lines({ check }: { check: Check }): JSX.Element {
    const list = useRef<HTMLElement>(null);
    useSignalEffect(() => follow_drawer(list.current));
    return (
        <section ref={list} class="lines" aria-label={text("check.lines")} tabIndex={0}>
            {!asks_for_lines.value && <SealTask check={check} />}
            {drawers_of(check).map((one) => (
                <section key={one.name} class="drawer" aria-label={place_text(one.name)}>
                    <h2 data-drawer={one.name}>
                        {place_text(one.name) || text("check.no_position")}
                        {check.kind !== "after_use" && (
                            <span>{`${done_in(one)} / ${size_of(one)}`}</span>
                        )}
                    </h2>
                    <ul>
                        {one.lines.map((line) => (
                            <LineRow key={line.id} line={line} use={check.use} />
                        ))}
                        {one.devices.map((device) => (
                            <DeviceRow key={device.id} device={device} />
                        ))}
                    </ul>
                </section>
            ))}
        </section>
    );
}
