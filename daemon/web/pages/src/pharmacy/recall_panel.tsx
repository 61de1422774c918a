// Opens beside the list: every recall with where it stands, ward by ward and place by place; a new
// one; and taking one back.
import type { JSX } from "preact";

import { moment_text } from "../days";
import { daemon_now } from "../line_state";
import { Button } from "../parts/button";
import { Field } from "../parts/field";
import { Icon } from "../parts/icon";
import { PanelFrame } from "../parts/panel_frame";
import { place_text } from "../parts/place_text";
import { name_of, strength_beside, text } from "../texts";
import { board } from "./board_state";
import { ChosenProduct, ProductChoice } from "./product_choice";
import { FormButtons, FormFields } from "./publication_form";
import {
    choose_product,
    close_forms,
    close_recalls,
    issue,
    open_recall_form,
    open_withdrawal,
    reason,
    recall_form,
    recalls,
    withdraw,
    withdrawing,
} from "./recall_state";
import type { Recall, RecallPlace, RecallWard } from "./recall_wire";

function Reason(): JSX.Element {
    return (
        <Field
            label={text("recall.reason")}
            value={reason.value}
            change={(value) => (reason.value = value)}
        />
    );
}

function IssueForm(): JSX.Element | null {
    const form = recall_form.value;
    if (!form) {
        return null;
    }
    const { product, lot } = form;
    return (
        <section class="recall-form" aria-label={text("recall.new")}>
            <p class="hint">{text("recall.invite")}</p>
            <FormFields>
                {product ? (
                    <ChosenProduct
                        product={product}
                        again={() => (recall_form.value = { product: null, lot })}
                    />
                ) : (
                    <ProductChoice label={text("recall.product")} choose={choose_product} />
                )}
                <div class="fields">
                    <Field
                        label={text("recall.lot")}
                        value={lot}
                        change={(value) => (recall_form.value = { product, lot: value })}
                    />
                    <Reason />
                </div>
            </FormFields>
            <FormButtons>
                <Button look="danger" press={issue} off={!product}>
                    {lot.trim()
                        ? text("recall.issue_lot", { lot: lot.trim() })
                        : text("recall.issue_all")}
                </Button>
                <Button look="quiet" press={close_forms}>
                    {text("board.never_mind")}
                </Button>
            </FormButtons>
        </section>
    );
}

function WithdrawForm(): JSX.Element {
    return (
        <div class="recall-form">
            <p class="hint">{text("recall.withdraw_invite")}</p>
            <FormFields>
                <div class="fields">
                    <Reason />
                </div>
            </FormFields>
            <FormButtons>
                <Button look="danger" press={withdraw}>
                    {text("recall.withdraw")}
                </Button>
                <Button look="quiet" press={close_forms}>
                    {text("board.never_mind")}
                </Button>
            </FormButtons>
        </div>
    );
}

function Place({ place }: { place: RecallPlace }): JSX.Element {
    const { removed_at: at } = place;
    const left = place.now + place.possible > 0;
    const cleared = !left && place.removed + place.unaccounted + place.held === 0;
    return (
        <li class={left ? "recall-place left" : "recall-place"}>
            <Icon name={left ? "notice" : "check"} size={20} />
            <span>
                {name_of(place.cart_name)} · {place_text(place.position)}
            </span>
            <span>
                {place.now > 0 && <b>{text("recall.place_now", { count: place.now })}</b>}{" "}
                {place.possible > 0 && (
                    <b>{text("recall.place_possible", { count: place.possible })}</b>
                )}{" "}
                {cleared && text("recall.place_cleared")}{" "}
                {place.removed > 0
                    && text("recall.place_removed", {
                        count: place.removed,
                        proved: place.removed_proved,
                        by: place.removed_by?.name ?? "",
                        at: at ? moment_text(at, daemon_now.value) : "",
                    })}{" "}
                {place.unaccounted > 0 && (
                    <b>{text("recall.place_unaccounted", { count: place.unaccounted })}</b>
                )}
            </span>
        </li>
    );
}

function WardRow({ ward }: { ward: RecallWard }): JSX.Element {
    const known = board.value?.wards.find((one) => one.node === ward.node);
    const name = known?.stations.map(name_of).join(text("list.comma")) || ward.node;
    return (
        <li class="recall-ward">
            <h4>{name}</h4>
            {ward.answered_at === null ? (
                <p class="late">{text("recall.ward_waits")}</p>
            ) : ward.places.length === 0 ? (
                <p>{text("recall.ward_none")}</p>
            ) : (
                <ul>
                    {ward.places.map((place) => (
                        <Place key={`${place.cart}/${place.line}`} place={place} />
                    ))}
                </ul>
            )}
        </li>
    );
}

function Stand({ recall }: { recall: Recall }): JSX.Element {
    if (recall.withdrawn) {
        return (
            <p class="recall-stand">
                <Icon name="undo" size={20} />
                {text("recall.withdrawn", {
                    by: recall.withdrawn.by?.name ?? "",
                    at: moment_text(recall.withdrawn.at, daemon_now.value),
                    reason: recall.withdrawn.reason,
                })}
            </p>
        );
    }
    const { now, possible, removed, waiting, unaccounted } = recall;
    return (
        <p class={recall.done ? "recall-stand done" : "recall-stand open"}>
            <Icon name={recall.done ? "check" : "notice"} size={20} />
            <b>{text(recall.done ? "recall.done" : "recall.open")}</b>
            <span>{text("recall.counts", { now, removed, waiting })}</span>
            {possible > 0 && <b>{text("recall.possible", { count: possible })}</b>}
            {unaccounted > 0 && <b>{text("recall.place_unaccounted", { count: unaccounted })}</b>}
        </p>
    );
}

function Card({ recall }: { recall: Recall }): JSX.Element {
    const values = {
        by: recall.issued_by?.name ?? "",
        at: moment_text(recall.issued_at, daemon_now.value),
        reason: recall.reason,
    };
    return (
        <article class="recall">
            <h3>
                {name_of(recall.name)}{" "}
                <span class="strength">{strength_beside(recall.name, recall.strength)}</span>{" "}
                {recall.lot ? text("recall.of_lot", { lot: recall.lot }) : text("recall.of_all")}
            </h3>
            <p class="hint">{text("recall.issued", values)}</p>
            <Stand recall={recall} />
            {!recall.withdrawn && (
                <ul class="recall-wards">
                    {recall.wards.map((ward) => (
                        <WardRow key={ward.node} ward={ward} />
                    ))}
                </ul>
            )}
            {withdrawing.value?.seq === recall.seq ? (
                <WithdrawForm />
            ) : (
                !recall.withdrawn && (
                    <Button look="quiet" icon="undo" press={() => open_withdrawal(recall)}>
                        {text("recall.withdraw_open")}
                    </Button>
                )
            )}
        </article>
    );
}

export function RecallPanel(): JSX.Element {
    return (
        <PanelFrame title={text("recall.title")} close={close_recalls}>
            {recall_form.value ? (
                <IssueForm />
            ) : (
                <Button look="primary" icon="notice" press={() => void open_recall_form()}>
                    {text("recall.new")}
                </Button>
            )}
            {recalls.value.length === 0 && <p class="hint">{text("recall.none")}</p>}
            {recalls.value.map((recall) => (
                <Card key={recall.seq} recall={recall} />
            ))}
        </PanelFrame>
    );
}
