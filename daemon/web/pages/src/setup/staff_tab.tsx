// Who scans here: number, name, role and the badge, which is bound by scanning it. A badge itself is
// never shown.
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { FileState } from "../files/file_notes";
import { keep_fresh } from "../files/files_state";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { fits_search } from "../parts/search";
import { text, word } from "../texts";
import { ImportPanel } from "./import_panel";
import { Choice, TextInput } from "./inputs";
import { ItemList } from "./list";
import { Retire } from "./retire";
import { takes_scan } from "./setup_place";
import { define, never_mind, refusal, staff_list } from "./setup_state";
import { roles } from "./wire";
import type { StaffBody, StaffRow } from "./wire";

interface Form {
    version: string; // empty: a new one
    body: StaffBody;
    own: boolean;
    has_badge: boolean;
    binding: boolean; // the next scan is this person's badge
}

const form = signal<Form | null>(null);
const typed = signal("");
const nothing: StaffBody = { id: "", name: "", role: "nurse", badge: "", retired: false };

function change(part: Partial<StaffBody>): void {
    if (form.value) {
        form.value = { ...form.value, body: { ...form.value.body, ...part } };
    }
}

function stop_binding(): void {
    if (form.value?.binding) {
        takes_scan.value = null;
        form.value = { ...form.value, binding: false };
    }
}

function bind_next(): void {
    never_mind();
    if (form.value) {
        form.value = { ...form.value, binding: true };
        takes_scan.value = (badge) => {
            stop_binding();
            change({ badge });
        };
    }
}

function open(row: StaffRow | null): void {
    stop_binding();
    refusal.value = null;
    form.value = row
        ? { ...row, binding: false }
        : { version: "", body: nothing, own: true, has_badge: false, binding: false };
}

function close(): void {
    stop_binding();
    form.value = null;
}

function save(body: StaffBody, version: string): void {
    stop_binding();
    const says = text("setup.sign_person", { name: body.name || body.id });
    define(says, [{ kind: "staff.defined", version, body }], () => (form.value = null));
}

function Badge({ one }: { one: Form }): JSX.Element {
    const { badge } = one.body;
    const why = refusal.value;
    const state = badge
        ? text("setup.badge_new", { end: badge.slice(-2) })
        : text(one.has_badge ? "setup.badge_known" : "setup.badge_given");
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
            {one.binding ? (
                <p class="setup-sign" role="status">
                    <Icon name="barcode" size={32} />
                    <b>{text("setup.scan_this_badge", { name: one.body.name || one.body.id })}</b>
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

function Editor({ one }: { one: Form }): JSX.Element {
    const { body, version } = one;
    const name = body.name || text("setup.new_person");
    return (
        <section class="setup-form" aria-label={name}>
            <div class="setup-head">
                <h3>{name}</h3>
                <div class="row">
                    {one.own && (
                        <Button look="primary" press={() => save(body, version)}>
                            {text("setup.save")}
                        </Button>
                    )}
                    <Button press={close}>{text("setup.close")}</Button>
                </div>
            </div>
            {!one.own && <p class="hint">{text("setup.of_pharmacy")}</p>}
            {one.own && (
                <>
                    <div class="fields">
                        <TextInput
                            label={word("setup_field", "staff_id")}
                            value={body.id}
                            off={version !== ""}
                            faults={["id_malformed"]}
                            change={(id) => change({ id: id.trim() })}
                        />
                        <TextInput
                            label={word("setup_field", "name")}
                            value={body.name}
                            faults={["text_too_long_or_not_utf8"]}
                            change={(value) => change({ name: value })}
                        />
                        <Choice
                            label={word("setup_field", "role")}
                            value={body.role}
                            choices={roles}
                            name_of={(role) => word("role", role)}
                            change={(role) => change({ role: role as StaffBody["role"] })}
                        />
                    </div>
                    <Badge one={one} />
                </>
            )}
            {one.own && version !== "" && (
                <Retire
                    mark={`staff ${body.id}`}
                    name={name}
                    retired={body.retired}
                    change={(retired) => save({ ...body, retired }, version)}
                />
            )}
        </section>
    );
}

export function StaffTab(): JSX.Element {
    keep_fresh(staff_list, 0);
    useEffect(() => stop_binding, []);
    const all = staff_list.value.value;
    const rows = all?.staff ?? [];
    const wanted = typed.value;
    const found = rows.filter(
        ({ body }) =>
            wanted.trim() === ""
            || fits_search([body.name, body.id, word("role", body.role)], "", wanted),
    );
    const one = form.value;
    return (
        <>
            <ImportPanel kind="staff" />
            <section class="setup-part" aria-label={text("setup.tab_staff")}>
                <div class="setup-head">
                    <h2>{text("setup.tab_staff")}</h2>
                    <Button press={() => open(null)}>{text("setup.new_person")}</Button>
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
                        choose={(id) => open(rows.find(({ body }) => body.id === id) ?? null)}
                    />
                    {one && <Editor one={one} />}
                </div>
            </section>
        </>
    );
}
