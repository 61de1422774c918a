// What the result band shows: the daemon's reply, or a word of the page's own where nothing could
// be sent. It stays until the next one.
import { signal } from "@preact/signals";

import { play } from "./sounds";
import type { TextKey, Values } from "./texts";
import type { Reply, ReplyKind } from "./wire";

export type Shown =
    | { from: "daemon"; kind: ReplyKind; reply: Reply }
    | { from: "page"; kind: ReplyKind; key: TextKey; values: Values };

export const shown = signal<Shown | null>(null);
// Counts what was shown, so that the same words twice are two announcements.
export const shown_count = signal(0);

export function show(next: Shown): void {
    shown.value = next;
    shown_count.value += 1;
    play(next.kind);
}

export function show_reply(reply: Reply): void {
    show({ from: "daemon", kind: reply.kind, reply });
}

export function show_own(kind: ReplyKind, key: TextKey, values: Values = {}): void {
    show(own_word(kind, key, values));
}

export function own_word(kind: ReplyKind, key: TextKey, values: Values = {}): Shown {
    return { from: "page", kind, key, values };
}

// Replies reach a page twice, as the answer to its own request and over the live connection; and
// once, where another scanner of the station was used. Each is shown, and heard, once.
export class ReplyWatch {
    private x_seen: string | null = null;
    private x_seen_live = false;

    // The state at load is no news.
    begin(last: Reply | null): void {
        this.x_seen = JSON.stringify(last);
        if (last) {
            shown.value = { from: "daemon", kind: last.kind, reply: last };
        }
    }

    // Before each request of this page.
    asked(): void {
        this.x_seen_live = false;
    }

    live(last: Reply | null): void {
        const text = JSON.stringify(last);
        if (last && text !== this.x_seen) {
            this.x_seen = text;
            this.x_seen_live = true;
            show_reply(last);
        }
    }

    answered(reply: Reply): void {
        const text = JSON.stringify(reply);
        if (!(this.x_seen_live && text === this.x_seen)) {
            show_reply(reply);
        }
        this.x_seen = text;
    }
}
