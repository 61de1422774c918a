// Digits for fingers; the keyboard's own digits reach the page without it.
import type { JSX } from "preact";

import { text } from "../texts";
import { Icon } from "./icon";

const digits = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

export interface KeypadProps {
    add: (digit: string) => void;
    back: () => void;
    done: () => void;
    done_label: string;
}

export function Keypad({ add, back, done, done_label }: KeypadProps): JSX.Element {
    const key = (digit: string): JSX.Element => (
        <button type="button" class="key" key={digit} onClick={() => add(digit)}>
            {digit}
        </button>
    );
    return (
        <div class="keypad">
            {digits.map(key)}
            <button type="button" class="key" aria-label={text("keypad.back")} onClick={back}>
                <Icon name="erase" size={30} />
            </button>
            {key("0")}
            <button type="button" class="key key-done" onClick={done}>
                {done_label}
            </button>
        </div>
    );
}
