// A button with its key beside its word: what can be pressed can be keyed and scanned too.
import type { ComponentChildren, JSX } from "preact";

import { Icon } from "./icon";
import type { IconName } from "./icon";

export interface ButtonProps {
    children: ComponentChildren;
    press: () => void;
    look?: "plain" | "primary" | "danger" | "quiet";
    icon?: IconName;
    shortcut?: string; // the key as printed on the keyboard
    off?: boolean;
    pressed?: boolean; // of a toggle
    focus?: boolean; // takes the focus when it appears
    says?: string; // its name, where the same word stands on others
}

export function Button(props: ButtonProps): JSX.Element {
    const { children, press, look = "plain", icon, shortcut, off = false } = props;
    return (
        <button
            type="button"
            class={`button ${look}`}
            disabled={off}
            aria-pressed={props.pressed}
            aria-label={props.says}
            ref={(element) => {
                if (props.focus && element && !element.dataset["met"]) {
                    element.dataset["met"] = "yes"; // once, not at every drawing
                    element.focus();
                }
            }}
            onClick={press}
        >
            {icon && <Icon name={icon} />}
            <span>{children}</span>
            {shortcut && <kbd>{shortcut}</kbd>}
        </button>
    );
}
