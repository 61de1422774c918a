// Before the signature: what will be called missing, what was found, the seal, and what the cart
// will be worth. Nothing is carried over silently.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { day_text, duration_text } from "../days";
import { daemon_now } from "../line_state";
import { Band } from "../parts/band";
import { Button } from "../parts/button";
import { ReadinessWord, SeverityMark } from "../parts/badges";
import { Icon } from "../parts/icon";
import { name_of, text, word } from "../texts";
import type { Cart, Check, WouldClose } from "../wire";
import { finding_sentence } from "./findings";
import { sign_text } from "./next_step";
import { Panels } from "./panels";
import { command, open_panel, panel, reviewing } from "./ward_state";

function NotScanned({ would }: { would: WouldClose }): JSX.Element {
    const missing = would.not_scanned;
    return (
        <section class={missing.length > 0 ? "review-part bad" : "review-part good"}>
            <h2>
                <Icon name={missing.length > 0 ? "cross" : "check"} />
                {text(missing.length > 0 ? "review.missing" : "review.all_scanned", {
                    count: missing.length,
                })}
            </h2>
            {missing.length > 0 && (
                <ul class="names">
                    {missing.map((one) => (
                        <li key={`${one.subject}/${one.lot}`}>
                            {text("review.not_scanned", {
                                name: name_of(one.name) || one.subject,
                                lot: one.lot ?? "",
                            })}
                        </li>
                    ))}
                </ul>
            )}
        </section>
    );
}

function Exceptions({ would }: { would: WouldClose }): JSX.Element {
    return (
        <section class="review-part">
            <h2>
                <Icon name={would.findings.length > 0 ? "notice" : "check"} />
                {text("review.findings", { count: would.findings.length })}
            </h2>
            <ul class="findings">
                {would.findings.map((finding, i) => (
                    <li key={i}>
                        <SeverityMark severity={finding.severity} />
                        {finding_sentence(finding)}
                    </li>
                ))}
            </ul>
        </section>
    );
}

function earliest_day(check: Check): string | null {
    const counted = check.lines.flatMap((line) => line.lots.filter((lot) => lot.counted));
    const days = counted.map((lot) => lot.last_usable_day);
    return days.reduce<string | null>((first, day) => (day && (!first || day < first) ? day : first), null);
}

const keyed_seal = signal("");

// For a seal whose code cannot be read.
function SealField(): JSX.Element {
    const save = (event: Event): void => {
        event.preventDefault();
        const number = keyed_seal.value.trim();
        if (number !== "") {
            keyed_seal.value = "";
            command({ do: "seal", number });
        }
    };
    return (
        <form class="seal-field" onSubmit={save}>
            <label>
                {text("review.seal_field")}
                <input
                    autoComplete="off"
                    maxLength={64}
                    value={keyed_seal.value}
                    onInput={(event) => (keyed_seal.value = event.currentTarget.value)}
                />
            </label>
            <button type="submit" class="button">
                {text("panel.enter")}
            </button>
        </form>
    );
}

function SealPart({ check, cart }: { check: Check; cart: Cart | undefined }): JSX.Element {
    const earliest = earliest_day(check);
    return (
        <section class={check.seal ? "review-part good" : "review-part ask"}>
            <h2>
                <Icon name="lock" />
                {check.seal
                    ? text("review.seal", { number: check.seal })
                    : text("review.scan_seal")}
            </h2>
            {!check.seal && <SealField />}
            {cart?.seal && <p>{text("review.old_seal", { number: cart.seal.number })}</p>}
            {earliest && <p>{text("review.earliest", { day: day_text(earliest) })}</p>}
        </section>
    );
}

function Worth({ would }: { would: WouldClose }): JSX.Element {
    return (
        <section class={`review-worth worth-${would.readiness}`}>
            <p>{text("review.would_be")}</p>
            <ReadinessWord readiness={would.readiness} />
            <p>{text("cart.in_order", { count: would.in_order, total: would.required })}</p>
            {would.ready_until && (
                <p>{text("cart.ready_until", { day: day_text(would.ready_until) })}</p>
            )}
            {would.readiness !== "ready" && <p>{word("review.means", would.readiness)}</p>}
        </section>
    );
}

function title_of(check: Check): string {
    const cart = name_of(check.cart_name);
    switch (check.kind) {
        case "restock":
            return text("review.title_restock", { cart });
        case "after_use":
            return text("review.title_use", { cart });
        default:
            return text("review.title", { cart });
    }
}

export function ReviewPage({ check, cart }: { check: Check; cart: Cart | undefined }): JSX.Element {
    return (
        <main class="check review">
            <Band idle={sign_text(check)} />
            <div class="review-head">
                <h2>{title_of(check)}</h2>
                {check.kind === "restock" || check.use ? (
                    <span>
                        {text("check.recorded", { count: check.use?.lines.length ?? check.done })}
                    </span>
                ) : (
                    <span>{text("check.done", { count: check.done, total: check.total })}</span>
                )}
                <span>
                    {text("review.took", { time: duration_text(check.opened_at, daemon_now.value) })}
                </span>
            </div>
            <div class={panel.value ? "work with-panel" : "work"}>
                <div class="review-parts" tabIndex={0} role="group" aria-label={text("review.parts")}>
                    {/* Nothing is asked for in an after-use check: nothing is missing from it. */}
                    {!check.use && <NotScanned would={check.would_close} />}
                    <Exceptions would={check.would_close} />
                </div>
                {panel.value ? (
                    <Panels panel={panel.value} />
                ) : (
                    <div class="review-parts">
                        <Worth would={check.would_close} />
                        {check.kind === "full" && <SealPart check={check} cart={cart} />}
                    </div>
                )}
            </div>
            <footer class="footer">
                <Button shortcut="Esc" press={() => (reviewing.value = false)}>
                    {text("review.back")}
                </Button>
                <Button icon="undo" shortcut="Z" press={() => command({ do: "undo" })}>
                    {text("action.undo")}
                </Button>
                <Button icon="camera" press={() => open_panel("camera")}>
                    {text("camera.open")}
                </Button>
                <p class="sign">
                    <Icon name="person" size={32} />
                    {sign_text(check)}
                </p>
            </footer>
        </main>
    );
}
