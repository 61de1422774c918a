// Carts by weeks: a table for those who hear it, coloured glyphs for those who see it. Each week
// with a check opens it; each cart opens what is known of it.
import type { JSX } from "preact";

import { name_of, text } from "../texts";
import { figures, figures_of } from "./cart_figures";
import { CellGlyph, cell_sentence, Legend } from "./cell_mark";
import { history_place } from "./history_place";
import { OverrideRate, share_text } from "./totals";
import { cell_of, week_number } from "./weeks";
import type { HistoryCart } from "./wire";

function WeekCell({ cart, week }: { cart: HistoryCart; week: string }): JSX.Element {
    const cell = cell_of(cart, week);
    const sentence = cell_sentence(cell, week);
    const { check } = cell;
    const look = `cell cell-${cell.state}`;
    if (!check) {
        return (
            <span class={look} role="img" aria-label={sentence} title={sentence}>
                <CellGlyph state={cell.state} />
            </span>
        );
    }
    const open = (): void => {
        const back = history_place.value ?? { at: "all" };
        const { id, working_day } = check;
        history_place.value = { at: "check", node: cart.node, check: id, day: working_day, back };
    };
    return (
        <button type="button" class={look} aria-label={sentence} title={sentence} onClick={open}>
            <CellGlyph state={cell.state} />
        </button>
    );
}

// How long it was ready, and how many of its lines were typed or left out.
function CartSums({ cart }: { cart: HistoryCart }): JSX.Element {
    const told = figures.value;
    const sum = figures_of(told, [cart]);
    return (
        <>
            <td class="cart-sum">{sum ? share_text(sum.ready_s, sum.total_s) : "–"}</td>
            <td class="cart-sum">{sum && told ? <OverrideRate sum={sum} told={told} /> : "–"}</td>
        </>
    );
}

function Row({ cart, weeks }: { cart: HistoryCart; weeks: string[] }): JSX.Element {
    const open = (): void => {
        history_place.value = { at: "cart", node: cart.node, cart: cart.id };
    };
    return (
        <tr>
            <th scope="row">
                <button type="button" class="cart-link" onClick={open}>
                    <b>{name_of(cart.name) || cart.id}</b>
                    <small>
                        {cart.never_checked ? text("cart.never_checked") : name_of(cart.station)}
                    </small>
                </button>
            </th>
            <CartSums cart={cart} />
            {weeks.map((week) => (
                <td key={week}>
                    <WeekCell cart={cart} week={week} />
                </td>
            ))}
        </tr>
    );
}

export function Matrix({ carts, weeks }: { carts: HistoryCart[]; weeks: string[] }): JSX.Element {
    return (
        <section class="history-part" aria-label={text("history.weeks")}>
            <h2>{text("history.weeks")}</h2>
            <div class="weeks" tabIndex={0} role="group" aria-label={text("history.weeks")}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text("history.cart")}</th>
                            <th scope="col">{text("history.ready_column")}</th>
                            <th scope="col">{text("history.overrides_column")}</th>
                            {weeks.map((week) => (
                                <th key={week} scope="col">
                                    {text("history.week", { week: week_number(week) })}
                                    <small>{week.slice(5)}</small>
                                </th>
                            ))}
                        </tr>
                    </thead>
                    <tbody>
                        {carts.map((cart) => (
                            <Row key={`${cart.node} ${cart.id}`} cart={cart} weeks={weeks} />
                        ))}
                    </tbody>
                </table>
            </div>
            <Legend />
        </section>
    );
}
