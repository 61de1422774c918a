// The decoding worker as the page sees it: one picture at a time, and a new worker where one died
// or took too long.
import type { Sighting } from "./sightings";

declare const CARTWATCH_DECODER: string; // set by build.mjs

export interface Question {
    id: number;
    width: number;
    height: number;
    pixels: ArrayBuffer; // four bytes a pixel
}

export type Answer = { id: number; found: Sighting[] } | { id: number; failed: string };

// A photograph of twelve megapixels takes about a second, the first one the loading besides.
const answer_max_ms = 20_000;

interface Waiting {
    id: number;
    done: (found: Sighting[]) => void;
    failed: (error: Error) => void;
    timer: number;
}

export class Decoder {
    private x_worker: Worker | null = null;
    private x_waiting: Waiting | null = null;
    private x_count = 0;

    // Rejected where the worker cannot be loaded, fails, takes too long, or is busy.
    read(picture: ImageData): Promise<Sighting[]> {
        if (this.x_waiting) {
            return Promise.reject(new Error("the decoder is busy"));
        }
        const worker = this.x_worker ?? this.start();
        const id = (this.x_count += 1);
        const { width, height, data } = picture;
        return new Promise((done, failed) => {
            const timer = window.setTimeout(() => this.give_up("too slow"), answer_max_ms);
            this.x_waiting = { id, done, failed, timer };
            const pixels = data.buffer as ArrayBuffer;
            worker.postMessage({ id, width, height, pixels } satisfies Question, [pixels]);
        });
    }

    stop(): void {
        this.give_up("stopped");
    }

    private start(): Worker {
        const worker = new Worker(CARTWATCH_DECODER, { type: "module" });
        worker.onmessage = ({ data }: MessageEvent<Answer>) => this.take(data);
        worker.onerror = (event) => this.give_up(event.message || "not loaded");
        this.x_worker = worker;
        return worker;
    }

    private take(answer: Answer): void {
        const waiting = this.x_waiting;
        if (!waiting || waiting.id !== answer.id) {
            return;
        }
        if ("failed" in answer) {
            this.give_up(answer.failed);
            return;
        }
        this.x_waiting = null;
        window.clearTimeout(waiting.timer);
        waiting.done(answer.found);
    }

    private give_up(why: string): void {
        const waiting = this.x_waiting;
        this.x_waiting = null;
        this.x_worker?.terminate();
        this.x_worker = null;
        if (waiting) {
            window.clearTimeout(waiting.timer);
            waiting.failed(new Error(why));
        }
    }
}
