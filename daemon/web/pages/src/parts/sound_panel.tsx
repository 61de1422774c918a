// Volume, the success sound, and a trial of each sound.
import type { JSX } from "preact";

import { accept_sounds, play, set_accept_sounds, set_volume, volume, volumes } from "../sounds";
import type { SoundKind } from "../sounds";
import { text, word } from "../texts";
import { Button } from "./button";
import { PanelFrame } from "./panel_frame";

const tried: SoundKind[] = ["accept", "attention", "reject", "command"];

export function SoundPanel({ close }: { close: () => void }): JSX.Element {
    return (
        <PanelFrame title={text("sound.title")} close={close}>
            <p>{text("sound.about")}</p>
            <div class="row" role="group" aria-label={text("sound.volume")}>
                {volumes.map((one, i) => (
                    <Button key={one} press={() => set_volume(one)} pressed={volume.value === one}>
                        {word("sound.volume", String(i + 1))}
                    </Button>
                ))}
            </div>
            <Button
                press={() => set_accept_sounds(!accept_sounds.value)}
                pressed={accept_sounds.value}
            >
                {text(accept_sounds.value ? "sound.accept_on" : "sound.accept_off")}
            </Button>
            <h3>{text("sound.try")}</h3>
            <div class="row">
                {tried.map((kind) => (
                    <Button key={kind} icon="sound" press={() => play(kind)}>
                        {word("kind", kind)}
                    </Button>
                ))}
            </div>
        </PanelFrame>
    );
}
