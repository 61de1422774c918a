// What a cart is worth by clinical function, and where to run instead of one that is not ready.
import type { JSX } from "preact";

import { Icon } from "../parts/icon";
import { name_of, text, word } from "../texts";
import type { Cart, NearbyCart } from "../wire";

function place_text(near: NearbyCart): string {
    return text("cart.nearest_at", {
        name: name_of(near.name),
        station: near.station ? name_of(near.station) : "",
        building: near.building,
        floor: near.floor ?? "",
    });
}

export function Functions({ cart }: { cart: Cart }): JSX.Element | null {
    const worse = Object.entries(cart.functions).filter(([, worth]) => worth !== "ready");
    return worse.length === 0 ? null : (
        <ul class="facts">
            {worse.map(([name, worth]) => (
                <li key={name}>
                    {text("cart.function", {
                        name: word("function", name),
                        worth: word("readiness", worth),
                    })}
                </li>
            ))}
        </ul>
    );
}

export function Elsewhere({ cart }: { cart: Cart }): JSX.Element | null {
    const lost = cart.readiness === "not_ready" || cart.readiness === "overdue";
    const functions = Object.entries(cart.nearest_for);
    return lost || functions.length > 0 ? (
        <ul class="cart-alerts">
            {lost && (
                <li>
                    <Icon name="arrow" size={20} />
                    {cart.nearest
                        ? text("cart.nearest", { place: place_text(cart.nearest) })
                        : text("cart.nearest_none")}
                </li>
            )}
            {functions.map(([name, near]) => (
                <li key={name}>
                    <Icon name="arrow" size={20} />
                    {near
                        ? text("cart.nearest_for", {
                              name: word("function", name),
                              place: place_text(near),
                          })
                        : text("cart.nearest_none_for", { name: word("function", name) })}
                </li>
            ))}
        </ul>
    ) : null;
}
