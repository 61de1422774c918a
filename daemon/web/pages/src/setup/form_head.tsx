// Above a form: what it is of, and the ways out of it.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Button } from "../parts/button";
import { HeldFields } from "../parts/held_fields";
import { text } from "../texts";
import { is_held, is_sending } from "./edit_form";

export function FormHead({ title, id = "", edit, save, close }: {
    title: string;
    id?: string;
    edit: { number: number; own: boolean };
    save: () => void;
    close: () => void;
}): JSX.Element {
    const head = useRef<HTMLDivElement>(null);
    // A form may open where nobody looks.
    useEffect(() => head.current?.scrollIntoView({ block: "nearest" }), [edit.number]);
    return (
        <div class="setup-head" ref={head}>
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
    );
}
