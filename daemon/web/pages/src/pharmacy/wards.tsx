// How each ward is reached, and what its carts are worth: a silent ward is not a ready one.
import type { JSX } from "preact";

import { age_text, moment_text } from "../days";
import { due_look, due_text, pressing } from "../due";
import { readiness_icon } from "../parts/badges";
import { Dot, Icon } from "../parts/icon";
import { problem_text, ward_name } from "../parts/past_notice";
import { daemon_now } from "../line_state";
import { name_of, text, word } from "../texts";
import type { Board, BoardCart, Readiness, Ward } from "../wire";
import { FileButtons } from "./files";

const rank: Record<Readiness, number> = { not_ready: 0, overdue: 1, degraded: 2, ready: 3 };

function Contact({ ward }: { ward: Ward }): JSX.Element {
    const now = daemon_now.value;
    if (ward.connected) {
        const at = ward.last_contact ? moment_text(ward.last_contact, now) : "";
        return <span>{text("ward.connected", { at })}</span>;
    }
    return (
        <span class="late">
            {ward.last_contact
                ? text("ward.lost", {
                      age: age_text(ward.last_contact, now),
                      at: moment_text(ward.last_contact, now),
                  })
                : text("ward.never")}
        </span>
    );
}

function CartRow({ cart }: { cart: BoardCart }): JSX.Element {
    return (
        <li class={`ward-cart readiness-${cart.readiness}`}>
            <Icon name={readiness_icon[cart.readiness]} size={20} />
            <span class="ward-cart-name">{name_of(cart.name)}</span>
            <b>{word("readiness", cart.readiness)}</b>
            {cart.due.length === 0 && <small>{text("cart.never_checked")}</small>}
            {pressing(cart.due).map((due) => (
                <small key={due.kind} class={due_look(due)}>
                    {due_text(due)}
                </small>
            ))}
        </li>
    );
}

function Tile({ ward, carts }: { ward: Ward; carts: BoardCart[] }): JSX.Element {
    const sorted = [...carts].sort(
        (a, b) => rank[a.readiness] - rank[b.readiness] || a.id.localeCompare(b.id),
    );
    return (
        <li class={ward.connected ? "ward" : "ward ward-lost"}>
            <h3>
                <Dot on={ward.connected} />
                {ward_name(ward.stations, ward.node)}
            </h3>
            <p>
                <Contact ward={ward} />
            </p>
            {ward.problem && (
                <p class="late" role="alert">
                    {problem_text(ward.problem)}
                </p>
            )}
            <ul>
                {sorted.map((cart) => (
                    <CartRow key={cart.id} cart={cart} />
                ))}
            </ul>
        </li>
    );
}

export function Wards({ one }: { one: Board }): JSX.Element {
    return (
        <aside class="wards" aria-label={text("ward.title")} tabIndex={0}>
            <FileButtons />
            <h2>{text("ward.title")}</h2>
            <ul>
                {one.wards.map((ward) => (
                    <Tile
                        key={ward.node}
                        ward={ward}
                        carts={one.carts.filter((cart) => cart.node === ward.node)}
                    />
                ))}
            </ul>
        </aside>
    );
}
