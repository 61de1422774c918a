// Serves the built pages with answers that a test sets: for what a page does with them, never for
// what a daemon decides. One WebSocket message at a time, as the contract says.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const types = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".wasm": "application/wasm",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
};

// As the daemon sends it.
const policy =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; "
    + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const websocket_suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // RFC 6455, section 1.3

function frame(text) {
    const bytes = Buffer.from(text);
    const head = bytes.length < 126 ? Buffer.alloc(2) : Buffer.alloc(bytes.length < 65536 ? 4 : 10);
    head[0] = 0x81;
    if (head.length === 2) {
        head[1] = bytes.length;
    } else if (head.length === 4) {
        head[1] = 126;
        head.writeUInt16BE(bytes.length, 2);
    } else {
        head[1] = 127;
        head.writeBigUInt64BE(BigInt(bytes.length), 2);
    }
    return Buffer.concat([head, bytes]);
}

async function body_of(request) {
    const parts = [];
    for await (const part of request) {
        parts.push(part);
    }
    const bytes = Buffer.concat(parts);
    const is_json = request.headers["content-type"] === "application/json";
    return is_json ? JSON.parse(bytes.toString()) : bytes;
}

export class FakeServer {
    posts = []; // {path, body, key}, in order of arrival
    asked = []; // paths with queries of `gets` that were asked for, in order
    stations = null; // null: a pharmacy
    view = null;
    scanner_check = {
        codes: [],
        scanners: [],
        page: {
            ...{ name: "", identity: "page:OR", kind: "page", layout: "us", present: true },
            ...{ reason: "", detail: "", profile: null },
        },
    };
    gets = {}; // path → what a GET is answered with, or a function of its query
    failing = ""; // a GET of this path is answered 503
    answer = () => ({ reply: null, view: this.view }); // (post) → body, or {status, problem}
    x_sockets = new Set();
    run = "first"; // names this run of the daemon
    x_order = 0;

    constructor(pages) {
        this.pages = pages;
        this.server = createServer((request, response) => void this.serve(request, response));
        this.server.on("upgrade", (request, socket) => this.upgrade(request, socket));
    }

    async listen() {
        await new Promise((done) => this.server.listen(0, "127.0.0.1", done));
        this.port = this.server.address().port;
        this.url = `http://127.0.0.1:${this.port}/`;
        this.beat = setInterval(() => this.view && this.tick(this.view.now), 5000);
    }

    async close() {
        clearInterval(this.beat);
        this.drop();
        this.server.closeAllConnections();
        await new Promise((done) => this.server.close(done));
    }

    // Sends a new view to every page that is connected.
    push(view = this.view) {
        this.view = view;
        this.tell({ type: "view", view: this.numbered(view) });
    }

    // Views are numbered in the order in which they are sent, but for one that says its own.
    numbered(view) {
        const run = this.run;
        return view && view.order === undefined ? { run, ...view, order: ++this.x_order } : view;
    }

    tick(now) {
        this.tell({ type: "tick", now });
    }

    // As if the daemon had been started anew: it counts its views from the beginning.
    restart(run) {
        this.drop();
        this.mend();
        this.run = run;
        this.x_order = 0;
    }

    // Breaks every live connection and refuses new ones until `mend`.
    drop() {
        this.broken = true;
        this.x_sockets.forEach((socket) => socket.destroy());
        this.x_sockets.clear();
    }

    mend() {
        this.broken = false;
    }

    tell(message) {
        this.x_sockets.forEach((socket) => socket.write(frame(JSON.stringify(message))));
    }

    upgrade(request, socket) {
        if (this.broken) {
            socket.destroy();
            return;
        }
        const key = request.headers["sec-websocket-key"] + websocket_suffix;
        const accept = createHash("sha1").update(key).digest("base64");
        socket.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + `Sec-WebSocket-Accept: ${accept}\r\n\r\n`,
        );
        socket.on("error", () => this.x_sockets.delete(socket));
        socket.on("close", () => this.x_sockets.delete(socket));
        this.x_sockets.add(socket);
        socket.write(frame(JSON.stringify({ type: "view", view: this.numbered(this.view) })));
    }

    async serve(request, response) {
        if (this.broken) {
            request.socket.destroy();
            return;
        }
        const { pathname, search, searchParams } = new URL(request.url, this.url);
        if (pathname === "/api/v1/scanner_check/listen") {
            this.send(response, 200, { listening_ms: 5000, taken: false, last: 0, heard: [] });
        } else if (pathname === "/api/v1/scanner_check") {
            this.send(response, 200, this.scanner_check);
        } else if (request.method === "GET" && pathname === this.failing) {
            this.send(response, 503, { status: 503, title: "Not recording" });
        } else if (request.method === "GET" && this.gets[pathname]) {
            const known = this.gets[pathname];
            this.asked.push(pathname + search);
            this.send(response, 200, typeof known === "function" ? known(searchParams) : known);
        } else if (request.method === "POST") {
            const key = request.headers["idempotency-key"];
            const post = { path: pathname, body: await body_of(request), key };
            this.posts.push(post);
            const answer = await this.answer(post);
            if (answer === "lost") {
                this.break_off(response);
                return;
            }
            const problem = answer.status !== undefined;
            const body = { ...answer, view: this.numbered(answer.view) };
            this.send(response, problem ? answer.status : 200, problem ? answer.problem : body);
        } else if (pathname === "/api/v1/stations") {
            const board = { node: "pharmacy", role: "pharmacy", stations: [] };
            this.send(response, 200, this.stations ?? board);
        } else if (pathname === "/api/v1/view") {
            this.send(response, 200, this.numbered(this.view));
        } else {
            this.file(response, pathname === "/" ? "/index.html" : pathname);
        }
    }

    // Begins an answer and ends the connection: Chromium itself asks again where nothing had begun.
    break_off(response) {
        response.writeHead(200, { "Content-Type": "application/json", "Content-Length": "100" });
        response.write("{", () => response.socket.destroy());
    }

    // JSON, or bytes that are a picture.
    send(response, status, body) {
        const drawn = Buffer.isBuffer(body) ? "image/svg+xml" : null;
        response.writeHead(status, {
            "Content-Type": drawn ?? (status < 400 ? "application/json" : "application/problem+json"),
        });
        response.end(drawn ? body : JSON.stringify(body));
    }

    file(response, name) {
        try {
            const bytes = readFileSync(join(this.pages, name));
            response.writeHead(200, {
                "Content-Type": types[extname(name)] ?? "application/octet-stream",
                "Content-Security-Policy": policy,
            });
            response.end(bytes);
        } catch {
            response.writeHead(404);
            response.end();
        }
    }
}
