// The daemon as the page sees it: fetch and one WebSocket. The only file that knows either.
import { early_answer, json_headers } from "./early";
import type { LiveMessage } from "./wire";
import type { Sent } from "./scan_queue";

// The daemon answers within 30 s or says 503; after that the line is dead.
const answer_max_ms = 35_000;
// Ticks come every 5 s: three missed are a dead line.
export const silence_max_ms = 15_000;
// Between two attempts to reach the daemon.
export const retry_ms = 1_000;

export function random_key(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// By which name this tab listens to a station's scanners: the same after it was loaded again, and
// nobody else's.
export function name_of_tab(): string {
    const kept = "cartwatch.listener";
    const known = sessionStorage.getItem(kept) ?? random_key();
    sessionStorage.setItem(kept, known);
    return known;
}

// The JSON at a path; null where the daemon says that there is no such thing. Throws else.
export async function get_json<T>(path: string): Promise<T | null> {
    const response = await (early_answer(path) ?? fetch(path, { headers: json_headers }));
    if (response.status === 404) {
        return null;
    }
    if (!response.ok) {
        throw new Error(`${path}: ${response.status}`);
    }
    return (await response.json()) as T;
}

// Why the daemon refused: in its own words, and the key of the catalogues' words ("" where it has
// none).
export async function refusal_of(response: Response): Promise<{ detail: string; reason: string }> {
    try {
        const told = (await response.json()) as { title?: string; detail?: string; reason?: string };
        const detail = told.detail ?? told.title ?? String(response.status);
        return { detail, reason: told.reason ?? "" };
    } catch {
        return { detail: String(response.status), reason: "" }; // no problem document
    }
}

// A picture or a sheet goes as it is, everything else as JSON.
export async function post_json<T>(path: string, body: unknown, key: string): Promise<Sent<T>> {
    const abort = new AbortController();
    const timer = window.setTimeout(() => abort.abort(), answer_max_ms);
    const bytes = body instanceof Blob ? body : null;
    const type = bytes ? bytes.type : "application/json";
    try {
        const response = await fetch(path, {
            method: "POST",
            headers: { "Content-Type": type, "Idempotency-Key": key },
            body: bytes ?? JSON.stringify(body),
            signal: abort.signal,
        });
        if (!response.ok) {
            return { kind: "refused", ...(await refusal_of(response)), status: response.status };
        }
        return { kind: "answer", answer: (await response.json()) as T };
    } catch {
        return { kind: "lost" };
    } finally {
        window.clearTimeout(timer);
    }
}

export interface LiveOptions<V> {
    path: string;
    took: (message: LiveMessage<V>) => void;
    changed: (open: boolean) => void;
}

// Keeps one connection open for as long as the page lives; silence counts as a broken one.
export function keep_live<V>(options: LiveOptions<V>): void {
    const url = new URL(options.path, window.location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    let silence = 0;
    let over = false;
    const end = (): void => {
        if (!over) {
            over = true;
            window.clearTimeout(silence);
            socket.close();
            options.changed(false);
            window.setTimeout(() => keep_live(options), retry_ms);
        }
    };
    const alive = (): void => {
        window.clearTimeout(silence);
        silence = window.setTimeout(end, silence_max_ms);
    };
    alive();
    socket.onmessage = (event: MessageEvent<string>) => {
        if (!over) {
            alive();
            options.changed(true);
            options.took(JSON.parse(event.data) as LiveMessage<V>);
        }
    };
    socket.onclose = end;
    socket.onerror = end;
}
