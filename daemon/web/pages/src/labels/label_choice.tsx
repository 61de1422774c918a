// Which labels, on which paper, from where: the form beside the picture.
import type { JSX } from "preact";

import { language, text, word } from "../texts";
import {
    carts,
    change,
    choose_kind,
    is_of_carts,
    offer_file,
    order,
    paper,
    things,
    toggle,
} from "./labels_state";
import { all_bars, is_within, offset_is_good, own_measures, per_page, range_of } from "./order";
import type { Bars, Measure } from "./order";
import type { LabelKind, LabelLimits, LabelOffer, LabelThing } from "./wire";

function name_of_thing(thing: LabelThing): string {
    return (language.value === "en" ? thing.en : thing.zh) || thing.zh || thing.en;
}

function sentence_of_thing(thing: LabelThing): string {
    return [name_of_thing(thing), thing.detail, thing.place].filter((one) => one !== "").join(" · ");
}

function KindChoice({ offer }: { offer: LabelOffer }): JSX.Element {
    return (
        <label>
            {text("labels.what")}
            <select
                value={order.value.what}
                onChange={(event) => choose_kind(event.currentTarget.value as LabelKind)}
            >
                {offer.kinds.map(({ what, count }) => (
                    <option key={what} value={what}>
                        {text("labels.kind_count", { kind: word("label_kind", what), count })}
                    </option>
                ))}
            </select>
        </label>
    );
}

function CartChoice(): JSX.Element | null {
    if (!is_of_carts(order.value.what)) {
        return null;
    }
    return (
        <label>
            {text("labels.of_cart")}
            <select
                value={order.value.cart}
                onChange={(event) => change({ cart: event.currentTarget.value, codes: [] })}
            >
                <option value="">{text("labels.all_carts")}</option>
                {carts.value.map((cart) => (
                    <option key={cart.id} value={cart.id}>
                        {sentence_of_thing(cart)}
                    </option>
                ))}
            </select>
        </label>
    );
}

function ThingChoice(): JSX.Element | null {
    const all = things.value;
    const { codes } = order.value;
    if (!all || all.length < 2) {
        return null;
    }
    const chosen = codes.length || all.length;
    return (
        <details class="thing-choice">
            <summary>{text("labels.chosen", { chosen, all: all.length })}</summary>
            <button
                type="button"
                class="button quiet"
                disabled={codes.length === 0}
                onClick={() => change({ codes: [] })}
            >
                {text("labels.choose_all")}
            </button>
            <ul>
                {all.map((thing) => (
                    <li key={thing.code}>
                        <label>
                            <input
                                type="checkbox"
                                checked={codes.length === 0 || codes.includes(thing.code)}
                                onChange={(event) =>
                                    toggle(thing.code, event.currentTarget.checked)
                                }
                            />
                            <span>{sentence_of_thing(thing)}</span>
                        </label>
                        <button
                            type="button"
                            class="button quiet"
                            aria-label={text("labels.only_this_of", { name: name_of_thing(thing) })}
                            onClick={() => change({ codes: [thing.code] })}
                        >
                            {text("labels.only_this")}
                        </button>
                    </li>
                ))}
            </ul>
        </details>
    );
}

function PaperChoice({ offer }: { offer: LabelOffer }): JSX.Element {
    return (
        <label>
            {text("labels.paper")}
            <select
                value={order.value.paper}
                onChange={(event) => change({ paper: event.currentTarget.value, start: 1 })}
            >
                {[...offer.papers.map(({ name }) => name), "sheet", "roll"].map((name) => (
                    <option key={name} value={name}>
                        {word("label_paper", name)}
                    </option>
                ))}
            </select>
        </label>
    );
}

interface NumberFieldProps {
    label: string;
    value: number;
    good: boolean;
    low: number;
    high: number;
    step: number;
    change: (value: number) => void;
}

function NumberField(props: NumberFieldProps): JSX.Element {
    const { label, value, good, low, high, step } = props;
    return (
        <label class={good ? "" : "wrong"}>
            {label}
            <input
                type="number"
                inputMode="decimal"
                autoComplete="off"
                min={low}
                max={high}
                step={step}
                value={Number.isNaN(value) ? "" : value}
                aria-invalid={!good}
                onInput={(event) => props.change(event.currentTarget.valueAsNumber)}
            />
            <small>{text("labels.range", { low, high })}</small>
        </label>
    );
}

function OwnMeasure({ measure, limits }: { measure: Measure; limits: LabelLimits }): JSX.Element {
    const { own } = order.value;
    const range = range_of(measure, order.value, limits);
    return (
        <NumberField
            label={word("label_measure", measure)}
            value={own[measure]}
            good={is_within(own[measure], range)}
            low={range.low}
            high={range.high}
            step={range.whole ? 1 : 0.1}
            change={(value) => change({ own: { ...own, [measure]: value } })}
        />
    );
}

function Offset({ axis, limits }: { axis: "offset_x" | "offset_y"; limits: LabelLimits }): JSX.Element {
    const value = order.value[axis];
    return (
        <NumberField
            label={word("label_measure", axis)}
            value={value}
            good={offset_is_good(value, limits)}
            low={-limits.offset_max}
            high={limits.offset_max}
            step={limits.offset_step}
            change={(offset) => change({ [axis]: offset })}
        />
    );
}

function StartField(): JSX.Element | null {
    const sheet = paper.value;
    if (!sheet || sheet.roll) {
        return null;
    }
    const { start } = order.value;
    const last = Math.max(1, per_page(sheet) || 1); // while a number of the grid is typed
    return (
        <NumberField
            label={text("labels.start")}
            value={start}
            good={is_within(start, { low: 1, high: last, whole: true })}
            low={1}
            high={last}
            step={1}
            change={(value) => change({ start: value })}
        />
    );
}

function BarsChoice(): JSX.Element {
    return (
        <label>
            {text("labels.bars")}
            <select
                value={order.value.bars}
                onChange={(event) => change({ bars: event.currentTarget.value as Bars })}
            >
                {all_bars.map((bars) => (
                    <option key={bars} value={bars}>
                        {word("label_bars", bars)}
                    </option>
                ))}
            </select>
        </label>
    );
}

export function LabelChoice(): JSX.Element | null {
    const offer = offer_file.value.value;
    if (!offer) {
        return null;
    }
    return (
        <>
            <div class="fields">
                <KindChoice offer={offer} />
                <CartChoice />
            </div>
            <ThingChoice />
            <div class="fields">
                <PaperChoice offer={offer} />
                {own_measures(order.value.paper).map((measure) => (
                    <OwnMeasure key={measure} measure={measure} limits={offer.limits} />
                ))}
                <BarsChoice />
                <Offset axis="offset_x" limits={offer.limits} />
                <Offset axis="offset_y" limits={offer.limits} />
                <StartField />
            </div>
        </>
    );
}
