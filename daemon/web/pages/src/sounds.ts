// Four sounds that nurses learn in two minutes, and the board's chime. Never three or five pulses,
// which is how monitors alarm. The success sound can be switched off; reject only made quieter.
import { signal } from "@preact/signals";

import type { ReplyKind } from "./wire";

export interface Pulse {
    hz: number;
    ms: number;
}

export type SoundKind = ReplyKind | "alarm";

// At most two pulses, each at most 350 ms: shorter and fewer than any patient alarm.
export const sounds: Record<SoundKind, Pulse[]> = {
    accept: [
        { hz: 1047, ms: 45 },
        { hz: 1319, ms: 45 },
    ],
    attention: [
        { hz: 880, ms: 80 },
        { hz: 880, ms: 80 },
    ],
    reject: [{ hz: 262, ms: 350 }],
    command: [{ hz: 660, ms: 60 }],
    alarm: [
        { hz: 784, ms: 250 },
        { hz: 523, ms: 350 },
    ],
};

const pause_ms = 40; // between two pulses, so that they are heard as two
const edge_s = 0.006; // fade in and out: no click
export const volumes = [0.25, 0.5, 1] as const;

export const unlocked = signal(false);
export const volume = signal<number>(volumes[1]);
export const accept_sounds = signal(true);

let audio: AudioContext | null = null;

function stored(key: string, otherwise: number): number {
    const value = Number(localStorage.getItem(key) ?? otherwise);
    return Number.isFinite(value) && value >= 0 && value <= 1 ? value : otherwise;
}

// The quietest is still heard: nobody can switch the reject sound off by volume.
export function set_volume(next: number): void {
    volume.value = Math.max(volumes[0], Math.min(1, next));
    localStorage.setItem("cartwatch.volume", String(volume.value));
}

export function set_accept_sounds(on: boolean): void {
    accept_sounds.value = on;
    localStorage.setItem("cartwatch.accept_sound", on ? "1" : "0");
}

function pulse(context: AudioContext, one: Pulse, start: number): number {
    const end = start + one.ms / 1000;
    const tone = context.createOscillator();
    const gain = context.createGain();
    tone.type = "triangle";
    tone.frequency.value = one.hz;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(volume.value, start + edge_s);
    gain.gain.setValueAtTime(volume.value, end - edge_s);
    gain.gain.linearRampToValueAtTime(0, end);
    tone.connect(gain).connect(context.destination);
    tone.start(start);
    tone.stop(end);
    return end + pause_ms / 1000;
}

export function play(kind: SoundKind): void {
    if (kind !== "accept" || accept_sounds.value) {
        try_sound(kind);
    }
}

// Also one that is switched off: somebody wants to hear it.
export function try_sound(kind: SoundKind): void {
    if (!audio || audio.state !== "running") {
        return;
    }
    let start = audio.currentTime;
    for (const one of sounds[kind]) {
        start = pulse(audio, one, start);
    }
}

function look(): void {
    unlocked.value = audio?.state === "running";
}

// From a click or key of the person: browsers allow sound only then.
export function unlock(): void {
    if (audio && audio.state !== "running") {
        void audio.resume().then(look);
    }
}

// Called once. Where the browser already allows sound (kiosk), nothing has to be pressed.
export function start_sounds(): void {
    set_volume(stored("cartwatch.volume", volumes[1]));
    accept_sounds.value = stored("cartwatch.accept_sound", 1) === 1;
    audio = new AudioContext({ latencyHint: "interactive" });
    audio.onstatechange = look;
    look();
    window.addEventListener("pointerdown", unlock, { capture: true });
    window.addEventListener("keydown", unlock, { capture: true });
}
