// What a check of a closed cart consists of: its seal, its devices, the badge. Nothing is counted, so
// there is no list of lines to look at.
import type { JSX } from "preact";

import { Icon } from "../parts/icon";
import { text, word } from "../texts";
import type { Check } from "../wire";
import { sign_text } from "./next_step";

function Task({ done, children }: { done: boolean; children: string }): JSX.Element {
    return (
        <li class={done ? "task done" : "task"}>
            <Icon name={done ? "check" : "circle"} size={28} />
            <span class="spoken">{text(done ? "state.ok" : "state.open")}</span>
            <span>{children}</span>
        </li>
    );
}

export function SealTask({ check }: { check: Check }): JSX.Element {
    const tested = check.devices.filter((device) => device.state !== "open").length;
    const number = check.old_seal?.intact ? check.old_seal.number : "";
    return (
        <section class="seal-task" aria-label={word("check_kind", check.kind)}>
            <h2>{word("check_kind", check.kind)}</h2>
            <ol>
                {number !== "" && (
                    <Task done={!check.seal_due}>{text("task.seal", { number })}</Task>
                )}
                {check.devices.length > 0 && (
                    <Task done={tested === check.devices.length}>
                        {text("task.devices", { count: tested, total: check.devices.length })}
                    </Task>
                )}
                <Task done={false}>{sign_text(check)}</Task>
            </ol>
            <p class="hint">{text("task.not_counted")}</p>
        </section>
    );
}
