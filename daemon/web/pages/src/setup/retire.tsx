// Taking something out of use, or into it again: asked once, in place.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { text } from "../texts";

// Which one is asked about.
export const retiring = signal("");

export function Retire({ mark, name, retired, change }: {
    mark: string; // unlike any other on the page
    name: string;
    retired: boolean;
    change: (retired: boolean) => void;
}): JSX.Element {
    if (retired) {
        return <Button press={() => change(false)}>{text("setup.use_again")}</Button>;
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
                    change(true);
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
