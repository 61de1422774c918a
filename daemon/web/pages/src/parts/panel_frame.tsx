// A part of the page that opens beside the list, never over it: nothing has to be closed before the
// next scan.
import type { ComponentChildren, JSX } from "preact";

import { text } from "../texts";
import { Button } from "./button";

export interface PanelFrameProps {
    title: string;
    close: () => void;
    children: ComponentChildren;
}

// In a narrow window a panel opens above the list: what is out of sight is brought to the eye.
function show(element: HTMLElement | null): void {
    if (element && !element.dataset["met"]) {
        element.dataset["met"] = "yes"; // once, not at every drawing
        const { top } = element.getBoundingClientRect();
        if (top < 0 || top >= window.innerHeight) {
            element.scrollIntoView({ block: "start" });
        }
    }
}

export function PanelFrame({ title, close, children }: PanelFrameProps): JSX.Element {
    return (
        <section class="panel" aria-label={title} ref={show}>
            <div class="panel-head">
                <h2>{title}</h2>
                <Button press={close} look="quiet" shortcut="Esc">
                    {text("panel.close")}
                </Button>
            </div>
            {children}
        </section>
    );
}
