// Who scans here: number, name, role and the badge, which is bound by scanning it. A badge itself is
// never shown.
import { computed, signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { FileState } from "../files/file_notes";
import { keep_fresh } from "../files/files_state";
import { Button } from "../parts/button";
import { HeldFields } from "../parts/held_fields";
import { Icon } from "../parts/icon";
import { fits_search } from "../parts/search";
import { text, word } from "../texts";
import { EditForm, is_held, listed } from "./edit_form";
import type { Edit } from "./edit_form";
import { SetupForm } from "./setup_form";
import { ImportPanel } from "./import_panel";
import { Choice, id_faults, TextInput } from "./inputs";
import { ItemList } from "./list";
import { Retire } from "./retire";
import type { SetupPageProps } from "./setup_page";
import { takes_scan } from "./setup_place";
import { never_mind, refusal, staff_list } from "./setup_state";
import { roles } from "./wire";
import type { StaffBody, StaffRow } from "./wire";

const form = new EditForm(listed<StaffBody>("staff.defined", (id) => row_of(id) ?? null));
const typed = signal("");
const nothing: StaffBody = { id: "", name: "", role: "nurse", badge: "", retired: false };

// Takes the next scan as the badge of whom the form shows; null: it was never asked for.
const binds = signal<((badge: string) => void) | null>(null);
// Ended by whatever else waits for a scan.
const binding = computed(() => binds.value !== null && takes_scan.value === binds.value);

function row_of(id: string): StaffRow | undefined {
    return staff_list.value.value?.staff.find(({ body }) => body.id === id);
}

function stop_binding(): void {
    if (binding.value) {
        takes_scan.value = null;
    }
}

function bind_next(): void {
    never_mind();
    binds.value = (badge) => {
        stop_binding();
        form.change({ badge });
    };
    takes_scan.value = binds.value;
}

function open(row: StaffRow | undefined): void {
    stop_binding();
    form.open(row ?? { version: "", body: nothing, own: true });
}

function close(): void {
    stop_binding();
    form.close();
}

function save(body: StaffBody): void {
    stop_binding();
    form.save(text("setup.sign_person", { name: body.name || body.id }), body);
}

function Badge({ body, fresh }: { body: StaffBody; fresh: boolean }): JSX.Element {
    const { badge } = body;
    const has_badge = !fresh && row_of(body.id)?.has_badge;
    const why = refusal.value;
    const state = badge
        ? text("setup.badge_new", { end: badge.slice(-2) })
        : text(has_badge ? "setup.badge_known" : "setup.badge_given");
    return (
        <div class="setup-badge">
            <p>
                <Icon name="person" /> {state}
            </p>
            {why?.what.startsWith("badge_") && (
                <small class="setup-fault" role="alert">
                    {word("what", why.what)}
                </small>
            )}
            {binding.value ? (
                <p class="setup-sign" role="status">
                    <Icon name="barcode" size={32} />
                    <b>{text("setup.scan_this_badge", { name: body.name || body.id })}</b>
                    <Button look="quiet" press={stop_binding}>
                        {text("board.never_mind")}
                    </Button>
                </p>
            ) : (
                <Button icon="barcode" press={bind_next}>
                    {text("setup.bind_badge")}
                </Button>
            )}
        </div>
    );
}

function Fields({ body, fresh }: { body: StaffBody; fresh: boolean }): JSX.Element {
    return (
        <div class="fields">
            <TextInput
                label={word("setup_field", "staff_id")}
                value={body.id}
                off={!fresh}
                faults={id_faults}
                {...(fresh && { hint: text("setup.id_how") })}
                change={(id) => form.change({ id: id.trim() })}
            />
            <TextInput
                label={word("setup_field", "name")}
                value={body.name}
                faults={["text_too_long_or_not_utf8"]}
                change={(name) => form.change({ name })}
            />
            <Choice
                label={word("setup_field", "role")}
                value={body.role}
                choices={roles}
                name_of={(role) => word("role", role)}
                change={(role) => form.change({ role: role as StaffBody["role"] })}
            />
        </div>
    );
}

function Editor({ one }: { one: Edit<StaffBody> }): JSX.Element {
    const { body, before, version } = one;
    const name = body.name || text("setup.new_person");
    return (
        <SetupForm
            title={name}
            edit={one}
            save={() => save(body)}
            close={close}
        >
            {!one.own && <p class="hint">{text("setup.of_pharmacy")}</p>}
            {one.own && (
                <HeldFields held={is_held(one)}>
                    <Fields body={body} fresh={version === ""} />
                    <Badge body={body} fresh={version === ""} />
                    {version !== "" && (
                        <Retire
                            mark={`staff ${body.id}`}
                            name={before.name || before.id}
                            retired={before.retired}
                            save={(says, retired) => form.save(says, { ...before, retired })}
                        />
                    )}
                </HeldFields>
            )}
        </SetupForm>
    );
}

export function StaffTab({ order }: SetupPageProps): JSX.Element {
    keep_fresh(staff_list, order);
    useEffect(() => stop_binding, []);
    const all = staff_list.value.value;
    const rows = all?.staff ?? [];
    const wanted = typed.value;
    const found = rows.filter(
        ({ body }) =>
            wanted.trim() === ""
            || fits_search([body.name, body.id, word("role", body.role)], "", wanted),
    );
    const one = form.edit.value;
    return (
        <>
            <ImportPanel kind="staff" />
            <section class="setup-part" aria-label={text("setup.tab_staff")}>
                <div class="setup-head">
                    <h2>{text("setup.tab_staff")}</h2>
                    <Button press={() => open(undefined)}>{text("setup.new_person")}</Button>
                </div>
                <FileState file={staff_list} />
                {all?.needs_badge === false && <p class="hint">{text("setup.first_staff")}</p>}
                <div class={one ? "setup-pair" : ""}>
                    <ItemList
                        label={text("setup.tab_staff")}
                        items={found.map(({ body, own }) => ({
                            id: body.id,
                            name: body.name,
                            note: `${word("role", body.role)} ${own ? "" : text("setup.pharmacys")}`,
                            retired: body.retired,
                        }))}
                        chosen={one?.body.id ?? null}
                        typed={wanted}
                        search={(value) => (typed.value = value)}
                        choose={(id) => open(row_of(id))}
                    />
                    {one && <Editor one={one} />}
                </div>
            </section>
        </>
    );
}
