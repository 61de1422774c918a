// Inputs of the setup's forms, each with its label and, where the rules refused it, why.
import type { JSX } from "preact";

import { Field } from "../parts/field";
import { text, word } from "../texts";
import { fits, reading_fits, reading_range, text_fits } from "./bounds";
import type { Bounds } from "./bounds";
import { refusal } from "./setup_state";

// What can be wrong with the id of something new.
export const id_faults = ["id_malformed", "id_in_use", "id_of_pharmacy"] as const;

interface Named {
    label: string;
    // What the rules call it when they refuse it; empty: they never do.
    faults?: readonly string[];
    about?: string; // the id of what it belongs to, where several stand on the screen
}

export function FaultNote({ children }: { children: string }): JSX.Element {
    return (
        <small class="setup-fault" role="alert">
            {children}
        </small>
    );
}

function Fault({ faults = [], about }: Omit<Named, "label">): JSX.Element | null {
    const why = refusal.value;
    const meant = about === undefined || why?.id === about || why?.value === about;
    return why && meant && faults.includes(why.what) ? (
        <FaultNote>{word("what", why.what)}</FaultNote>
    ) : null;
}

// More than any text of the setup may have, so that one that is too long is said to be.
const typed_max = 512;

// `kind`: a name or another text, or a code, which are shorter.
export function TextInput(props: Named & {
    hint?: string;
    value: string;
    change: (value: string) => void;
    off?: boolean;
    kind?: "name" | "code";
}): JSX.Element {
    const { label, value, change, faults, about, off = false, kind = "name", hint } = props;
    const short = text_fits(value, `${kind}_bytes`);
    const why = kind === "name" ? "text_too_long_or_not_utf8" : "code_malformed";
    return (
        <Field
            label={label}
            value={value}
            off={off}
            good={short}
            length_max={typed_max}
            change={change}
        >
            {short ? (
                <Fault faults={faults ?? []} {...(about !== undefined && { about })} />
            ) : (
                <FaultNote>{word("what", why)}</FaultNote>
            )}
            {hint && <small class="hint">{hint}</small>}
        </Field>
    );
}

// What was typed is told as it is: null for nothing, NaN for what is no number.
export function NumberInput({ label, value, bounds, change, faults, about, hint }: Named & {
    hint?: string;
    value: number | null;
    bounds: Bounds;
    change: (value: number | null) => void;
}): JSX.Element {
    const good = fits(value, bounds);
    const { range } = bounds;
    return (
        <label>
            {label}
            <input
                type="number"
                inputMode="numeric"
                autoComplete="off"
                min={range?.low}
                max={range?.high}
                step="any"
                aria-invalid={good ? undefined : "true"}
                value={value === null || Number.isNaN(value) ? "" : String(value)}
                onInput={({ currentTarget: { value: typed, valueAsNumber, validity } }) =>
                    change(typed === "" && !validity.badInput ? null : valueAsNumber)
                }
            />
            {!good && range && <FaultNote>{text("setup.number_range", { ...range })}</FaultNote>}
            {hint && <small class="hint">{hint}</small>}
            <Fault faults={faults ?? []} {...(about !== undefined && { about })} />
        </label>
    );
}

// A reading in a unit, as it is typed; null for nothing.
export function ReadingInput({ label, value, unit, change, faults, about }: Named & {
    value: string | null;
    unit: string;
    change: (value: string | null) => void;
}): JSX.Element {
    const good = reading_fits(value, unit);
    const range = reading_range(unit);
    return (
        <Field
            label={`${label} (${unit})`}
            value={value ?? ""}
            good={good}
            change={(typed) => change(typed.trim() === "" ? null : typed.trim())}
        >
            {!good && range && <FaultNote>{text("setup.reading_range", { ...range })}</FaultNote>}
            <Fault faults={faults ?? []} {...(about !== undefined && { about })} />
        </Field>
    );
}

export function Choice({ label, value, choices, name_of, change, faults }: Named & {
    value: string;
    choices: readonly string[];
    name_of: (choice: string) => string;
    change: (choice: string) => void;
}): JSX.Element {
    return (
        <label>
            {label}
            <select value={value} onChange={(event) => change(event.currentTarget.value)}>
                {choices.map((choice) => (
                    <option key={choice} value={choice}>
                        {name_of(choice)}
                    </option>
                ))}
            </select>
            <Fault faults={faults ?? []} />
        </label>
    );
}

export function YesNo({ label, value, change }: {
    label: string;
    value: boolean;
    change: (value: boolean) => void;
}): JSX.Element {
    return (
        <Choice
            label={label}
            value={value ? "yes" : "no"}
            choices={["no", "yes"]}
            name_of={(one) => text(one === "yes" ? "policy.yes" : "policy.no")}
            change={(one) => change(one === "yes")}
        />
    );
}

export function DayInput({ label, value, change, faults, about }: Named & {
    value: string | null;
    change: (value: string | null) => void;
}): JSX.Element {
    return (
        <label>
            {label}
            <input
                type="date"
                value={value ?? ""}
                onInput={(event) => change(event.currentTarget.value || null)}
            />
            <Fault faults={faults ?? []} {...(about !== undefined && { about })} />
        </label>
    );
}

export function function_name(name: string): string {
    return name === "" ? text("setup.none") : word("function", name);
}
