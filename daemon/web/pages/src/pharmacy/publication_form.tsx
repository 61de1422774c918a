// The frame of every form that publishes something: its fields, and what became of it.
import type { ComponentChildren, JSX } from "preact";

import { sentence_of } from "../parts/band";
import { HeldFields } from "../parts/held_fields";
import { Icon } from "../parts/icon";
import { publish_refused, publish_settled, publish_waits, publishing } from "./publication";
import { WaitsBadge } from "./waits_badge";

export function FormFields({ children }: { children: ComponentChildren }): JSX.Element {
    return <HeldFields held={publish_settled.value}>{children}</HeldFields>;
}

export function FormButtons({ children }: { children: ComponentChildren }): JSX.Element {
    return (
        <>
            {publish_refused.value && (
                <p class="send-refused" role="alert">
                    <Icon name="cross" size={28} />
                    {sentence_of(publish_refused.value)}
                </p>
            )}
            {publish_waits.value ? (
                <WaitsBadge />
            ) : (
                <HeldFields held={publishing.value}>
                    <div class="recall-buttons">{children}</div>
                </HeldFields>
            )}
        </>
    );
}
