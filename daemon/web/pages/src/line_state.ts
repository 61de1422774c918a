// How the daemon is reached, for both pages: the live connection, the queue of scans, the clock.
// Views are ordered by the daemon's own count: an older one never replaces a newer one, nor does one
// of a daemon that another has followed.
import { signal } from "@preact/signals";
import type { Signal } from "@preact/signals";

import { ScanQueue } from "./scan_queue";
import { keep_live, post_json, random_key, retry_ms } from "./server";
import { own_word, ReplyWatch, show } from "./shown";
import type { Shown } from "./shown";
import { refusal_key } from "./texts";
import type { Reply } from "./wire";

// The daemon's time at its last message; what the clock shows.
export const daemon_now = signal("");
export const live = signal(false);
// The daemon's time at the last message before the connection broke; "" while it stands.
export const lost_since = signal("");
export const queued = signal({ count: 0, blocked: false });

interface Answer<V> {
    reply: Reply;
    view: V;
}

// What the daemon made of a request, before it is shown; true: the page says it in words of its own.
export type Told = (said: Shown) => boolean;

export interface LineOptions<V> {
    live_path: string;
    view: Signal<V | null>;
    last_of: (view: V) => Reply | null;
}

export class DaemonLine<V extends { now: string; order: number; run: string }> {
    private x_options: LineOptions<V>;
    private x_watch = new ReplyWatch();
    private x_queue: ScanQueue<Answer<V>>;
    private x_after: Told[] = [];
    private x_order = 0;
    private x_run = "";
    private x_gone = new Set<string>(); // runs of the daemon that another followed

    constructor(options: LineOptions<V>) {
        this.x_options = options;
        this.x_queue = new ScanQueue<Answer<V>>({
            send: (path, body, key) => {
                this.x_watch.asked();
                return post_json<Answer<V>>(path, body, key);
            },
            answered: (answer) => this.answered(answer),
            refused: ({ detail, reason, status }) => {
                console.info(status, detail); // why, in the daemon's own words
                const said = own_word("reject", refusal_key(reason), { status });
                this.tell(this.x_after.shift(), said);
            },
            waiting: (count, blocked) => (queued.value = { count, blocked }),
            wait: () => new Promise((done) => window.setTimeout(done, retry_ms)),
            new_key: random_key,
        });
    }

    // From the first view on; told of every later one.
    start(first: V): void {
        this.x_watch.begin(this.x_options.last_of(first));
        this.take(first);
        keep_live<V>({
            path: this.x_options.live_path,
            took: (message) => {
                if (message.type === "tick") {
                    this.time(message.now);
                } else if (this.take(message.view)) {
                    this.x_watch.live(this.x_options.last_of(message.view));
                }
            },
            changed: (open) => {
                live.value = open;
                lost_since.value = open ? "" : lost_since.value || daemon_now.value;
            },
        });
    }

    // `after` is told once, also where the daemon did not take it.
    post(path: string, body: unknown, after: Told = () => false): void {
        this.x_after.push(after);
        if (!this.x_queue.push(path, body)) {
            this.x_after.pop();
            this.tell(after, own_word("reject", "own.queue_full"));
        }
    }

    private answered(answer: Answer<V>): void {
        this.take(answer.view);
        const { reply } = answer;
        if (!this.x_after.shift()?.({ from: "daemon", kind: reply.kind, reply })) {
            this.x_watch.answered(reply);
        }
    }

    private tell(after: Told | undefined, said: Shown): void {
        if (!after?.(said)) {
            show(said);
        }
    }

    private take(view: V): boolean {
        if (this.x_gone.has(view.run) || (view.run === this.x_run && view.order <= this.x_order)) {
            return false;
        }
        if (view.run !== this.x_run) {
            this.x_gone.add(this.x_run);
            this.x_run = view.run;
        }
        this.x_order = view.order;
        this.x_options.view.value = view;
        this.time(view.now);
        return true;
    }

    private time(now: string): void {
        daemon_now.value = now; // also where it was set back
    }
}
