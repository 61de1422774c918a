// One cart's list: numbered lines that move by buttons, their fields opened one at a time, devices
// below. Saved whole, under one badge.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { HeldFields } from "../parts/held_fields";
import { fits_search } from "../parts/search";
import { name_and_strength, name_of, text, word } from "../texts";
import { fits, floor_bounds, order_bounds, par_bounds } from "./bounds";
import {
    add_line,
    cart_form,
    change_device,
    change_line,
    move_line,
    part_open,
    save_cart,
    take_line_out,
} from "./cart_state";
import { is_held, retiring } from "./edit_form";
import type { Edit } from "./edit_form";
import { FormHead } from "./form_head";
import { Choice, DayInput, function_name, NumberInput, TextInput, YesNo } from "./inputs";
import { Retire } from "./retire";
import { cart_list, product_list, refusal } from "./setup_state";
import { functions } from "./wire";
import type { CartBody, DeviceBody, LineBody } from "./wire";

const field = (name: string): string => word("setup_field", name);

const product_typed = signal("");
// Products offered while somebody types; more are found by typing on.
const offered_max = 8;

function product_name(id: string): string {
    const found = product_list.value.value?.products.find(({ body }) => body.id === id);
    return found ? name_and_strength(found.body.name, found.body.strength) : id;
}

function CartFields({ body }: { body: CartBody }): JSX.Element {
    const stations = cart_list.value.value?.stations ?? [];
    const name_of_station = (id: string): string =>
        name_of(stations.find((row) => row.body.id === id)?.body.name ?? null) || id;
    const place = (part: Partial<CartBody["place"]>): void =>
        cart_form.change({ place: { ...body.place, ...part } });
    return (
        <div class="fields">
            <TextInput
                label={field("name_zh")}
                value={body.name.zh}
                faults={["name_missing", "text_too_long_or_not_utf8"]}
                about={body.id}
                change={(zh) => cart_form.change({ name: { ...body.name, zh } })}
            />
            <TextInput
                label={field("name_en")}
                value={body.name.en}
                change={(en) => cart_form.change({ name: { ...body.name, en } })}
            />
            <Choice
                label={field("station")}
                value={body.station}
                choices={stations.map((row) => row.body.id)}
                name_of={name_of_station}
                faults={["unknown_station"]}
                change={(station) => cart_form.change({ station })}
            />
            <TextInput
                label={field("building")}
                value={body.place.building}
                change={(building) => place({ building })}
            />
            <NumberInput
                label={field("floor")}
                value={body.place.floor}
                bounds={floor_bounds}
                faults={["place_out_of_range"]}
                change={(floor) => place({ floor })}
            />
            <NumberInput
                label={field("order")}
                value={body.place.order}
                bounds={order_bounds}
                change={(order) => place({ order })}
            />
        </div>
    );
}

function LineFields({ line }: { line: LineBody }): JSX.Element {
    return (
        <div class="fields">
            <NumberInput
                label={field("par")}
                value={line.par}
                bounds={par_bounds}
                faults={["par_out_of_range"]}
                about={line.id}
                change={(par) => change_line(line.id, { par })}
            />
            <TextInput
                label={field("position")}
                value={line.position}
                change={(position) => change_line(line.id, { position })}
            />
            <YesNo
                label={field("critical")}
                value={line.critical}
                change={(critical) => change_line(line.id, { critical })}
            />
            <Choice
                label={field("count_by")}
                value={line.count_by}
                choices={["line", "unit"]}
                name_of={(one) => word("count_by", one)}
                change={(one) => change_line(line.id, { count_by: one as LineBody["count_by"] })}
            />
            <Choice
                label={field("function")}
                value={line.function}
                choices={functions}
                name_of={function_name}
                change={(one) => change_line(line.id, { function: one })}
            />
        </div>
    );
}

function LineRetire({ line, name }: { line: LineBody; name: string }): JSX.Element {
    const mark = `line ${line.id}`;
    return retiring.value === mark ? (
        <span class="setup-confirm" role="group" aria-label={text("setup.line_out")}>
            <span>{text("setup.line_out_sure", { name })}</span>
            <Button
                look="danger"
                focus
                press={() => {
                    retiring.value = "";
                    take_line_out(line.id);
                }}
            >
                {text("setup.line_out_yes")}
            </Button>
            <Button look="quiet" press={() => (retiring.value = "")}>
                {text("board.never_mind")}
            </Button>
        </span>
    ) : (
        <Button look="danger" press={() => (retiring.value = mark)}>
            {text("setup.line_out")}
        </Button>
    );
}

// What is wrong with a part of the cart stands at its row, be its fields open or not.
function PartFault({ what }: { what: string }): JSX.Element {
    return (
        <small class="setup-fault" role="alert">
            {word("what", what)}
        </small>
    );
}

function fault_of_line(line: LineBody): string | null {
    const why = refusal.value;
    const refused = why !== null && (why.id === line.id || why.value === line.product);
    return refused ? why.what : fits(line.par, par_bounds) ? null : "par_out_of_range";
}

function LineRow({ line, number, last }: {
    line: LineBody;
    number: number;
    last: boolean;
}): JSX.Element {
    const mark = `line ${line.id}`;
    const name = product_name(line.product);
    const open = part_open.value === mark;
    const why = fault_of_line(line);
    return (
        <li class={why ? "setup-line wrong" : "setup-line"}>
            <span class="setup-number">{number}</span>
            <button
                type="button"
                class="setup-item"
                aria-expanded={open}
                onClick={() => (part_open.value = open ? "" : mark)}
            >
                <b>{name}</b>
                <small>
                    {text("setup.line_sum", { par: line.par ?? "–", position: line.position })}{" "}
                    {line.critical && field("critical")}
                </small>
            </button>
            <span class="setup-moves">
                <button
                    type="button"
                    class="button"
                    aria-label={text("setup.line_up", { name })}
                    disabled={number === 1}
                    onClick={() => move_line(line.id, -1)}
                >
                    ↑
                </button>
                <button
                    type="button"
                    class="button"
                    aria-label={text("setup.line_down", { name })}
                    disabled={last}
                    onClick={() => move_line(line.id, 1)}
                >
                    ↓
                </button>
            </span>
            {why && <PartFault what={why} />}
            {open && (
                <div class="setup-line-fields">
                    <LineFields line={line} />
                    <LineRetire line={line} name={name} />
                </div>
            )}
        </li>
    );
}

function NewLine(): JSX.Element {
    const typed = product_typed.value;
    const offered = (product_list.value.value?.products ?? [])
        .map(({ body }) => body)
        .filter((one) => !one.retired)
        .filter((one) => fits_search([one.name.zh, one.name.en, one.id], one.pinyin, typed))
        .slice(0, offered_max);
    return (
        <div class="setup-new-line">
            <label class="setup-search">
                {text("setup.add_line")}
                <input
                    type="search"
                    autoComplete="off"
                    value={typed}
                    onInput={(event) => (product_typed.value = event.currentTarget.value)}
                />
            </label>
            <ul>
                {offered.map((one) => (
                    <li key={one.id}>
                        <button
                            type="button"
                            class="setup-item"
                            onClick={() => {
                                product_typed.value = "";
                                add_line(one.id);
                            }}
                        >
                            <b>{name_and_strength(one.name, one.strength)}</b>
                            <small>{one.id}</small>
                        </button>
                    </li>
                ))}
            </ul>
        </div>
    );
}

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

function DeviceRow({ device }: { device: DeviceBody }): JSX.Element {
    const mark = `device ${device.id}`;
    const open = part_open.value === mark;
    const why = refusal.value?.id === device.id ? refusal.value.what : null;
    return (
        <li class={why ? "setup-line wrong" : "setup-line"}>
            <button
                type="button"
                class="setup-item"
                aria-expanded={open}
                onClick={() => (part_open.value = open ? "" : mark)}
            >
                <b>{name_of(device.name)}</b>
                <small>
                    {device.position} {text("setup.device_tests", { count: device.tests.length })}
                </small>
            </button>
            {why && <PartFault what={why} />}
            {open && (
                <div class="setup-line-fields">
                    <DeviceFields device={device} />
                </div>
            )}
        </li>
    );
}

function Parts({ body }: { body: CartBody }): JSX.Element {
    return (
        <>
            <CartFields body={body} />
            <h4>{text("setup.lines")}</h4>
            <ol class="setup-lines">
                {body.lines.map((line, i) => (
                    <LineRow
                        key={line.id}
                        line={line}
                        number={i + 1}
                        last={i + 1 === body.lines.length}
                    />
                ))}
            </ol>
            <NewLine />
            {body.devices.length > 0 && (
                <>
                    <h4>{text("setup.devices")}</h4>
                    <p class="hint">{text("setup.tests_by_sheet")}</p>
                    <ul class="setup-lines">
                        {body.devices.map((device) => (
                            <DeviceRow key={device.id} device={device} />
                        ))}
                    </ul>
                </>
            )}
        </>
    );
}

export function CartEditor({ one }: { one: Edit<CartBody> }): JSX.Element {
    const { body, before } = one;
    const name = name_of(body.name);
    return (
        <section class="setup-form" aria-label={name}>
            <FormHead
                title={name}
                id={body.id}
                edit={one}
                save={() => save_cart(body)}
                close={() => cart_form.close()}
            />
            <HeldFields held={is_held(one)}>
                <Parts body={body} />
                <Retire
                    mark={`cart ${body.id}`}
                    name={name_of(before.name)}
                    retired={before.retired}
                    save={(says, retired) => cart_form.save(says, { ...before, retired })}
                />
            </HeldFields>
        </section>
    );
}
