// A product to be chosen: the field, and below it what fits.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { name_and_strength, name_of, strength_beside, text } from "../texts";
import { found, search } from "./product_search";
import type { Product } from "./recall_wire";

export function ProductChoice({ label, choose }: {
    label: string;
    choose: (product: Product) => void;
}): JSX.Element {
    return (
        <>
            <div class="fields">
                <Field
                    label={label}
                    value={search.value}
                    change={(value) => (search.value = value)}
                />
            </div>
            <ul class="recall-found">
                {found.value.map((product) => (
                    <li key={product.id}>
                        <Button press={() => choose(product)}>
                            {name_and_strength(product.name, product.strength)}
                        </Button>
                    </li>
                ))}
            </ul>
        </>
    );
}

// The one that was chosen, and the way back.
export function ChosenProduct({ product, again }: {
    product: Product;
    again: () => void;
}): JSX.Element {
    return (
        <p class="recall-product">
            <b>{name_of(product.name)}</b> {strength_beside(product.name, product.strength)}
            <Button look="quiet" press={again}>
                {text("recall.other_product")}
            </Button>
        </p>
    );
}
