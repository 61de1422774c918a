// Words for states, always with a glyph and a shape: severity, readiness, expiry, high alert.
import type { JSX } from "preact";

import { day_text, days_left_text } from "../days";
import { text, word } from "../texts";
import type { Readiness, Severity } from "../wire";
import { Icon } from "./icon";
import type { IconName } from "./icon";

const discs: Record<Severity, number> = { critical: 3, high: 2, normal: 1, notice: 0 };

// ●●● / ●● / ● / ○ with the word.
export function SeverityMark({ severity }: { severity: Severity }): JSX.Element {
    const count = discs[severity];
    return (
        <span class={`severity severity-${severity}`}>
            <svg width={44} height={12} viewBox="0 0 44 12" aria-hidden="true">
                {[0, 1, 2].map((i) => (
                    <circle key={i} cx={6 + i * 16} cy={6} r={5} class={i < count ? "full" : "empty"} />
                ))}
            </svg>
            {word("severity", severity)}
        </span>
    );
}

export const readiness_icon: Record<Readiness, IconName> = {
    ready: "check",
    degraded: "notice",
    overdue: "clock",
    not_ready: "cross",
};

export function ReadinessWord({ readiness }: { readiness: Readiness }): JSX.Element {
    return (
        <span class={`readiness readiness-${readiness}`}>
            <Icon name={readiness_icon[readiness]} size={40} />
            {word("readiness", readiness)}
        </span>
    );
}

function band_of(days: number): string {
    if (days < 0) {
        return "over";
    }
    return days <= 30 ? "soonest" : days <= 90 ? "soon" : days <= 180 ? "later" : "far";
}

// The last usable day and the days to it; the colour only repeats what the words say.
export function Expiry({ day, days, brief = false }: {
    day: string;
    days: number;
    brief?: boolean;
}): JSX.Element {
    return (
        <span class={`expiry expiry-${band_of(days)}`}>
            {days <= 180 && <Icon name={days < 0 ? "cross" : "clock"} size={16} />}
            {brief ? "" : `${text("line.usable_to", { day: day_text(day) })} `}
            {days_left_text(days)}
        </span>
    );
}

export function HighAlert(): JSX.Element {
    return (
        <span class="high-alert">
            <Icon name="notice" size={16} />
            {text("line.high_alert")}
        </span>
    );
}
