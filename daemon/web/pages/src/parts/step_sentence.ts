// A step of a check as a sentence.
import { name_of, word } from "../texts";
import type { Step } from "../wire";

function action_of(step: Step): string {
    if (step.action !== "device_tested" || step.passed === null) {
        return step.action;
    }
    return step.passed ? "device_passed" : "device_failed";
}

// `raw_chars`: how much of a code there is room for.
export function step_sentence(step: Step, raw_chars: number): string {
    return word("step", action_of(step), {
        name: name_of(step.name),
        quantity: step.quantity ?? "",
        raw: (step.raw ?? "").slice(0, raw_chars),
        verdict: step.verdict && step.verdict !== "ok" ? word("verdict", step.verdict) : "",
        test: step.test ? name_of(step.test) : "",
        reading: step.reading ?? "",
    });
}
