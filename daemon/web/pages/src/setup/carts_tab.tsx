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
import { cart_form, open_cart, save_station, station_form } from "./cart_state";
import { is_held } from "./edit_form";
import { FormHead } from "./form_head";
import { ImportPanel } from "./import_panel";
import { TextInput } from "./inputs";
import { ItemList } from "./list";
import type { SetupPageProps } from "./setup_page";
import { cart_list, product_list } from "./setup_state";

const typed = signal("");

function StationForm(): JSX.Element | null {
    const one = station_form.edit.value;
    if (one === null) {
        return null;
    }
    const { body } = one;
    return (
        <section class="setup-form" aria-label={text("setup.stations")}>
            <FormHead
                title={name_of(body.name)}
                id={body.id}
                edit={one}
                save={() => save_station(body)}
                close={() => station_form.close()}
            />
            <HeldFields held={is_held(one)}>
                <div class="fields">
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
        </section>
    );
}

function Stations(): JSX.Element {
    const stations = cart_list.value.value?.stations ?? [];
    return (
        <section class="setup-part" aria-label={text("setup.stations")}>
            <h2>{text("setup.stations")}</h2>
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
    return (
        <>
            {one === null && <ImportPanel kind="carts" />}
            <section class="setup-part" aria-label={text("setup.tab_carts")}>
                <h2>{text("setup.tab_carts")}</h2>
                <FileState file={cart_list} />
                {one ? (
                    <CartEditor one={one} />
                ) : (
                    <ItemList
                        label={text("setup.tab_carts")}
                        items={found.map((cart) => ({
                            id: cart.id,
                            name: name_of(cart.name),
                            note: text("setup.cart_size", { lines: cart.lines, devices: cart.devices }),
                            retired: cart.retired,
                        }))}
                        chosen={null}
                        typed={wanted}
                        search={(value) => (typed.value = value)}
                        choose={(id) => void open_cart(id)}
                    />
                )}
            </section>
            {one === null && <Stations />}
        </>
    );
}
