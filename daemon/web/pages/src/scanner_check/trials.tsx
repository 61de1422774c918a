// Beside the three codes: how fast the scanner types, and whether the page's sounds are heard.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { text, word } from "../texts";
import { char_gap_max_ms } from "../wedge";
import { answers, gaps, hear, heard, tried_sound, try_sound_of } from "./scanner_state";
import { timing_of } from "./timing";

function Mark({ good }: { good: boolean }): JSX.Element {
    return <Icon name={good ? "check" : "notice"} size={20} />;
}

export function TimingFacts(): JSX.Element | null {
    const timing = timing_of(gaps.value);
    if (!timing) {
        return null;
    }
    const ended = Object.values(answers.value).every((answer) => answer.line_end);
    const ms = (value: number): string => String(Math.round(value));
    return (
        <dl class="profile timing">
            <dt>{text("scanner.gaps")}</dt>
            <dd>
                {text("scanner.gap_figures", {
                    median: ms(timing.median),
                    p95: ms(timing.p95),
                    longest: ms(timing.longest),
                })}
            </dd>
            <dt>{text("scanner.line_end")}</dt>
            <dd>
                <Mark good={ended} />{" "}
                {text(ended ? "scanner.line_end_yes" : "scanner.line_end_no")}
            </dd>
            <dt>{text("scanner.limit")}</dt>
            <dd>
                <Mark good={timing.fits} />{" "}
                {text(timing.fits ? "scanner.limit_fits" : "scanner.limit_wide", {
                    ms: timing.limit,
                    own: char_gap_max_ms,
                })}
            </dd>
        </dl>
    );
}

const kinds = ["accept", "attention", "reject"] as const;

export function SoundTest(): JSX.Element {
    return (
        <section aria-label={text("scanner.sound")}>
            <h2>{text("scanner.sound")}</h2>
            <div class="row">
                {kinds.map((kind) => (
                    <Button
                        key={kind}
                        icon="sound"
                        pressed={tried_sound.value === kind}
                        press={() => try_sound_of(kind)}
                    >
                        {word("kind", kind)}
                    </Button>
                ))}
            </div>
            {tried_sound.value && (
                <div class="row heard" role="group" aria-label={text("scanner.heard")}>
                    <span>{text("scanner.heard")}</span>
                    <Button icon="check" shortcut="Y" press={() => hear(true)}>
                        {text("scanner.heard_yes")}
                    </Button>
                    <Button icon="cross" shortcut="N" press={() => hear(false)}>
                        {text("scanner.heard_no")}
                    </Button>
                </div>
            )}
            {heard.value !== null && (
                <p role="status" class={heard.value ? "muted" : "late"}>
                    {text(heard.value ? "scanner.sound_good" : "scanner.sound_bad")}
                </p>
            )}
        </section>
    );
}
