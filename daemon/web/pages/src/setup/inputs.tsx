// Inputs of the setup's forms, each with its label and, where the rules refused it, why.
import type { JSX } from "preact";

import { text, word } from "../texts";
import { fits } from "./bounds";
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

function Fault({ faults = [], about }: Omit<Named, "label">): JSX.Element | null {
    const why = refusal.value;
    const here = why && faults.includes(why.what) && (about === undefined || why.id === about);
    return here ? (
        <small class="setup-fault" role="alert">
            {word("what", why.what)}
        </small>
    ) : null;
}

export function TextInput({ label, value, change, faults, about, off = false }: Named & {
    value: string;
    change: (value: string) => void;
    off?: boolean;
}): JSX.Element {
    return (
        <label>
            {label}
            <input
                autoComplete="off"
                value={value}
                disabled={off}
                onInput={(event) => change(event.currentTarget.value)}
            />
            <Fault faults={faults ?? []} {...(about !== undefined && { about })} />
        </label>
    );
}

// What was typed is told as it is: null for nothing, NaN for what is no number.
export function NumberInput({ label, value, bounds, change, faults, about }: Named & {
    value: number | null;
    bounds: Bounds;
    change: (value: number | null) => void;
}): JSX.Element {
    const { low, high } = bounds;
    const good = fits(value, bounds);
    return (
        <label>
            {label}
            <input
                type="number"
                inputMode="numeric"
                autoComplete="off"
                min={low}
                max={high}
                step="any"
                aria-invalid={good ? undefined : "true"}
                value={value === null || Number.isNaN(value) ? "" : String(value)}
                onInput={({ currentTarget: { value: typed, valueAsNumber, validity } }) =>
                    change(typed === "" && !validity.badInput ? null : valueAsNumber)
                }
            />
            {!good && (
                <small class="setup-fault" role="alert">
                    {text("setup.number_range", { low, high })}
                </small>
            )}
            <Fault faults={faults ?? []} {...(about !== undefined && { about })} />
        </label>
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

export function DayInput({ label, value, change }: {
    label: string;
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
        </label>
    );
}

export function function_name(name: string): string {
    return name === "" ? text("setup.none") : word("function", name);
}
