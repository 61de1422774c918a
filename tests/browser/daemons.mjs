// A ward and the pharmacy as they are, for tests in a real Chromium: `cartwatch demo` in a folder of
// the test's own, on ports of its own. Ended by close().
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";

import { open_browser } from "./kit.mjs";

export async function free_port() {
    const server = createServer();
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address();
    await new Promise((resolve) => server.close(resolve));
    return port;
}

// The first true answer of ask(), asked until the patience ends.
export async function until(ask, what, patience_ms = 60_000) {
    const deadline = Date.now() + patience_ms;
    for (;;) {
        const answer = await Promise.resolve()
            .then(ask)
            .catch(() => null);
        if (answer) {
            return answer;
        }
        if (Date.now() > deadline) {
            throw new Error(`not within ${patience_ms} ms: ${what}`);
        }
        await new Promise((resolve) => setTimeout(resolve, 50)); // between two looks
    }
}

// What the demo says can be scanned: { text, about, cart } each.
function read_scans(file) {
    const scans = [];
    let section = "";
    for (const line of readFileSync(file, "utf8").split("\n")) {
        if (line.startsWith("# ")) {
            section = line.slice(2).split(" ")[0];
        } else if (line.includes("\t")) {
            const [text, about] = line.split("\t");
            scans.push({ text, about, section });
        }
    }
    return scans;
}

// The process that the demo started as this command.
function child_of(demo, command) {
    const children = readFileSync(`/proc/${demo.pid}/task/${demo.pid}/children`, "utf8");
    return children
        .trim()
        .split(" ")
        .map(Number)
        .find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[1] === command);
}

export async function start_hospital(program) {
    const folder = mkdtempSync(join(tmpdir(), "cartwatch-browser-"));
    const [ward, pharmacy, link] = [await free_port(), await free_port(), await free_port()];
    const urls = { ward: `http://127.0.0.1:${ward}`, pharmacy: `http://127.0.0.1:${pharmacy}` };
    let demo = null;
    let ended = null;
    const start = async () => {
        demo = spawn(
            program,
            [
                ...["demo", "--folder", join(folder, "demo")],
                ...["--ward-port", ward, "--pharmacy-port", pharmacy, "--link-port", link].map(String),
            ],
            { stdio: ["ignore", "ignore", "inherit"] },
        );
        ended = new Promise((resolve) => demo.once("exit", resolve));
        for (const url of Object.values(urls)) {
            await until(async () => (await fetch(`${url}/healthz`)).ok, `${url} is up`);
        }
    };
    const close = async () => {
        demo.kill("SIGTERM");
        await ended;
        rmSync(folder, { recursive: true, force: true });
    };
    // The ward's daemon dies as if its PC had lost power; what the demo does then is to end.
    const kill_ward = async () => {
        process.kill(child_of(demo, "ward"), "SIGKILL");
        demo.kill("SIGTERM");
        await ended;
    };
    try {
        await start();
    } catch (error) {
        await close();
        throw error;
    }
    const scans = read_scans(join(folder, "demo", "scans.txt"));
    return { urls, close, scans, kill_ward, start_again: start };
}

export async function ask(url, path, body) {
    const answer = await fetch(url + path, {
        method: body ? "POST" : "GET",
        headers: { "Content-Type": "application/json", Origin: url },
        body: body ? JSON.stringify(body) : undefined,
    });
    if (!answer.ok) {
        throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    }
    return answer.json();
}

// To be called once a file: the hospital and one Chromium for all its tests, filled in before them.
export function real_hospital() {
    const both = { hospital: {}, chromium: {} };
    before(async () => {
        Object.assign(both.hospital, await start_hospital(process.env.CARTWATCH_PROGRAM));
        Object.assign(both.chromium, await open_browser());
    });
    after(async () => {
        await both.chromium.close?.();
        await both.hospital.close?.();
    });
    return both;
}
