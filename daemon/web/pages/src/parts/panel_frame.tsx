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

export function PanelFrame({ title, close, children }: PanelFrameProps): JSX.Element {
    return (
        <section class="panel" aria-label={title}>
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
