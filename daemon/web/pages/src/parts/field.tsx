// A text field with its label above and, below it, what there is to say of it.
import type { ComponentChildren, JSX } from "preact";

export function Field({ label, value, change, off = false, good = true, length_max = 128, children }: {
    label: string;
    value: string;
    change: (value: string) => void;
    off?: boolean;
    good?: boolean;
    length_max?: number; // signs that can be typed: 128 fit the rows that show them
    children?: ComponentChildren;
}): JSX.Element {
    return (
        <label>
            {label}
            <input
                autoComplete="off"
                value={value}
                disabled={off}
                maxLength={length_max}
                aria-invalid={good ? undefined : "true"}
                onInput={(event) => change(event.currentTarget.value)}
            />
            {children}
        </label>
    );
}
