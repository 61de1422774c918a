// A form of the setup: what it is of, the ways out of it, its fields.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Button } from "../parts/button";
import { HeldFields } from "../parts/held_fields";
import { text } from "../texts";
import { is_held, is_sending } from "./edit_form";

interface SetupFormProps {
    title: string;
    id?: string;
    edit: { number: number; own: boolean };
    save: () => void;
    close: () => void;
    children: ComponentChildren;
}

export function SetupForm({ title, id = "", edit, save, close, children }: SetupFormProps): JSX.Element {
    const form = useRef<HTMLElement>(null);
    // It may open where nobody looks; as much of it is shown as there is room for.
    useEffect(() => form.current?.scrollIntoView({ block: "nearest" }), [edit.number]);
    return (
        <section class="setup-form" aria-label={title} ref={form}>
            <div class="setup-head">
                <h3>
                    {title} <small>{id}</small>
                </h3>
                <div class="row">
                    {edit.own && (
                        <HeldFields held={is_held(edit)}>
                            <Button look="primary" press={save}>
                                {text("setup.save")}
                            </Button>
                        </HeldFields>
                    )}
                    <Button off={is_sending(edit)} press={close}>
                        {text("setup.close")}
                    </Button>
                </div>
            </div>
            {children}
        </section>
    );
}
