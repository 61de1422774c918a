// What was decided for the hospital waits for a badge.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { text } from "../texts";
import { intent } from "./board_state";

export function WaitsBadge(): JSX.Element | null {
    return intent.value?.do !== "publish" ? null : (
        <p class="waits-badge" role="status">
            <Icon name="person" size={28} />
            {text("recall.badge")}
            <Button look="quiet" press={() => (intent.value = null)}>
                {text("board.never_mind")}
            </Button>
        </p>
    );
}
