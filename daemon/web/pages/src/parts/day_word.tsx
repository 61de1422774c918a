// Which word stands before the date on the pack. What is kept is always the last usable day; with
// the wrong word an expired pack would be good for a day more, or for a month.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import type { DayWord } from "../days";
import { text } from "../texts";
import { Button } from "./button";

// Back to the usual word with every pack and every opening of a form: no choice is kept for the next.
export const day_word = signal<DayWord>("through");

export function DayWordChoice(): JSX.Element {
    return (
        <div class="day-word" role="group" aria-label={text("panel.day_word")}>
            {(["through", "before"] as const).map((word) => (
                <Button
                    key={word}
                    pressed={day_word.value === word}
                    press={() => (day_word.value = word)}
                >
                    {text(`panel.day_${word}`)}
                </Button>
            ))}
        </div>
    );
}
