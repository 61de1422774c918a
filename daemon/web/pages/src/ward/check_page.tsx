// The loop: scan, see, go on. Result band on top, the list beside the last steps, and what can be
// done always in the same places.
import type { JSX } from "preact";

import { clock_text, day_text } from "../days";
import { Band } from "../parts/band";
import { Button } from "../parts/button";
import { Expiry, HighAlert } from "../parts/badges";
import { Icon } from "../parts/icon";
import { place_text } from "../parts/place_text";
import { step_sentence } from "../parts/step_sentence";
import { shown } from "../shown";
import { name_of, text, unit_text } from "../texts";
import type { Check, Device, Line, Reply, Step } from "../wire";
import { DeviceActions, TestList } from "./device_tests";
import { drawers_of, next_drawer } from "./drawers";
import { first_to_expire, LineName, Lines } from "./lines";
import { next_step } from "./next_step";
import { Panels } from "./panels";
import { SealWord } from "./seal_word";
import { UseList } from "./use";
import {
    asks_for_lines,
    choice_keys,
    choose_reading,
    command,
    current_device,
    current_line,
    is_use,
    open_for_line,
    open_panel,
    panel,
    readings,
} from "./ward_state";

const steps_shown = 12;
const raw_chars = 24; // of a code in the list of steps

interface LineAboutProps {
    line: Line;
    reply: Reply;
    kind: Check["kind"];
}

// What was counted; before that only what is on record, which nobody has seen in this check.
function LineHas({ line }: { line: Line }): JSX.Element | null {
    const unit = unit_text(line.unit);
    if (line.counted !== null) {
        return <span>{text("line.counted", { count: line.counted, unit })}</span>;
    }
    return line.on_file === null ? null : (
        <span>{text("line.on_file", { count: line.on_file, unit })}</span>
    );
}

function LineAbout({ line, reply, kind }: LineAboutProps): JSX.Element {
    const lot = line.lots.find((one) => one.lot === reply.lot) ?? first_to_expire(line);
    const day = reply.last_usable_day ?? lot?.last_usable_day ?? null;
    const days = reply.last_usable_day ? reply.days_left : (lot?.days_left ?? null);
    return (
        <div class="about">
            <h2>
                <LineName line={line} /> {line.high_alert && <HighAlert />}
            </h2>
            <p class="about-facts">
                <span>{text("line.par", { count: line.par ?? "?" })}</span>
                {/* After an emergency the sentence says what is left; on file is what was there. */}
                {kind !== "after_use" && <LineHas line={line} />}
                {(reply.lot ?? lot?.lot) && (
                    <span>{text("line.lot", { lot: reply.lot ?? lot?.lot ?? "" })}</span>
                )}
                {lot?.substitute && (
                    <span class="twin">
                        <Icon name="notice" size={20} />
                        {text("line.substitute", { name: name_of(lot.substitute) })}
                    </span>
                )}
                {day && days !== null && <Expiry day={day} days={days} />}
                <span>{place_text(line.position)}</span>
                {line.lasa_twin && (
                    <span class="twin">
                        <Icon name="notice" size={20} />
                        {text("line.twin", { name: name_of(line.lasa_twin) })}
                    </span>
                )}
            </p>
        </div>
    );
}

function DeviceAbout({ device }: { device: Device }): JSX.Element {
    return (
        <div class="about">
            <h2>{name_of(device.name)}</h2>
            <p class="about-facts">
                <span>{text(`device.${device.state}`)}</span>
                <span>{place_text(device.position)}</span>
            </p>
            <TestList device={device} />
        </div>
    );
}

// What the last reply speaks of.
function About({ check }: { check: Check }): JSX.Element | null {
    const one = shown.value;
    if (one?.from !== "daemon") {
        return null;
    }
    const line = check.lines.find((candidate) => candidate.id === one.reply.line);
    const device = check.devices.find((candidate) => candidate.id === one.reply.device);
    if (line) {
        return <LineAbout line={line} reply={one.reply} kind={check.kind} />;
    }
    return device ? <DeviceAbout device={device} /> : null;
}

// A number that could mean several lots: one press says which, the first to expire first.
function LotChoice(): JSX.Element | null {
    const line = current_line.value;
    const one = shown.value;
    if (!line || one?.from !== "daemon" || one.reply.message !== "which_lot") {
        return null;
    }
    const lots = [...line.lots].sort(
        (a, b) => (a.days_left ?? Infinity) - (b.days_left ?? Infinity),
    );
    return (
        <div class="lot-choice" role="group" aria-label={text("check.lots")}>
            {lots.map(({ lot, last_usable_day, quantity, substitute }) => (
                <Button
                    key={lot}
                    look="primary"
                    press={() => command({ do: "select_line", line: line.id, lot })}
                >
                    {text("band.lot_choice", {
                        lot: lot || text("line.no_lot"),
                        day: last_usable_day ? day_text(last_usable_day) : "",
                        count: quantity ?? "?",
                        unit: unit_text(line.unit),
                        name: substitute ? name_of(substitute) : "",
                    })}
                </Button>
            ))}
        </div>
    );
}

// A code that can be read in several ways: one press, or its digit, says what stands on the pack.
function ReadingChoice(): JSX.Element | null {
    if (readings.value.length === 0) {
        return null;
    }
    return (
        <div class="lot-choice reading-choice" role="group" aria-label={text("band.readings")}>
            {readings.value.map(({ lot, last_usable_day, serial }, i) => (
                <Button
                    key={i}
                    look="primary"
                    {...(i < choice_keys ? { shortcut: String(i + 1) } : {})}
                    press={() => choose_reading(i + 1)}
                >
                    {text("band.reading_choice", {
                        lot: lot ?? text("line.no_lot"),
                        day: last_usable_day ? day_text(last_usable_day) : text("band.no_day"),
                        serial: serial ?? "",
                    })}
                </Button>
            ))}
        </div>
    );
}

// The one thing to do next is to take it out.
function expired_shown(): boolean {
    const one = shown.value;
    return one?.from === "daemon" && one.reply.verdict === "expired";
}

// The cart may hold it under another code: its name, its place or its label find it.
function FindUnknown(): JSX.Element {
    return (
        <Button look="primary" icon="search" shortcut="/" press={() => open_panel("find")}>
            {text("action.find_unknown")}
        </Button>
    );
}

function unknown_shown(): boolean {
    const one = shown.value;
    return one?.from === "daemon" && one.reply.message === "unknown_code";
}

function LineActions(): JSX.Element | null {
    const off = current_line.value === null;
    if (!asks_for_lines.value) {
        return null;
    }
    if (off && unknown_shown()) {
        return <FindUnknown />;
    }
    return (
        <>
            {unknown_shown() && <FindUnknown />}
            <Button off={off} press={() => open_for_line("quantity")}>
                {text("action.quantity")}
            </Button>
            {!is_use.value && <CountActions off={off} />}
        </>
    );
}

// What only a count can take.
function CountActions({ off }: { off: boolean }): JSX.Element {
    return (
        <>
            <Button off={off} shortcut="M" press={() => command({ do: "missing" })}>
                {text("action.missing")}
            </Button>
            <Button
                off={off}
                look={expired_shown() ? "primary" : "plain"}
                shortcut="E"
                press={() => command({ do: "take_out_expired" })}
            >
                {text("action.expired")}
            </Button>
            <Button off={off} shortcut="D" press={() => open_for_line("damaged")}>
                {text("action.damaged")}
            </Button>
            <Button off={off} shortcut="L" press={() => open_for_line("expiry")}>
                {text("action.new_lot")}
            </Button>
        </>
    );
}

export function Actions(): JSX.Element {
    const line = current_line.value;
    const device = current_device.value;
    const name = line ? name_of(line.name) : device ? name_of(device.name) : "";
    return (
        <div class="actions" role="group" aria-label={text("action.group")}>
            <span class="actions-for">{name && text("action.for", { name })}</span>
            <Button icon="undo" shortcut="Z" press={() => command({ do: "undo" })}>
                {text("action.undo")}
            </Button>
            {device && !line ? <DeviceActions /> : <LineActions />}
        </div>
    );
}

function StepRow({ step }: { step: Step }): JSX.Element {
    return (
        <li class={step.undone ? "undone" : ""}>
            <time>{clock_text(step.at, true)}</time>
            <span>
                {step_sentence(step, raw_chars)}
                {step.undone && ` ${text("step.undone")}`}
            </span>
        </li>
    );
}

function Steps({ check }: { check: Check }): JSX.Element {
    return (
        <section class="steps" aria-label={text("check.steps")} tabIndex={0}>
            <h2>{text("check.steps")}</h2>
            {check.steps.length === 0 && <p class="empty">{text("check.no_steps")}</p>}
            <ol>
                {check.steps.slice(0, steps_shown).map((step) => (
                    <StepRow key={step.number} step={step} />
                ))}
            </ol>
        </section>
    );
}

// What the badge will finish.
function finish_text(kind: Check["kind"]): string {
    switch (kind) {
        case "restock":
            return text("action.finish_restock");
        case "after_use":
            return text("action.finish_use");
        default:
            return text("action.finish");
    }
}

function Footer({ check }: { check: Check }): JSX.Element {
    return (
        <footer class="footer">
            <span class="invite">{next_step(check)}</span>
            {/* What was used lies in no drawer any more. */}
            {!check.use && drawers_of(check).length > 1 && (
                <Button shortcut="N" press={next_drawer}>
                    {text("action.next_drawer")}
                </Button>
            )}
            <Button icon="search" shortcut="/" press={() => open_panel("find")}>
                {text(asks_for_lines.value ? "action.find" : "find.code_short")}
            </Button>
            <Button icon="camera" press={() => open_panel("camera")}>
                {text("camera.open")}
            </Button>
            {check.parked.length > 0 && (
                <Button press={() => open_panel("parked")} icon="barcode">
                    {text("action.parked", { count: check.parked.length })}
                </Button>
            )}
            <Button icon="help" shortcut="F1" press={() => open_panel("help")}>
                {text("action.help")}
            </Button>
            <Button look="primary" icon="lock" press={() => command({ do: "close" })}>
                {finish_text(check.kind)}
            </Button>
        </footer>
    );
}

export function CheckPage({ check }: { check: Check }): JSX.Element {
    return (
        <main class="check">
            <Band idle={next_step(check)} about={<About check={check} />}>
                <LotChoice />
                <SealWord />
                <ReadingChoice />
                <Actions />
            </Band>
            <div class={panel.value ? "work with-panel" : "work"}>
                <Lines check={check} />
                {panel.value ? (
                    <Panels panel={panel.value} />
                ) : check.use ? (
                    <UseList check={check} />
                ) : (
                    <Steps check={check} />
                )}
            </div>
            <Footer check={check} />
        </main>
    );
}
