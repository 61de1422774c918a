// The catalogue: a product is found, changed or new; the badge that signs it is asked for last.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { FileState } from "../files/file_notes";
import { keep_fresh } from "../files/files_state";
import { Button } from "../parts/button";
import { HeldFields } from "../parts/held_fields";
import { fits_search } from "../parts/search";
import { name_and_strength, name_of, text, word } from "../texts";
import { EditForm, is_held, listed } from "./edit_form";
import type { Edit } from "./edit_form";
import { SetupForm } from "./setup_form";
import { ImportPanel } from "./import_panel";
import { Choice, function_name, id_faults, TextInput, YesNo } from "./inputs";
import { ItemList } from "./list";
import { emphasis_against } from "./look_alikes";
import { Retire } from "./retire";
import type { SetupPageProps } from "./setup_page";
import { product_list, refusal } from "./setup_state";
import { functions, identifier_kinds, product_kinds } from "./wire";
import type { Identifier, ProductBody, Row } from "./wire";

const form = new EditForm(
    listed<ProductBody>(
        "product.defined",
        (id) => product_list.value.value?.products.find(({ body }) => body.id === id) ?? null,
    ),
);
const typed = signal("");

const nothing: ProductBody = {
    ...{ id: "", kind: "drug", name: { zh: "", en: "" }, pinyin: "", strength: "", form: "" },
    ...{ unit: "", high_alert: false, controlled: false, expires: true, lasa_group: "" },
    ...{ function: "", identifiers: [], retired: false },
};

function change(part: Partial<ProductBody>): void {
    form.change(part);
}

function open(row: Row<ProductBody> | undefined): void {
    form.open(row ?? { version: "", body: nothing, own: true });
}

function save(body: ProductBody): void {
    const name = name_and_strength(body.name, body.strength);
    form.save(text("setup.sign_product", { name }), body);
}

// Names that are easily taken for this one, with what tells them apart.
function LookAlikes({ body, rows }: { body: ProductBody; rows: Row<ProductBody>[] }): JSX.Element | null {
    const twins = rows
        .map((row) => row.body)
        .filter((one) => one.id !== body.id && !one.retired)
        .filter((one) => body.lasa_group !== "" && one.lasa_group === body.lasa_group);
    return twins.length === 0 ? null : (
        <div class="look-alikes">
            <p>{text("setup.look_alikes")}</p>
            <ul>
                {twins.map((twin) => {
                    const mark = emphasis_against(name_of(body.name), name_of(twin.name));
                    return (
                        <li key={twin.id}>
                            {mark.before}
                            <strong>{mark.different}</strong>
                            {mark.after} ≠ {name_of(twin.name)}
                        </li>
                    );
                })}
            </ul>
        </div>
    );
}

function Identifiers({ all }: { all: Identifier[] }): JSX.Element {
    const at = (place: number, part: Partial<Identifier>): void =>
        change({ identifiers: all.map((one, i) => (i === place ? { ...one, ...part } : one)) });
    return (
        <fieldset class="setup-group">
            <legend>{text("setup.identifiers")}</legend>
            {all.map((one, i) => (
                <div key={i} class="fields identifier">
                    <Choice
                        label={text("setup.identifier_kind")}
                        value={one.kind}
                        choices={identifier_kinds}
                        name_of={(kind) => word("identifier_kind", kind)}
                        change={(kind) => at(i, { kind: kind as Identifier["kind"] })}
                    />
                    <TextInput
                        label={text("setup.identifier")}
                        value={one.value}
                        change={(value) => at(i, { value: value.trim() })}
                    />
                    <Button
                        look="quiet"
                        press={() => change({ identifiers: all.filter((_one, j) => j !== i) })}
                    >
                        {text("setup.take_away")}
                    </Button>
                </div>
            ))}
            {(refusal.value?.what === "identifier_malformed"
                || refusal.value?.what === "identifier_twice") && (
                <small class="setup-fault" role="alert">
                    {word("what", refusal.value.what)} {refusal.value.value}
                </small>
            )}
            <Button
                look="quiet"
                press={() => change({ identifiers: [...all, { kind: "gtin", value: "" }] })}
            >
                {text("setup.add_identifier")}
            </Button>
        </fieldset>
    );
}

function Fields({ body, fresh }: { body: ProductBody; fresh: boolean }): JSX.Element {
    const field = (name: string): string => word("setup_field", name);
    return (
        <div class="fields">
            <TextInput
                label={field("id")}
                value={body.id}
                off={!fresh}
                faults={id_faults}
                {...(fresh && { hint: text("setup.id_how") })}
                change={(id) => change({ id: id.trim() })}
            />
            <Choice
                label={field("kind")}
                value={body.kind}
                choices={product_kinds}
                name_of={(kind) => word("product_kind", kind)}
                change={(kind) => change({ kind: kind as ProductBody["kind"] })}
            />
            <TextInput
                label={field("name_zh")}
                value={body.name.zh}
                faults={["name_missing", "text_too_long_or_not_utf8"]}
                change={(zh) => change({ name: { ...body.name, zh } })}
            />
            <TextInput
                label={field("name_en")}
                value={body.name.en}
                change={(en) => change({ name: { ...body.name, en } })}
            />
            <TextInput label={field("pinyin")} value={body.pinyin} change={(pinyin) => change({ pinyin })} />
            <TextInput
                label={field("strength")}
                value={body.strength}
                change={(strength) => change({ strength })}
            />
            <TextInput label={field("form")} value={body.form} change={(one) => change({ form: one })} />
            <TextInput label={field("unit")} value={body.unit} change={(unit) => change({ unit })} />
            <Choice
                label={field("function")}
                value={body.function}
                choices={functions}
                name_of={function_name}
                change={(one) => change({ function: one })}
            />
            <YesNo
                label={field("high_alert")}
                value={body.high_alert}
                change={(high_alert) => change({ high_alert })}
            />
            <YesNo
                label={field("controlled")}
                value={body.controlled}
                change={(controlled) => change({ controlled })}
            />
            <YesNo
                label={field("expires")}
                value={body.expires}
                change={(expires) => change({ expires })}
            />
            <TextInput
                label={field("lasa_group")}
                value={body.lasa_group}
                change={(lasa_group) => change({ lasa_group })}
            />
        </div>
    );
}

function Editor({ one, rows }: { one: Edit<ProductBody>; rows: Row<ProductBody>[] }): JSX.Element {
    const { body, before, version } = one;
    const name = name_and_strength(body.name, body.strength) || text("setup.new_product");
    return (
        <SetupForm
            title={name}
            edit={one}
            save={() => save(body)}
            close={() => form.close()}
        >
            {!one.own && <p class="hint">{text("setup.of_pharmacy")}</p>}
            {one.own && (
                <HeldFields held={is_held(one)}>
                    <Fields body={body} fresh={version === ""} />
                    <LookAlikes body={body} rows={rows} />
                    <Identifiers all={body.identifiers} />
                    {version !== "" && (
                        <Retire
                            mark={`product ${body.id}`}
                            name={name_and_strength(before.name, before.strength)}
                            retired={before.retired}
                            save={(says, retired) => form.save(says, { ...before, retired })}
                        />
                    )}
                </HeldFields>
            )}
        </SetupForm>
    );
}

export function ProductsTab({ order }: SetupPageProps): JSX.Element {
    keep_fresh(product_list, order);
    const rows = product_list.value.value?.products ?? [];
    const wanted = typed.value;
    const found = rows.filter(
        ({ body }) =>
            wanted.trim() === ""
            || fits_search([body.name.zh, body.name.en, body.id, body.strength], body.pinyin, wanted),
    );
    const one = form.edit.value;
    return (
        <>
            <ImportPanel kind="products" />
            <section class="setup-part" aria-label={text("setup.tab_products")}>
                <div class="setup-head">
                    <h2>{text("setup.tab_products")}</h2>
                    <Button press={() => open(undefined)}>{text("setup.new_product")}</Button>
                </div>
                <FileState file={product_list} />
                <div class={one ? "setup-pair" : ""}>
                    <ItemList
                        label={text("setup.tab_products")}
                        items={found.map(({ body, own }) => ({
                            id: body.id,
                            name: name_and_strength(body.name, body.strength),
                            note: own ? "" : text("setup.pharmacys"),
                            retired: body.retired,
                        }))}
                        chosen={one?.body.id ?? null}
                        typed={wanted}
                        search={(value) => (typed.value = value)}
                        choose={(id) => open(rows.find(({ body }) => body.id === id))}
                    />
                    {one && <Editor one={one} rows={rows} />}
                </div>
            </section>
        </>
    );
}
