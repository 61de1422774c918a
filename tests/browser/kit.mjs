// A real Chromium for page tests: launch, a scanner that types, pictures. Start with
// `await open_browser()`; every helper takes the page it works on. Packages are found through
// NODE_PATH, because they are installed in the build tree.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { key_of, sign_on } from "./key_places.mjs";

export { key_of, layout_names, own_tag } from "./key_places.mjs";

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

// A key down or up through the browser's own input path. Under an input method the key is "Process"
// and its number 229, as Chromium reports it while Pinyin is on; the place stays right. Else it is
// what the machine's own layout and Caps Lock make of that place.
function send_key(session, type, key, { method, at }) {
    const alt = key.altgr && key.windows ? 3 : 0; // Windows says Ctrl and Alt for AltGr, Linux none
    const modifiers = (key.shift ? 8 : 0) + (key.ctrl ? 2 : 0) + alt;
    return session.send("Input.dispatchKeyEvent", {
        type,
        code: key.code,
        modifiers,
        timestamp: at / 1000,
        key: method ? "Process" : key.name ?? "Unidentified",
        windowsVirtualKeyCode: method ? 229 : key.number ?? 0,
    });
}

function press(session, key, how) {
    const held = key.altgr ? [{ code: "AltRight", name: "AltGraph", windows: key.windows }] : [];
    return [
        ...held.map((one) => send_key(session, "rawKeyDown", one, { ...how, method: false })),
        send_key(session, "rawKeyDown", key, how),
        send_key(session, "keyUp", key, how),
        ...held.map((one) => send_key(session, "keyUp", one, { ...how, method: false })),
    ];
}

// What a scanner lets pass between two keys.
const key_gap_ms = 4;

function with_caps(sign) {
    return sign === sign.toUpperCase() ? sign.toLowerCase() : sign.toUpperCase();
}

// The keys that a scanner set to `layout` presses for a text, on a machine set to `host`. GS is
// Ctrl+].
export function keys_for(text, { layout = "us", host = layout, caps = false, windows = false } = {}) {
    return [...text].map((char) => {
        if (char === "\x1d") {
            return { code: "BracketRight", ctrl: true };
        }
        const key = key_of(char, layout);
        const sign = sign_on(host, key);
        return { ...key, windows, name: caps ? with_caps(sign) : sign };
    });
}

// Keys at their times: `at_of(place)` in milliseconds. A busy machine that hands them on late tears
// no scan, because each carries its time as the system's own events do.
export async function press_keys(page, keys, at_of, { method = false } = {}) {
    const session = await page.context().newCDPSession(page);
    await Promise.all(keys.flatMap((key, place) => press(session, key, { method, at: at_of(place) })));
    await session.detach();
}

// What a keyboard-wedge scanner does: the text as keys, then Enter. No focus is set. `method`: as
// under a Chinese input method; the rest as keys_for has it.
export async function scan(page, text, { method = false, end = "Enter", at = Date.now(), ...how } = {}) {
    const keys = keys_for(text, how);
    if (end !== "") {
        keys.push({ code: end, name: end, number: end === "Tab" ? 9 : 13 });
    }
    await press_keys(page, keys, (place) => at + place * key_gap_ms, { method });
}
