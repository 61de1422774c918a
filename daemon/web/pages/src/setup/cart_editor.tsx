// One cart's list: what it is and where it stands, its lines, its devices. Saved whole, under one
// badge.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { HeldFields } from "../parts/held_fields";
import { name_of, text, word } from "../texts";
import { bounds_of } from "./bounds";
import { add_device } from "./cart_parts";
import { cart_form, copy_list, save_cart } from "./cart_state";
import { DeviceRow } from "./device_rows";
import { is_held } from "./edit_form";
import type { Edit } from "./edit_form";
import { SetupForm } from "./setup_form";
import { Choice, id_faults, NumberInput, TextInput } from "./inputs";
import { LineRow, NewLine } from "./line_rows";
import { Retire } from "./retire";
import { cart_list } from "./setup_state";
import { open_stock } from "./stock_state";
import type { CartBody } from "./wire";

const field = (name: string): string => word("setup_field", name);

function CartFields({ body, fresh }: { body: CartBody; fresh: boolean }): JSX.Element {
    const stations = cart_list.value.value?.stations ?? [];
    const name_of_station = (id: string): string =>
        name_of(stations.find((row) => row.body.id === id)?.body.name ?? null) || id;
    const place = (part: Partial<CartBody["place"]>): void =>
        cart_form.change({ place: { ...body.place, ...part } });
    return (
        <div class="fields">
            {fresh && (
                <TextInput
                    label={field("cart")}
                    value={body.id}
                    kind="code"
                    faults={id_faults}
                    about={body.id}
                    hint={text("setup.id_how")}
                    change={(id) => cart_form.change({ id: id.trim() })}
                />
            )}
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
                bounds={bounds_of("floor")}
                faults={["place_out_of_range"]}
                change={(floor) => place({ floor })}
            />
            <NumberInput
                label={text("setup.order")}
                value={body.place.order}
                bounds={bounds_of("order")}
                change={(order) => place({ order })}
            />
        </div>
    );
}

// Carts that are named where this one is not ready, the nearest first; also of other wards.
function Neighbours({ body }: { body: CartBody }): JSX.Element {
    const carts = cart_list.value.value?.carts ?? [];
    const name_of_cart = (id: string): string =>
        name_of(carts.find((one) => one.id === id)?.name ?? null) || id;
    const { neighbours } = body.place;
    const change = (all: string[]): void =>
        cart_form.change({ place: { ...body.place, neighbours: all } });
    const others = carts
        .filter(({ id, retired }) => !retired && id !== body.id && !neighbours.includes(id))
        .map(({ id }) => id);
    return (
        <fieldset class="setup-group">
            <legend>{text("setup.neighbours")}</legend>
            {neighbours.map((id) => (
                <Button
                    key={id}
                    look="quiet"
                    press={() => change(neighbours.filter((one) => one !== id))}
                >
                    {text("setup.take_away_this", { name: name_of_cart(id) })}
                </Button>
            ))}
            {others.length > 0 && (
                <div class="fields">
                    <Choice
                        label={text("setup.new_neighbour")}
                        value=""
                        choices={["", ...others]}
                        name_of={(id) => (id === "" ? text("setup.none") : name_of_cart(id))}
                        change={(id) => id !== "" && change([...neighbours, id])}
                    />
                </div>
            )}
        </fieldset>
    );
}

// For a cart without a list: one like another's.
function CopyList(): JSX.Element | null {
    const carts = (cart_list.value.value?.carts ?? []).filter(({ retired }) => !retired);
    const name_of_cart = (id: string): string =>
        name_of(carts.find((one) => one.id === id)?.name ?? null) || text("setup.copy_none");
    return carts.length === 0 ? null : (
        <div class="setup-group">
            <div class="fields">
                <Choice
                    label={text("setup.copy_from")}
                    value=""
                    choices={["", ...carts.map(({ id }) => id)]}
                    name_of={name_of_cart}
                    change={(id) => id !== "" && void copy_list(id)}
                />
            </div>
            <p class="hint">{text("setup.copy_how")}</p>
        </div>
    );
}

function Parts({ body, fresh }: { body: CartBody; fresh: boolean }): JSX.Element {
    const bare = body.lines.length + body.devices.length === 0;
    return (
        <>
            <CartFields body={body} fresh={fresh} />
            <Neighbours body={body} />
            {fresh && bare && <CopyList />}
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
            <h4>{text("setup.devices")}</h4>
            <ul class="setup-lines">
                {body.devices.map((device) => (
                    <DeviceRow key={device.id} device={device} />
                ))}
            </ul>
            <Button press={add_device}>{text("setup.new_device")}</Button>
        </>
    );
}

// What lies in a cart that nobody has counted is entered by hand, once its list is saved.
function OpeningStock({ one }: { one: Edit<CartBody> }): JSX.Element | null {
    const row = cart_list.value.value?.carts.find(({ id }) => id === one.body.id);
    if (one.version === "") {
        return <p class="hint">{text("setup.stock_later")}</p>;
    }
    if (!row || row.counted) {
        return <p class="hint">{text("setup.stock_counted")}</p>;
    }
    return one.body === one.before ? (
        <div class="row">
            <Button press={() => void open_stock(one.body)}>{text("setup.stock")}</Button>
            <p class="hint">{text("setup.stock_how")}</p>
        </div>
    ) : (
        <p class="hint">{text("setup.stock_saved_first")}</p>
    );
}

export function CartEditor({ one }: { one: Edit<CartBody> }): JSX.Element {
    const { body, before, version } = one;
    const fresh = version === "";
    const name = name_of(body.name) || text("setup.new_cart");
    return (
        <SetupForm
            title={name}
            id={body.id}
            edit={one}
            save={() => save_cart(body)}
            close={() => cart_form.close()}
        >
            <HeldFields held={is_held(one)}>
                <OpeningStock one={one} />
                <Parts body={body} fresh={fresh} />
                {!fresh && (
                    <Retire
                        mark={`cart ${body.id}`}
                        name={name_of(before.name)}
                        retired={before.retired}
                        save={(says, retired) => cart_form.save(says, { ...before, retired })}
                    />
                )}
            </HeldFields>
        </SetupForm>
    );
}
