// The fields of a form; what is being signed, or is on its way, cannot be changed meanwhile.
import type { ComponentChildren, JSX } from "preact";

export function HeldFields({ held, children }: {
    held: boolean;
    children: ComponentChildren;
}): JSX.Element {
    return (
        <fieldset class="form-fields" disabled={held}>
            {children}
        </fieldset>
    );
}
