// What may lie in place of what: in force first, then what is over.
import type { ComponentChildren, JSX } from "preact";

import { day_text, days_between, days_left_text, moment_text } from "../days";
import { daemon_now } from "../line_state";
import { name_and_strength, text } from "../texts";
import { FileState } from "./file_notes";
import { substitution_file } from "./files_state";
import type { Substitution } from "./wire";

const over_shown = 10; // rows below those in force: what ended in the last weeks

function place_text(one: Substitution, cart_name: (id: string) => string): string {
    if (!one.cart) {
        return text("substitution.every_cart");
    }
    const cart = cart_name(one.cart);
    return one.line
        ? text("substitution.only_line", { cart, line: one.line })
        : text("substitution.only_cart", { cart });
}

function end_text(one: Substitution, today: string): string {
    if (one.withdrawn) {
        return text("substitution.withdrawn", {
            by: one.withdrawn.by?.name ?? "",
            at: moment_text(one.withdrawn.at, daemon_now.value),
            reason: one.withdrawn.reason,
        });
    }
    return one.in_force
        ? text("substitution.until", {
              day: day_text(one.until),
              left: days_left_text(days_between(today, one.until)),
          })
        : text("substitution.ended", { day: day_text(one.until) });
}

export function key_of_substitution(one: Substitution): string {
    return [one.product, one.substitute.product, one.cart, one.line, one.published_at].join("/");
}

function Card({ one, today, cart_name, children }: {
    one: Substitution;
    today: string;
    cart_name: (id: string) => string;
    children: ComponentChildren;
}): JSX.Element {
    return (
        <article class={one.in_force ? "file-row" : "file-row over"}>
            <h3>
                {text("substitution.for", {
                    substitute: name_and_strength(one.substitute.name, one.substitute.strength),
                    product: name_and_strength(one.name, one.strength),
                })}
            </h3>
            <p class={one.in_force ? "file-stand" : "hint"}>{end_text(one, today)}</p>
            <p>{place_text(one, cart_name)}</p>
            {one.in_force && <p class="file-warning">{one.warning}</p>}
            <p class="hint">
                {text("substitution.published", {
                    by: one.published_by?.name ?? "",
                    at: moment_text(one.published_at, daemon_now.value),
                })}
            </p>
            {children}
        </article>
    );
}

// `below` stands below each that is in force.
export function SubstitutionList({ today, cart_name, below }: {
    today: string;
    cart_name: (id: string) => string;
    below?: (one: Substitution) => ComponentChildren;
}): JSX.Element {
    const all = substitution_file.value.value?.substitutions ?? [];
    const over = all.filter((one) => !one.in_force).slice(0, over_shown);
    const rows = (list: Substitution[]): JSX.Element[] =>
        list.map((one) => (
            <Card key={key_of_substitution(one)} one={one} today={today} cart_name={cart_name}>
                {one.in_force && below?.(one)}
            </Card>
        ));
    const in_force = rows(all.filter((one) => one.in_force));
    return (
        <>
            <FileState file={substitution_file} />
            {substitution_file.value.value && in_force.length === 0 && (
                <p class="hint">{text("substitution.none")}</p>
            )}
            {in_force}
            {over.length > 0 && <h3 class="file-part">{text("substitution.over")}</h3>}
            {rows(over)}
        </>
    );
}
