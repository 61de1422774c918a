// The scanner check on the screen: three codes to scan in turn, what came, what is wrong and which
// setting mends it. Nothing is pressed between two scans.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { RawText } from "../parts/raw_text";
import { text, word } from "../texts";
import type { KnownScanner, TestCode } from "../wire";
import { Faults, ProfileFacts, Scanners, scanner_name } from "./scanner_lists";
import {
    answers,
    check_again,
    checkup,
    info,
    judged,
    leave_check,
    source,
    step,
    test_codes,
    refused,
    trouble,
} from "./scanner_state";
import { Symbol } from "./test_symbol";
import { SoundTest, TimingFacts } from "./trials";

type StepState = "waiting" | "next" | "good" | "bad";

function state_of(code: TestCode): StepState {
    if (checkup.value?.readable[code]) {
        return "good";
    }
    if (judged.value[code] && checkup.value) {
        return "bad";
    }
    return step.value === code ? "next" : "waiting";
}

function StepMark({ state }: { state: StepState }): JSX.Element | null {
    switch (state) {
        case "good":
            return <Icon name="check" size={28} />;
        case "bad":
            return <Icon name="cross" size={28} />;
        case "next":
            return <Icon name="barcode" size={28} />;
        case "waiting":
            return <Icon name="circle" size={28} />;
    }
}

function Step({ code, number }: { code: TestCode; number: number }): JSX.Element {
    const state = state_of(code);
    const symbol = info.value?.codes.find((one) => one.code === code);
    const answer = answers.value[code];
    const current = step.value === code;
    return (
        <li class={`step step-${state}`} aria-current={current ? "step" : undefined}>
            <p class="step-head">
                <StepMark state={state} />
                <b>
                    {number} {word("scanner_code", code)}
                </b>
                <span class="step-state">{word("scanner_step", state)}</span>
            </p>
            {current && symbol && <Symbol symbol={symbol} label={word("scanner_code", code)} />}
            {answer && (
                <p class="raw came">
                    <RawText raw={answer.text} />
                </p>
            )}
        </li>
    );
}

function verdict(): { look: string; sentence: string } {
    const result = checkup.value;
    if (trouble.value) {
        return { look: "bad", sentence: text("scanner.trouble") };
    }
    if (refused.value) {
        return { look: "bad", sentence: text("own.place_at_work") };
    }
    if (!result) {
        return { look: "", sentence: text("scanner.begin") };
    }
    if (step.value !== null && state_of(step.value) !== "bad") {
        return { look: "", sentence: text("scanner.go_on") };
    }
    const required = result.faults.filter((fault) => fault.grade === "required").length;
    if (required > 0) {
        return { look: "bad", sentence: text("scanner.must_mend", { count: required }) };
    }
    const open = result.faults.length;
    return open === 0
        ? { look: "good", sentence: text("scanner.in_order") }
        : { look: "good", sentence: text("scanner.works", { count: open }) };
}

function Result(): JSX.Element {
    const { look, sentence } = verdict();
    const result = checkup.value;
    return (
        <section class="check-result" aria-label={text("scanner.result")}>
            <p class={`check-verdict ${look}`} role="status">
                {sentence}
            </p>
            {source.value && (
                <p class="muted">
                    {text("scanner.of", { name: scanner_name(source.value) })}
                    {result?.kept && ` · ${text("scanner.kept")}`}
                </p>
            )}
            {result && <Faults faults={result.faults} />}
            <TimingFacts />
            {result?.profile && <ProfileFacts profile={result.profile} />}
        </section>
    );
}

function all_scanners(): KnownScanner[] {
    return info.value ? [...info.value.scanners, info.value.page] : [];
}

export function ScannerPage(): JSX.Element {
    return (
        <main class="home scanner-check">
            <div class="check-columns">
                <section class="check-steps" tabIndex={0} aria-label={text("scanner.title")}>
                    <h2>{text("scanner.title")}</h2>
                    <p class="muted">{text("scanner.how")}</p>
                    <ol class="steps-list">
                        {test_codes.map((code, i) => (
                            <Step key={code} code={code} number={i + 1} />
                        ))}
                    </ol>
                </section>
                <div class="check-side" tabIndex={0} role="group" aria-label={text("scanner.result")}>
                    <Result />
                    <SoundTest />
                    <section aria-label={text("scanner.scanners")}>
                        <h2>{text("scanner.scanners")}</h2>
                        <Scanners scanners={all_scanners()} />
                    </section>
                </div>
            </div>
            <footer class="footer">
                <span class="invite">{text("scanner.no_cart")}</span>
                <Button icon="undo" press={check_again}>
                    {text("scanner.again")}
                </Button>
                <Button icon="cross" shortcut="Esc" press={leave_check}>
                    {text("scanner.leave")}
                </Button>
            </footer>
        </main>
    );
}
