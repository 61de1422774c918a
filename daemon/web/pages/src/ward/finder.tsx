// Finds a line by name, place or label, and takes a code keyed by hand where a label cannot be
// read. The only field of the loop; a scan goes through while it has the focus.
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Button } from "../parts/button";
import { PanelFrame } from "../parts/panel_frame";
import { place_text } from "../parts/place_text";
import { fits_search } from "../parts/search";
import { open_label } from "../setup/setup_place";
import type { WantedLabel } from "../setup/setup_place";
import { name_of, text } from "../texts";
import type { Check, Device, Line } from "../wire";
import { LineName } from "./lines";
import { check, command, scan } from "./ward_state";

// The shortest code that a person may key: house tags have ten digits, EAN-8 eight.
const code_chars_min = 6;
const found_max = 8;

const sought = signal("");

export function lines_found(one: Check, typed: string): Line[] {
    const fits = ({ name, strength, position, tag, pinyin }: Line): boolean =>
        fits_search([name.zh, name.en, strength, position, tag ?? ""], pinyin, typed);
    return one.lines.filter(fits).slice(0, found_max);
}

export function devices_found(one: Check, typed: string): Device[] {
    const fits = ({ name, tag }: Device): boolean =>
        fits_search([name.zh, name.en, tag ?? ""], "", typed);
    return one.devices.filter(fits).slice(0, found_max);
}

function as_code(typed: string): string | null {
    const code = typed.trim();
    return code.length >= code_chars_min && /^[\x21-\x7e]+$/.test(code) ? code : null;
}

function submit(): void {
    const line = check.value && lines_found(check.value, sought.value)[0];
    const code = as_code(sought.value);
    if (line) {
        command({ do: "select_line", line: line.id });
    } else if (code) {
        scan(code, true);
    } else {
        return;
    }
    sought.value = "";
}

// What was searched for because its label is not read any more.
function Reprint({ what, cart, code, name }: {
    what: WantedLabel["what"];
    cart: string;
    code: string | null;
    name: string;
}): JSX.Element | null {
    return code === null ? null : (
        <Button
            look="quiet"
            says={text("find.print_of", { name })}
            press={() => open_label({ what, cart, code })}
        >
            {text("find.print")}
        </Button>
    );
}

function Found({ open }: { open: Check }): JSX.Element {
    return (
        <ul class="found">
            {lines_found(open, sought.value).map((line) => (
                <li key={line.id} class="found-row">
                    <Button press={() => command({ do: "select_line", line: line.id })}>
                        <LineName line={line} /> {place_text(line.position)}
                    </Button>
                    <Reprint what="lines" cart={open.cart} code={line.tag} name={name_of(line.name)} />
                </li>
            ))}
            {devices_found(open, sought.value).map((device) => (
                <li key={device.id} class="found-row">
                    <Button press={() => command({ do: "select_device", device: device.id })}>
                        {name_of(device.name)} {place_text(device.position)}
                    </Button>
                    <Reprint what="devices" cart={open.cart} code={device.tag} name={name_of(device.name)} />
                </li>
            ))}
        </ul>
    );
}

export function Finder({ close }: { close: () => void }): JSX.Element {
    const field = useRef<HTMLInputElement>(null);
    useEffect(() => {
        sought.value = "";
        field.current?.focus();
    }, []);
    const code = as_code(sought.value);
    return (
        <PanelFrame title={text("find.title")} close={close}>
            <form
                class="fields"
                onSubmit={(event) => {
                    event.preventDefault();
                    submit();
                }}
            >
                <label>
                    {text(check.value ? "find.what" : "find.code")}
                    <input
                        ref={field}
                        autoComplete="off"
                        value={sought.value}
                        onInput={(event) => (sought.value = event.currentTarget.value)}
                    />
                </label>
            </form>
            {check.value && <Found open={check.value} />}
            {code && (
                <Button look="primary" icon="barcode" press={() => scan(code, true)}>
                    {text("find.submit_code", { code })}
                </Button>
            )}
            <p class="hint">{text("find.hint")}</p>
        </PanelFrame>
    );
}
