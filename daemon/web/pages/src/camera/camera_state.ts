// A camera as a scanner: opens it, reads frame after frame, and scans the one code that is meant.
// After each scan it waits to be told to go on, as a scanner waits for its trigger: no pack before
// the lens is counted twice. Which of several codes is meant is the daemon's to say, else a person's.
import { signal } from "@preact/signals";

import { post_json, random_key } from "../server";
import { name_of } from "../texts";
import type { TextKey } from "../texts";
import type { Choice } from "../wire";
import { Decoder } from "./decoder";
import { frame_of, photo_of } from "./frames";
import { of_photo, Sightings } from "./sightings";
import type { Sighting } from "./sightings";

// Where the camera is open: who takes what it read.
export interface CameraPlace {
    // Whose check may say which of several codes is meant; null: a person always does.
    station: () => string | null;
    take: (text: string) => void;
    touched: () => void;
    // Whether it is still to be open once the panel has left a page.
    open: () => boolean;
}

export interface Offer {
    sighting: Sighting;
    label: string; // what it stands for here, or its text
}

export type Stage =
    | { kind: "starting" | "looking" | "reading" }
    | { kind: "asking"; offers: Offer[] }
    | { kind: "done"; label: string }
    | { kind: "nothing"; why: TextKey } // of a photograph
    | { kind: "unusable"; why: TextKey; detail: string }; // of the camera

export interface Outlines {
    width: number;
    height: number;
    sightings: Sighting[];
    chosen: string; // text of the one that was scanned; "": none
}

// The daemon's own limits for a picture, which it reads where this page could not.
const upload_bytes_max = 16 * 1024 * 1024;
const upload_types = ["image/jpeg", "image/png"];

const no_outlines: Outlines = { width: 0, height: 0, sightings: [], chosen: "" };

export const stage = signal<Stage>({ kind: "starting" });
export const outlines = signal<Outlines>(no_outlines);
// The photograph that is shown in place of the camera's picture; "" where there is none.
export const photo = signal("");

// What was scanned last, until the next code is asked for; null: nothing was. The panel moves from one
// page to another where a scan opens or closes a check, and the code still lies before the lens then.
let scanned: { place: CameraPlace; label: string } | null = null;

// The panel was closed.
export function forget_scanned(): void {
    scanned = null;
}

// For people: without the identifier, separators as gaps.
function plain(text: string): string {
    return text.replace(/^\][A-Za-z]\w/, "").replace(/\x1d/g, " ");
}

function why_no_camera(error: unknown): Stage {
    const name = error instanceof DOMException ? error.name : String(error);
    if (name === "NotAllowedError") {
        return { kind: "unusable", why: "camera.refused", detail: "" };
    }
    if (name === "NotFoundError" || name === "OverconstrainedError") {
        return { kind: "unusable", why: "camera.absent", detail: "" };
    }
    return { kind: "unusable", why: "camera.failed", detail: name };
}

export class Camera {
    private x_video: HTMLVideoElement;
    private x_place: CameraPlace;
    private x_decoder = new Decoder();
    private x_sightings = new Sightings();
    private x_stream: MediaStream | null = null;
    private x_reading: Promise<unknown> = Promise.resolve(); // the last picture's
    private x_stopped = false;

    constructor(video: HTMLVideoElement, place: CameraPlace) {
        this.x_video = video;
        this.x_place = place;
        scanned = scanned?.place === place ? scanned : null;
        stage.value = scanned ? { kind: "done", label: scanned.label } : { kind: "starting" };
        outlines.value = no_outlines;
        photo.value = "";
    }

    async start(): Promise<void> {
        if (!("mediaDevices" in navigator)) {
            const why = window.isSecureContext ? "camera.absent" : "camera.insecure";
            stage.value = { kind: "unusable", why, detail: "" };
            return;
        }
        try {
            const stream = await navigator.mediaDevices.getUserMedia({
                audio: false,
                video: {
                    facingMode: { ideal: "environment" },
                    width: { ideal: 1280 },
                    height: { ideal: 720 },
                },
            });
            this.x_stream = stream;
            if (this.x_stopped) {
                this.stop(); // closed while the browser asked
                return;
            }
            this.x_video.srcObject = stream;
            if (scanned === null) {
                await this.look();
            } else {
                await this.x_video.play();
                this.x_video.pause(); // the picture, as it was before the panel moved
            }
        } catch (error) {
            stage.value = why_no_camera(error);
        }
    }

    stop(): void {
        this.x_stopped = true;
        this.x_decoder.stop();
        this.x_stream?.getTracks().forEach((track) => track.stop());
        this.show_photo("");
    }

    // Goes on to the next code.
    async look(): Promise<void> {
        scanned = null;
        this.show_photo("");
        outlines.value = no_outlines;
        this.x_sightings = new Sightings();
        this.x_place.touched();
        if (this.x_stream) {
            await this.x_video.play();
            stage.value = { kind: "looking" };
            this.next_frame();
        } else {
            await this.start();
        }
    }

    choose(sighting: Sighting): void {
        const offer =
            stage.value.kind === "asking"
                ? stage.value.offers.find((one) => one.sighting.text === sighting.text)
                : undefined;
        if (offer) {
            this.send(offer);
        }
    }

    async take_photo(file: File): Promise<void> {
        this.x_video.pause();
        scanned = null;
        stage.value = { kind: "reading" };
        outlines.value = no_outlines;
        this.show_photo(URL.createObjectURL(file));
        const pixels = await photo_of(file);
        if (!pixels) {
            stage.value = { kind: "nothing", why: "camera.no_picture" };
            return;
        }
        const { width, height } = pixels;
        const found = of_photo(await this.read(pixels));
        const codes = found.length > 0 ? found : await this.ask_daemon_to_read(file);
        if (this.x_stopped) {
            return;
        }
        outlines.value = { width, height, sightings: codes, chosen: "" };
        if (codes.length > 0) {
            await this.decide(codes);
        } else if (stage.value.kind === "reading") {
            stage.value = { kind: "nothing", why: "camera.nothing" };
        }
    }

    private show_photo(url: string): void {
        if (photo.value) {
            URL.revokeObjectURL(photo.value);
        }
        photo.value = url;
    }

    // A paused picture has no next frame: the loop ends with it.
    private next_frame(): void {
        this.x_video.requestVideoFrameCallback(() => void this.frame());
    }

    private async frame(): Promise<void> {
        const pixels = stage.value.kind === "looking" ? frame_of(this.x_video) : null;
        if (pixels) {
            const { width, height } = pixels;
            const found = await this.read(pixels);
            if (stage.value.kind === "looking" && !this.x_stopped) {
                this.saw(found, width, height);
            }
        }
        if (stage.value.kind === "looking" && !this.x_stopped) {
            this.next_frame();
        }
    }

    private saw(found: Sighting[], width: number, height: number): void {
        outlines.value = { width, height, sightings: found, chosen: "" };
        const settled = this.x_sightings.take(found, performance.now());
        if (settled) {
            this.x_video.pause();
            outlines.value = { width, height, sightings: settled, chosen: "" };
            void this.decide(settled);
        }
    }

    // One after the other: a photograph may be chosen while a frame is read.
    private async read(pixels: ImageData): Promise<Sighting[]> {
        const before = this.x_reading;
        const own = before.then(() => this.x_decoder.read(pixels));
        this.x_reading = own.catch(() => undefined);
        try {
            return await own;
        } catch (error) {
            if (!this.x_stopped) {
                stage.value = { kind: "unusable", why: "camera.no_decoder", detail: String(error) };
            }
            return [];
        }
    }

    private async decide(codes: Sighting[]): Promise<void> {
        const [only] = codes;
        if (only && codes.length === 1) {
            this.send({ sighting: only, label: plain(only.text) });
            return;
        }
        stage.value = { kind: "reading" };
        const choice = await this.ask_which(codes.map((one) => one.text));
        if (this.x_stopped) {
            return;
        }
        const offers = codes.map((sighting, i) => {
            const code = choice?.codes[i];
            const label = [name_of(code?.name ?? null), plain(code?.text ?? sighting.text)];
            return { sighting, label: label.filter((part) => part !== "").join(" ") };
        });
        const chosen = offers[choice?.chosen ?? -1];
        if (chosen) {
            this.send(chosen);
        } else {
            stage.value = { kind: "asking", offers };
        }
    }

    private async ask_which(texts: string[]): Promise<Choice | null> {
        const station = this.x_place.station();
        if (station === null) {
            return null;
        }
        const asked = { station, texts };
        const sent = await post_json<Choice>("/api/v1/scans/choose", asked, random_key());
        return sent.kind === "answer" ? sent.answer : null;
    }

    private send({ sighting, label }: Offer): void {
        outlines.value = { ...outlines.value, chosen: sighting.text };
        stage.value = { kind: "done", label };
        scanned = { place: this.x_place, label };
        this.x_place.take(sighting.text);
    }

    // The daemon has further decoders, and answers codes as it reads them, without their places.
    private async ask_daemon_to_read(file: File): Promise<Sighting[]> {
        const station = this.x_place.station();
        const fits = upload_types.includes(file.type) && file.size <= upload_bytes_max;
        if (station === null || !fits) {
            return [];
        }
        const path = `/api/v1/images?station=${encodeURIComponent(station)}`;
        const sent = await post_json<{ symbols: { raw: string }[] }>(path, file, random_key());
        const symbols = sent.kind === "answer" ? sent.answer.symbols : [];
        return of_photo(symbols.map(({ raw }) => ({ text: raw, corners: [] })));
    }
}
