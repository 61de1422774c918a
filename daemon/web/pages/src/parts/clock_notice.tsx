// The machine's clock is behind a day that was judged already: one of the two is wrong. Said until the
// clock is mended, or until somebody who answers for the place confirms today's date with a badge.
import type { JSX } from "preact";

import { day_text } from "../days";
import { text } from "../texts";
import type { ClockBack } from "../wire";
import { Button } from "./button";
import { Icon } from "./icon";

export interface ClockNoticeProps {
    back: ClockBack | null;
    confirm: (day: string) => void;
}

export function ClockNotice({ back, confirm }: ClockNoticeProps): JSX.Element | null {
    if (!back) {
        return null;
    }
    const day = day_text(back.day);
    const known = day_text(back.known);
    if (back.behind_pharmacy) {
        return (
            <div class="strip strip-danger" role="alert">
                <Icon name="clock" />
                <span>{text("clock.behind_pharmacy", { day, known })}</span>
            </div>
        );
    }
    return (
        <div class="strip strip-danger" role="alert">
            <Icon name="clock" />
            <span>
                {back.waits_for_badge
                    ? text("clock.scan_badge", { day })
                    : text("clock.back", { day, known })}
            </span>
            {!back.waits_for_badge && (
                <Button press={() => confirm(back.day)}>{text("clock.confirm", { day })}</Button>
            )}
        </div>
    );
}
