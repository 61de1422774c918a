// A real Chromium for page tests: launch, a scanner that types, pictures. Start with
// `await open_browser()`; every helper takes the page it works on. Packages are found through
// NODE_PATH, because they are installed in the build tree.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { key_of } from "./key_places.mjs";

export { key_of, own_tag } from "./key_places.mjs";

const { chromium } = createRequire(import.meta.url)("playwright-core");

// No request leaves the machine: a closed network answers each with a refusal, many at a time.
const quiet = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
];

export const sizes = {
    desk: { width: 1366, height: 768 },
    wide: { width: 1920, height: 1080 },
    phone: { width: 390, height: 844 },
};

// `flags`: further ones of Chromium's own, such as a camera that shows a file.
export async function open_browser(flags = []) {
    const profile = mkdtempSync(join(tmpdir(), "cartwatch-chromium-"));
    const browser = await chromium.launch({
        executablePath: process.env.CARTWATCH_CHROMIUM ?? "/usr/bin/chromium",
        headless: true,
        args: [...quiet, ...flags, `--disk-cache-dir=${join(profile, "cache")}`],
    });
    const close = async () => {
        await browser.close();
        rmSync(profile, { recursive: true, force: true });
    };
    return { browser, close };
}

// A page of its own profile. `complaints` collects what the page writes to the console as an error
// and every request to another host.
export async function open_page(browser, url, { size = sizes.desk, language = "zh-CN" } = {}) {
    const context = await browser.newContext({ viewport: size, reducedMotion: "reduce" });
    await context.addInitScript((chosen) => {
        if (localStorage.getItem("cartwatch.language") === null) {
            localStorage.setItem("cartwatch.language", chosen);
        }
    }, language);
    const page = await context.newPage();
    const complaints = [];
    page.on("console", (line) => line.type() === "error" && complaints.push(line.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
        if (new URL(request.url()).origin !== new URL(url).origin) {
            complaints.push(`foreign request: ${request.url()}`);
        }
    });
    await page.goto(url);
    return { page, context, complaints };
}

export async function picture(page, folder, name) {
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name}.png`) });
}

// One key through the browser's own input path. Under an input method the key is "Process" and its
// number 229, as Chromium reports it while Pinyin is on; the place stays right.
function press(session, key, { method, at }) {
    const modifiers = (key.shift ? 8 : 0) + (key.ctrl ? 2 : 0);
    const held = { code: key.code, modifiers, timestamp: at / 1000 };
    const number = method ? 229 : key.number ?? 0;
    const name = method ? "Process" : key.name ?? "Unidentified";
    const event = { ...held, key: name, windowsVirtualKeyCode: number };
    return [
        session.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...event }),
        session.send("Input.dispatchKeyEvent", { type: "keyUp", ...event }),
    ];
}

// What a scanner lets pass between two keys.
const key_gap_ms = 4;

// What a keyboard-wedge scanner does: the text as keys, GS as Ctrl+], then Enter. No focus is set.
// `method`: as under a Chinese input method. Each key carries its time, as the system's own events
// do: a busy machine that hands them on late tears no scan.
export async function scan(page, text, { method = false, end = "Enter" } = {}) {
    const session = await page.context().newCDPSession(page);
    const pressed = [...text].map((char) =>
        char === "\x1d" ? { code: "BracketRight", ctrl: true } : key_of(char),
    );
    if (end !== "") {
        pressed.push({ code: end, name: end, number: end === "Tab" ? 9 : 13 });
    }
    const begun = Date.now();
    const keys = pressed.flatMap((key, place) =>
        press(session, key, { method, at: begun + place * key_gap_ms }),
    );
    await Promise.all(keys);
    await session.detach();
}
