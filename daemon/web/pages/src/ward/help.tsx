// What can be scanned and keyed, on one panel; and the way out of a check that cannot be finished.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { PanelFrame } from "../parts/panel_frame";
import { text } from "../texts";
import type { TextKey } from "../texts";
import { check, command } from "./ward_state";

const keys: [string, TextKey][] = [
    ["Z", "action.undo"],
    ["0–9 Enter", "help.quantity"],
    ["M", "action.missing"],
    ["E", "action.expired"],
    ["D", "action.damaged"],
    ["L", "action.new_lot"],
    ["Y / N", "help.test"],
    ["N", "action.next_drawer"],
    ["/", "action.find"],
    ["Esc", "help.back"],
];

// A cancelled check counts nothing: pressed twice, within this time.
const second_press_ms = 5_000;
const asked = signal(false);

function cancel(): void {
    if (asked.value) {
        asked.value = false;
        command({ do: "cancel" });
        return;
    }
    asked.value = true;
    window.setTimeout(() => (asked.value = false), second_press_ms);
}

export function HelpPanel({ close }: { close: () => void }): JSX.Element {
    return (
        <PanelFrame title={text("help.title")} close={close}>
            <p>{text("help.scan")}</p>
            <dl class="keys">
                {keys.map(([key, meaning]) => (
                    <div key={key + meaning}>
                        <dt>
                            <kbd>{key}</kbd>
                        </dt>
                        <dd>{text(meaning)}</dd>
                    </div>
                ))}
            </dl>
            <p class="hint">{text("help.codes")}</p>
            {check.value && (
                <Button look="danger" press={cancel}>
                    {text(asked.value ? "help.cancel_again" : "help.cancel")}
                </Button>
            )}
        </PanelFrame>
    );
}
