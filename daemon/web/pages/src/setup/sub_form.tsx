// A small form within a larger one, one of a list: its fields, and the way to take it away.
import type { ComponentChildren, JSX } from "preact";

import { Button } from "../parts/button";
import { text } from "../texts";

export function SubForm({ title, named = true, take_away, children }: {
    title: string;
    named?: boolean; // the title is its own, not what is new
    take_away: () => void;
    children: ComponentChildren; // the fields
}): JSX.Element {
    return (
        <li>
            <div class="setup-sub" role="group" aria-label={title}>
                <div class="fields">{children}</div>
                <Button look="quiet" press={take_away}>
                    {named ? text("setup.take_away_this", { name: title }) : text("setup.take_away")}
                </Button>
            </div>
        </li>
    );
}
