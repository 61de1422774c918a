// Taking something out of use, or into it again: asked once, in place.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { text } from "../texts";
import { retiring } from "./edit_form";

// `save` is told what is signed, and saves what was opened so, without anything else that was typed.
export function Retire({ mark, name, retired, save }: {
    mark: string; // unlike any other on the page
    name: string;
    retired: boolean;
    save: (says: string, retired: boolean) => void;
}): JSX.Element {
    if (retired) {
        return (
            <Button press={() => save(text("setup.sign_use_again", { name }), false)}>
                {text("setup.use_again")}
            </Button>
        );
    }
    if (retiring.value !== mark) {
        return (
            <Button look="danger" press={() => (retiring.value = mark)}>
                {text("setup.retire")}
            </Button>
        );
    }
    return (
        <span class="setup-confirm" role="group" aria-label={text("setup.retire")}>
            <span>{text("setup.retire_sure", { name })}</span>
            <Button
                look="danger"
                focus
                press={() => {
                    retiring.value = "";
                    save(text("setup.sign_retire", { name }), true);
                }}
            >
                {text("setup.retire_yes")}
            </Button>
            <Button look="quiet" press={() => (retiring.value = "")}>
                {text("board.never_mind")}
            </Button>
        </span>
    );
}
