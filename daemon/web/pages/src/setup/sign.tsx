// A change waits for a badge: what is signed, and the way out.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { text } from "../texts";
import { never_mind, proposal } from "./setup_state";

export function Sign(): JSX.Element | null {
    const what = proposal.value;
    return what === null ? null : (
        <p class="setup-sign" role="status">
            <Icon name="person" size={32} />
            <span>
                <b>{text("setup.sign")}</b> {what.says}
            </span>
            <Button look="quiet" press={never_mind}>
                {text("board.never_mind")}
            </Button>
        </p>
    );
}
