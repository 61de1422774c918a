// An emergency that is scanned out: how long the cart has been open, and what was used so far.
import type { JSX } from "preact";

import { span_text } from "../days";
import { daemon_now } from "../line_state";
import { Button } from "../parts/button";
import { Icon } from "../parts/icon";
import { name_of, text } from "../texts";
import type { Check, UsedLine } from "../wire";
import { command } from "./ward_state";

function UsedRow({ one }: { one: UsedLine }): JSX.Element {
    return (
        <li class={one.unexplained > 0 ? "used attention" : "used"}>
            <b>{name_of(one.name)}</b>{" "}
            {text("use.row", { used: one.used, left: one.left, par: one.par })}
            {one.unexplained > 0 && (
                <strong> {text("use.unexplained", { count: one.unexplained })}</strong>
            )}
        </li>
    );
}

export function UseList({ check }: { check: Check }): JSX.Element | null {
    const use = check.use;
    return use === null ? null : (
        <section class="steps" aria-label={text("use.title")} tabIndex={0}>
            <h2>
                <Icon name="clock" size={24} />{" "}
                {text("use.open_since", { span: span_text(use.opened_at, daemon_now.value) })}
            </h2>
            {use.lines.length === 0 && <p class="empty">{text("use.nothing")}</p>}
            <ul>
                {use.lines.map((one) => (
                    <UsedRow key={one.line} one={one} />
                ))}
            </ul>
            <Button press={() => command({ do: "count_left" })}>{text("use.count_left")}</Button>
        </section>
    );
}
