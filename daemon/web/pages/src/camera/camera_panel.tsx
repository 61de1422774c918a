// The camera beside the list: its picture with every code outlined, and what to do next. Loaded when
// it is opened first.
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { Button } from "../parts/button";
import { PanelFrame } from "../parts/panel_frame";
import { text } from "../texts";
import { Camera, forget_scanned, outlines, photo, stage } from "./camera_state";
import type { CameraPlace } from "./camera_state";
import type { Sighting } from "./sightings";

function stage_text(): string {
    const now = stage.value;
    switch (now.kind) {
        case "starting":
            return text("camera.starting");
        case "looking":
            return text("camera.looking");
        case "reading":
            return text("camera.reading");
        case "asking":
            return text("camera.asking");
        case "done":
            return text("camera.done", { text: now.label });
        case "nothing":
            return text(now.why);
        case "unusable":
            return text(now.why, { detail: now.detail });
    }
}

// There is neither a camera's picture nor a photograph.
function is_blind(): boolean {
    return stage.value.kind === "unusable" && photo.value === "";
}

function OutlineLayer({ choose }: { choose: (one: Sighting) => void }): JSX.Element | null {
    const { width, height, sightings, chosen } = outlines.value;
    if (width === 0) {
        return null;
    }
    return (
        <svg class="camera-outlines" viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
            {sightings.map((one) => (
                <polygon
                    key={one.text}
                    class={one.text === chosen ? "chosen" : ""}
                    points={one.corners.map(({ x, y }) => `${x},${y}`).join(" ")}
                    onClick={() => choose(one)}
                />
            ))}
        </svg>
    );
}

function Offers({ choose }: { choose: (one: Sighting) => void }): JSX.Element | null {
    const now = stage.value;
    return now.kind !== "asking" ? null : (
        <ul class="found offers" aria-label={text("camera.codes")}>
            {now.offers.map(({ sighting, label }) => (
                <li key={sighting.text}>
                    <Button icon="barcode" press={() => choose(sighting)}>
                        {label}
                    </Button>
                </li>
            ))}
        </ul>
    );
}

function Next({ camera }: { camera: () => Camera | null }): JSX.Element | null {
    const { kind } = stage.value;
    if (kind === "starting" || kind === "looking" || kind === "reading") {
        return null;
    }
    return (
        <Button
            key={kind}
            look="primary"
            focus={kind === "done"}
            press={() => void camera()?.look()}
        >
            {text(kind === "done" ? "camera.next" : "camera.look_again")}
        </Button>
    );
}

export interface CameraPanelProps {
    place: CameraPlace;
    close: () => void;
}

export function CameraPanel({ place, close }: CameraPanelProps): JSX.Element {
    const video = useRef<HTMLVideoElement>(null);
    const file = useRef<HTMLInputElement>(null);
    const camera = useRef<Camera | null>(null);
    useEffect(() => {
        if (!video.current) {
            return undefined;
        }
        video.current.scrollIntoView({ block: "nearest" }); // on a telephone it opens further up
        const opened = new Camera(video.current, place);
        camera.current = opened;
        void opened.start();
        return () => {
            opened.stop();
            if (!place.open()) {
                forget_scanned();
            }
        };
    }, []);
    const choose = (one: Sighting): void => camera.current?.choose(one);
    return (
        <PanelFrame title={text("camera.title")} close={close}>
            <p class="camera-stage" role="status">
                {stage_text()}
            </p>
            <div class={is_blind() ? "camera-view blind" : "camera-view"}>
                <video ref={video} muted playsInline aria-label={text("camera.picture")} />
                {photo.value && <img src={photo.value} alt={text("camera.picture")} />}
                <OutlineLayer choose={choose} />
            </div>
            <Offers choose={choose} />
            <div class="row">
                <Next camera={() => camera.current} />
                <Button press={() => file.current?.click()}>{text("camera.photo")}</Button>
            </div>
            <input
                ref={file}
                type="file"
                accept="image/*"
                capture="environment"
                hidden
                onChange={({ currentTarget }) => {
                    const chosen = currentTarget.files?.[0];
                    if (chosen) {
                        void camera.current?.take_photo(chosen);
                    }
                    currentTarget.value = ""; // the same file may be chosen again
                }}
            />
        </PanelFrame>
    );
}
