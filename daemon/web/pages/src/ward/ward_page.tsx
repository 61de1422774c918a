// The ward: overview, check and review in one frame; which is shown follows from the state.
import type { JSX } from "preact";

import { moment_text } from "../days";
import { close_history, history_place } from "../history/history_place";
import { LazyHistory } from "../history/lazy_history";
import { Band } from "../parts/band";
import { Button } from "../parts/button";
import { Dot, Icon } from "../parts/icon";
import { Header, Strip, Strips } from "../parts/frame";
import { PastNotice, ProblemStrip } from "../parts/past_notice";
import { LazyScannerPage } from "../scanner_check/lazy_scanner_page";
import { open_check } from "../scanner_check/scanner_state";
import { LazySetup } from "../setup/lazy_setup";
import { close_setup, setup_tab } from "../setup/setup_place";
import { name_of, text, word } from "../texts";
import type { Check, View } from "../wire";
import type { LinkStatus } from "../wire_link";
import { CheckPage } from "./check_page";
import { Overview } from "./overview";
import { Panels } from "./panels";
import { ReviewPage } from "./review";
import { SealWord } from "./seal_word";
import {
    at_home,
    checking_scanner,
    command,
    confirm_day,
    open_panel,
    panel,
    place,
    post_setup,
    view,
} from "./ward_state";

function LinkDot({ link }: { link: LinkStatus }): JSX.Element | null {
    return link.state === "off" ? null : (
        <span class="link-state">
            <Dot on={link.state === "connected"} />
            {text(link.state === "connected" ? "link.connected" : "link.connecting")}
        </span>
    );
}

function LinkStrip({ link, now }: { link: LinkStatus; now: string }): JSX.Element | null {
    if (link.state === "connected" || link.waiting === 0) {
        return null;
    }
    const since = link.waiting_since ? moment_text(link.waiting_since, now) : "";
    return (
        <Strip look="warn" icon="link">
            {text(link.state === "off" ? "link.off_waits" : "link.waits", {
                count: link.waiting,
                since,
            })}
        </Strip>
    );
}

function Progress({ check }: { check: Check }): JSX.Element {
    // What is put in or used has no number that it must reach.
    const is_open_ended = check.kind === "restock" || check.kind === "after_use";
    return (
        <>
            {(is_open_ended || check.total > 0) && (
                <span class="progress-text">
                    {is_open_ended
                        ? text("check.recorded", { count: check.use?.lines.length ?? check.done })
                        : text("check.done", { count: check.done, total: check.total })}
                </span>
            )}
            {!is_open_ended && check.total > 0 && (
                <progress value={check.done} max={check.total} aria-label={text("check.progress")} />
            )}
            <span class={check.exceptions > 0 ? "exceptions some" : "exceptions"}>
                {text("check.exceptions", { count: check.exceptions })}
            </span>
        </>
    );
}

function Operator({ name }: { name: string }): JSX.Element {
    return (
        <span class="operator">
            <Icon name="person" />
            {name}
        </span>
    );
}

function WardHeader({ one }: { one: View }): JSX.Element {
    const check = place.value === "home" ? null : one.check;
    const person = check ? check.checker : one.session.staff;
    return (
        <Header
            title={name_of(check ? check.cart_name : one.station.name)}
            open_sound={() => {
                close_history();
                close_setup();
                open_panel("sound");
            }}
            links={<LinkDot link={one.link} />}
        >
            {check && (
                <Button look="quiet" press={() => (at_home.value = true)}>
                    {text("home.title")}
                </Button>
            )}
            {check && <span class="check-kind">{word("check_kind", check.kind)}</span>}
            {!check && one.session.kind !== "full" && (
                <span class="check-kind">{word("check_kind", one.session.kind)}</span>
            )}
            {person && <Operator name={person.name} />}
            {check && <Progress check={check} />}
        </Header>
    );
}

function invitation(one: View): string {
    if (one.past) {
        return text("past.invite_ward");
    }
    return text(one.session.staff ? "home.invite_cart" : "home.invite");
}

// What the next check is not yet.
function other_kind(one: View): "full" | "handover" {
    return one.session.kind === "handover" ? "full" : "handover";
}

function Home({ one }: { one: View }): JSX.Element {
    return (
        <main class="home">
            <Band idle={invitation(one)}>
                <SealWord />
            </Band>
            <div class={panel.value ? "work with-panel" : "work single"}>
                <Overview view={one} />
                {panel.value && <Panels panel={panel.value} />}
            </div>
            <footer class="footer">
                <span class="invite">{invitation(one)}</span>
                <Button press={() => command({ do: "kind", kind: other_kind(one) })}>
                    {word("check_kind", other_kind(one))}
                </Button>
                <Button press={() => command({ do: "used" })}>{text("use.begin")}</Button>
                <Button press={() => command({ do: "restock" })}>{text("restock.begin")}</Button>
                <Button icon="search" shortcut="/" press={() => open_panel("find")}>
                    {text("find.code_short")}
                </Button>
                <Button icon="camera" press={() => open_panel("camera")}>
                    {text("camera.open")}
                </Button>
                <Button press={() => open_panel("more")}>{text("more.open")}</Button>
                <Button icon="help" shortcut="F1" press={() => open_panel("help")}>
                    {text("action.help")}
                </Button>
            </footer>
        </main>
    );
}

function Body({ one }: { one: View }): JSX.Element {
    if (history_place.value) {
        return <LazyHistory />;
    }
    if (setup_tab.value) {
        return (
            <LazySetup
                station={one.station.id}
                post={post_setup}
                order={one.order}
                open_policy={null}
                open_scanner={open_check}
            />
        );
    }
    if (checking_scanner.value) {
        return <LazyScannerPage />;
    }
    if (place.value === "home" || !one.check) {
        return <Home one={one} />;
    }
    const cart = one.carts.find((each) => each.id === one.check?.cart);
    return place.value === "review" ? (
        <ReviewPage check={one.check} cart={cart} />
    ) : (
        <CheckPage check={one.check} />
    );
}

export function WardPage(): JSX.Element | null {
    const one = view.value;
    return one ? (
        <div class="page">
            <WardHeader one={one} />
            <Strips recording={one.recording} clock={{ back: one.clock_back, confirm: confirm_day }}>
                <PastNotice past={one.past} role="ward" name_of_node={() => text("link.connected")} />
                <ProblemStrip problem={one.link.problem} />
                {!one.past && <LinkStrip link={one.link} now={one.now} />}
                {one.session.witness_due && (
                    <Strip look="info" icon="person">
                        {text("check.witness_due")}
                    </Strip>
                )}
            </Strips>
            <Body one={one} />
        </div>
    ) : null;
}
