// The frame of both pages: one header, strips that say what is wrong with the machine, one main.
import type { ComponentChildren, JSX } from "preact";

import { clock_text, moment_text } from "../days";
import { daemon_now, live, lost_since, queued } from "../line_state";
import { accept_sounds, unlock, unlocked } from "../sounds";
import { language, set_language, text } from "../texts";
import type { Language } from "../texts";
import { ClockNotice } from "./clock_notice";
import type { ClockNoticeProps } from "./clock_notice";
import { Dot, Icon } from "./icon";
import type { IconName } from "./icon";

function LanguageButton({ to, label }: { to: Language; label: string }): JSX.Element {
    return (
        <button
            type="button"
            class="chip"
            lang={to}
            aria-pressed={language.value === to}
            onClick={() => {
                set_language(to).catch((error: unknown) => console.error(error));
            }}
        >
            {label}
        </button>
    );
}

function SoundButton({ open }: { open: () => void }): JSX.Element {
    if (!unlocked.value) {
        return (
            <button type="button" class="chip alarming" onClick={unlock}>
                <Icon name="muted" size={22} /> {text("sound.locked")}
            </button>
        );
    }
    const icon: IconName = accept_sounds.value ? "sound" : "muted";
    return (
        <button type="button" class="chip" onClick={open} aria-label={text("sound.title")}>
            <Icon name={icon} size={22} />
        </button>
    );
}

export interface HeaderProps {
    title: string;
    children?: ComponentChildren; // operator, progress
    links?: ComponentChildren; // state of further connections
    open_sound: () => void;
}

export function Header({ title, children, links, open_sound }: HeaderProps): JSX.Element {
    return (
        <header class="header">
            <h1>{title}</h1>
            <div class="header-middle">{children}</div>
            <div class="header-end">
                <span class="link-state">
                    <Dot on={live.value} /> {text(live.value ? "live.local" : "live.local_lost")}
                </span>
                {links}
                <time class="clock" dateTime={daemon_now.value}>
                    {daemon_now.value && clock_text(daemon_now.value)}
                </time>
                <SoundButton open={open_sound} />
                <div class="languages" role="group" aria-label={text("app.language")}>
                    <LanguageButton to="zh-CN" label={text("app.zh")} />
                    <LanguageButton to="en" label={text("app.en")} />
                </div>
            </div>
        </header>
    );
}

export interface StripProps {
    look: "danger" | "warn" | "info";
    icon: IconName;
    children: ComponentChildren;
}

export function Strip({ look, icon, children }: StripProps): JSX.Element {
    return (
        <div class={`strip strip-${look}`} role="alert">
            <Icon name={icon} />
            <span>{children}</span>
        </div>
    );
}

// What is wrong with the machine, worst first; nothing where all is well.
export function Strips({ recording, clock, children }: {
    recording: boolean;
    clock: ClockNoticeProps;
    children?: ComponentChildren;
}): JSX.Element {
    const since = lost_since.value;
    const { count, blocked } = queued.value;
    return (
        <div class="strips">
            {!recording && (
                <Strip look="danger" icon="cross">
                    {text("strip.not_recording")}
                </Strip>
            )}
            <ClockNotice {...clock} />
            {!live.value && since && (
                <Strip look="warn" icon="clock">
                    {text("strip.lost", { since: moment_text(since, daemon_now.value) })}
                </Strip>
            )}
            {blocked && (
                <Strip look="warn" icon="barcode">
                    {text("strip.queued", { count })}
                </Strip>
            )}
            {children}
        </div>
    );
}
