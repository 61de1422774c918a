// What was decided waits for a badge.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { text } from "../texts";
import { intent } from "./board_state";

export function WaitsBadge(): JSX.Element | null {
    const what = intent.value?.do;
    return what === undefined || what === "accept" || what === "hand_back" ? null : (
        <p class="waits-badge" role="status">
            <Icon name="person" size={28} />
            {what === "publish" ? text("recall.badge") : text(`board.badge_${what}`)}
            <Button look="quiet" press={() => (intent.value = null)}>
                {text("board.never_mind")}
            </Button>
        </p>
    );
}
