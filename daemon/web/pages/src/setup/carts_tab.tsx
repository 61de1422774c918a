// Stations and carts of this ward; one is chosen and edited beside the list.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { FileState } from "../files/file_notes";
import { keep_fresh } from "../files/files_state";
import { Button } from "../parts/button";
import { HeldFields } from "../parts/held_fields";
import { fits_search } from "../parts/search";
import { name_of, text, word } from "../texts";
import { CartEditor } from "./cart_editor";
import { cart_form, empty_station, open_cart, open_new_cart, save_station, station_form } from "./cart_state";
import { is_held } from "./edit_form";
import { SetupForm } from "./setup_form";
import { ImportPanel } from "./import_panel";
import { id_faults, TextInput } from "./inputs";
import { ItemList } from "./list";
import type { SetupPageProps } from "./setup_page";
import { cart_list, product_list } from "./setup_state";
import { StockEditor } from "./stock_editor";
import { stock_form } from "./stock_state";
import type { CartRow } from "./wire";

const typed = signal("");

function StationForm(): JSX.Element | null {
    const one = station_form.edit.value;
    if (one === null) {
        return null;
    }
    const { body, version } = one;
    const fresh = version === "";
    const title = name_of(body.name) || text("setup.new_station");
    return (
        <SetupForm
            title={title}
            id={body.id}
            edit={one}
            save={() => save_station(body)}
            close={() => station_form.close()}
        >
            <HeldFields held={is_held(one)}>
                <div class="fields">
                    {fresh && (
                        <TextInput
                            label={word("setup_field", "id")}
                            value={body.id}
                            kind="code"
                            faults={id_faults}
                            hint={text("setup.id_how")}
                            change={(id) => station_form.change({ id: id.trim() })}
                        />
                    )}
                    <TextInput
                        label={word("setup_field", "name_zh")}
                        value={body.name.zh}
                        faults={["name_missing", "text_too_long_or_not_utf8"]}
                        change={(zh) => station_form.change({ name: { ...body.name, zh } })}
                    />
                    <TextInput
                        label={word("setup_field", "name_en")}
                        value={body.name.en}
                        change={(en) => station_form.change({ name: { ...body.name, en } })}
                    />
                    <TextInput
                        label={word("setup_field", "phone")}
                        value={body.phone}
                        change={(phone) => station_form.change({ phone })}
                    />
                </div>
            </HeldFields>
        </SetupForm>
    );
}

function Stations(): JSX.Element {
    const stations = cart_list.value.value?.stations ?? [];
    return (
        <section class="setup-part" aria-label={text("setup.stations")}>
            <div class="setup-head">
                <h2>{text("setup.stations")}</h2>
                <Button
                    press={() => station_form.open({ version: "", body: empty_station, own: true })}
                >
                    {text("setup.new_station")}
                </Button>
            </div>
            {stations.length === 0 && <p class="hint">{text("setup.first_station")}</p>}
            <ul class="setup-stations">
                {stations.map((row) => (
                    <li key={row.body.id}>
                        <span>
                            <b>{name_of(row.body.name)}</b>{" "}
                            <small>
                                {row.body.id} {row.body.phone}
                            </small>
                        </span>
                        <Button look="quiet" press={() => station_form.open(row)}>
                            {text("setup.edit_station", { name: name_of(row.body.name) })}
                        </Button>
                    </li>
                ))}
            </ul>
            <StationForm />
        </section>
    );
}

function note_of({ lines, devices, counted }: CartRow): string {
    const size = text("setup.cart_size", { lines, devices });
    return counted ? size : `${size} ${text("setup.not_counted")}`;
}

export function CartsTab({ order }: SetupPageProps): JSX.Element {
    keep_fresh(cart_list, order);
    keep_fresh(product_list, order);
    const carts = cart_list.value.value?.carts ?? [];
    const wanted = typed.value;
    const found = carts.filter(
        (cart) =>
            wanted.trim() === "" || fits_search([cart.name.zh, cart.name.en, cart.id], "", wanted),
    );
    const one = cart_form.edit.value;
    const stock = stock_form.edit.value;
    const none = one === null && stock === null;
    return (
        <>
            {none && <ImportPanel kind="carts" />}
            <section class="setup-part" aria-label={text("setup.tab_carts")}>
                <div class="setup-head">
                    <h2>{text("setup.tab_carts")}</h2>
                    {none && (
                        <Button off={!cart_list.value.value?.stations.length} press={open_new_cart}>
                            {text("setup.new_cart")}
                        </Button>
                    )}
                </div>
                <FileState file={cart_list} />
                {one && <CartEditor one={one} />}
                {stock && <StockEditor one={stock} />}
                {none && (
                    <ItemList
                        label={text("setup.tab_carts")}
                        items={found.map((cart) => ({
                            id: cart.id,
                            name: name_of(cart.name),
                            note: note_of(cart),
                            retired: cart.retired,
                        }))}
                        chosen={null}
                        typed={wanted}
                        search={(value) => (typed.value = value)}
                        choose={(id) => void open_cart(id)}
                    />
                )}
            </section>
            {none && <Stations />}
        </>
    );
}
