// Opens beside the list: what may lie in place of what; a new one; and the end of one.
import type { JSX } from "preact";

import { day_with_weekday, days_between, days_left_text, parse_day } from "../days";
import { keep_fresh, substitution_file } from "../files/files_state";
import { SubstitutionList, key_of_substitution } from "../files/substitution_list";
import type { Substitution } from "../files/wire";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { PanelFrame } from "../parts/panel_frame";
import { name_of, text } from "../texts";
import type { Board } from "../wire";
import { board } from "./board_state";
import {
    change_substitution,
    choose_for_substitution,
    close_file_forms,
    close_files,
    end_substitution,
    ending,
    ending_reason,
    open_ending,
    open_substitution_form,
    publish_substitution,
    substitution_form,
} from "./file_state";
import type { SubstitutionForm } from "./file_state";
import { ChosenProduct, ProductChoice } from "./product_choice";
import { FormButtons, FormFields } from "./publication_form";

function CartChoice({ form, one }: { form: SubstitutionForm; one: Board }): JSX.Element {
    const carts = [...one.carts].sort((a, b) => a.id.localeCompare(b.id));
    return (
        <label>
            {text("substitution.cart")}
            <select
                value={form.cart}
                onChange={(event) => change_substitution({ cart: event.currentTarget.value })}
            >
                <option value="">{text("substitution.every_cart")}</option>
                {carts.map((cart) => (
                    <option key={`${cart.node}/${cart.id}`} value={cart.id}>
                        {name_of(cart.name)}
                    </option>
                ))}
            </select>
        </label>
    );
}

function UntilPreview({ typed, today }: { typed: string; today: string }): JSX.Element {
    const day = parse_day(typed);
    if (!day) {
        return <p class="hint">{text(typed ? "panel.day_wrong" : "panel.day_forms_through")}</p>;
    }
    return (
        <p class="hint good">
            {text("panel.day_means", {
                day: day_with_weekday(day),
                left: days_left_text(days_between(today, day)),
            })}
        </p>
    );
}

function Products({ form }: { form: SubstitutionForm }): JSX.Element {
    const { product, substitute } = form;
    return (
        <>
            {product && (
                <ChosenProduct
                    product={product}
                    again={() => change_substitution({ product: null, substitute: null })}
                />
            )}
            {product && substitute && (
                <ChosenProduct
                    product={substitute}
                    again={() => change_substitution({ substitute: null })}
                />
            )}
            {!(product && substitute) && (
                <ProductChoice
                    label={text(product ? "substitution.substitute" : "substitution.product")}
                    choose={choose_for_substitution}
                />
            )}
        </>
    );
}

function PublishForm({ form, one }: { form: SubstitutionForm; one: Board }): JSX.Element {
    return (
        <section class="recall-form" aria-label={text("substitution.new")}>
            <p class="hint">{text("substitution.invite")}</p>
            <FormFields>
                <Products form={form} />
                <div class="fields">
                    <CartChoice form={form} one={one} />
                    <Field
                        label={text("substitution.until_field")}
                        value={form.until}
                        change={(until) => change_substitution({ until })}
                    />
                    <UntilPreview typed={form.until} today={one.today} />
                    <Field
                        label={text("substitution.warning")}
                        value={form.warning}
                        change={(warning) => change_substitution({ warning })}
                    />
                </div>
            </FormFields>
            <FormButtons>
                <Button
                    look="danger"
                    press={publish_substitution}
                    off={!form.product || !form.substitute}
                >
                    {text("substitution.publish")}
                </Button>
                <Button look="quiet" press={close_file_forms}>
                    {text("board.never_mind")}
                </Button>
            </FormButtons>
        </section>
    );
}

function EndForm(): JSX.Element {
    return (
        <div class="recall-form">
            <p class="hint">{text("substitution.end_invite")}</p>
            <FormFields>
                <div class="fields">
                    <Field
                        label={text("recall.reason")}
                        value={ending_reason.value}
                        change={(value) => (ending_reason.value = value)}
                    />
                </div>
            </FormFields>
            <FormButtons>
                <Button look="danger" press={end_substitution}>
                    {text("substitution.end")}
                </Button>
                <Button look="quiet" press={close_file_forms}>
                    {text("board.never_mind")}
                </Button>
            </FormButtons>
        </div>
    );
}

function Below({ one }: { one: Substitution }): JSX.Element {
    const asked = ending.value && key_of_substitution(ending.value) === key_of_substitution(one);
    return asked ? (
        <EndForm />
    ) : (
        <Button look="quiet" icon="undo" press={() => open_ending(one)}>
            {text("substitution.end_open")}
        </Button>
    );
}

export function SubstitutionPanel({ one }: { one: Board }): JSX.Element {
    keep_fresh(substitution_file, board.value?.order);
    const cart_name = (id: string): string =>
        name_of(one.carts.find((cart) => cart.id === id)?.name ?? null) || id;
    const form = substitution_form.value;
    return (
        <PanelFrame title={text("substitution.title")} close={close_files}>
            {form ? (
                <PublishForm form={form} one={one} />
            ) : (
                <Button look="primary" press={() => void open_substitution_form()}>
                    {text("substitution.new")}
                </Button>
            )}
            <SubstitutionList
                today={one.today}
                cart_name={cart_name}
                below={(row) => <Below one={row} />}
            />
        </PanelFrame>
    );
}
