// The way to the scanner check, which is a page of its own: its codes need the room.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { text } from "../texts";
import { close_setup } from "./setup_place";
import type { SetupPageProps } from "./setup_page";

export function ScannerTab({ open_scanner }: SetupPageProps): JSX.Element {
    return (
        <section class="setup-part" aria-label={text("scanner.title")}>
            <h2>{text("scanner.title")}</h2>
            <p class="hint">{text("scanner.how")}</p>
            <Button
                look="primary"
                icon="barcode"
                press={() => {
                    close_setup();
                    open_scanner?.();
                }}
            >
                {text("setup.open_scanner")}
            </Button>
        </section>
    );
}
