// Goal: limits that hold for every state of every screen: contrast, zoom without anything cut off,
// what a page may weigh, and what it may fetch and run.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";

import { fake_ward, in_check } from "./fake_ward.mjs";
import { history_gets } from "./history_views.mjs";
import { faults_of, wider_than_window } from "./page_faults.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
const pages = process.env.CARTWATCH_BUILT_PAGES;
let server;

beforeEach(() => {
    server = ward.server;
    server.gets = history_gets();
});

// 200 kB: what a ward's old PC fetches over a busy hospital network in a second.
const page_bytes_max = 200_000;

// The files that a script fetches at once, itself first.
function with_imports(script, known = new Set()) {
    if (!known.has(script)) {
        known.add(script);
        const code = readFileSync(join(pages, script), "utf8");
        const imports = code.matchAll(/(?:^|[;}])import(?:[^"'()]*from)?["']\.\/([\w-]+\.js)["']/g);
        [...imports].forEach(([, name]) => with_imports(name, known));
    }
    return known;
}

const weight = (names) => [...names].reduce((sum, name) => sum + statSync(join(pages, `${name}.gz`)).size, 0);

test("a page weighs less than 200 kB compressed, and each part fetched later less than that", () => {
    const index = readFileSync(join(pages, "index.html"), "utf8");
    const first = new Set(["index.html"]);
    for (const [, name] of index.matchAll(/(?:src|href)="\/([\w.-]+)"/g)) {
        name.endsWith(".js") ? with_imports(name, first) : first.add(name);
    }
    assert.ok(first.size >= 4, [...first].join());
    assert.ok(weight(first) < page_bytes_max, `${weight(first)} bytes at first`);
    for (const part of ["history_page", "scanner_page", "camera_panel", "setup_page"]) {
        const script = readdirSync(pages).find((name) => name.startsWith(part) && name.endsWith(".js"));
        const later = with_imports(script, new Set(first));
        assert.ok(weight(later) < page_bytes_max, `${part}: ${weight(later)} bytes`);
    }
});

const band_kinds = ["accept", "attention", "reject", "command"];

// Each text of an element with its contrast against what is painted behind it (WCAG 2.2, 1.4.3).
const contrasts = (element) =>
    element.evaluate((root) => {
        const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
        const light = (channel) => {
            const part = channel / 255;
            return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        };
        const luminance = ([r, g, b]) => 0.2126 * light(r) + 0.7152 * light(g) + 0.0722 * light(b);
        const behind = (one) => {
            for (let at = one; at; at = at.parentElement) {
                const colour = numbers(getComputedStyle(at).backgroundColor);
                if (colour.length === 3 || colour[3] === 1) {
                    return colour;
                }
            }
            return [255, 255, 255];
        };
        const own_text = (one) =>
            [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== "");
        return [...root.querySelectorAll("*")].filter(own_text).map((one) => {
            const [a, b] = [luminance(numbers(getComputedStyle(one).color)), luminance(behind(one))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            return { text: one.textContent.trim().slice(0, 40), ratio: Math.round(ratio * 100) / 100 };
        });
    });

test("what a result band says has a contrast of at least 7:1, in both languages", async (t) => {
    for (const language of ["zh-CN", "en"]) {
        for (const kind of band_kinds) {
            server.view = in_check(views.reply(kind, "near_expiry", {
                ...{ name: "肾上腺素", name_en: "Epinephrine", lot: "A1", days_left: "9" },
                ...{ last_usable_day: "2026-12-01", quantity: "5", par: "5", total: "5", band: "30" },
            }, { line: "norepi", lot: "A2399", last_usable_day: "2026-12-15", days_left: 23 }));
            const { page } = await ward.open(t, { language });
            await page.waitForSelector(`.band-${kind}`);
            const said = await contrasts(page.locator(".band-result"));
            assert.ok(said.length > 1, kind);
            assert.deepEqual(said.filter(({ ratio }) => ratio < 7), [], `${kind} ${language}`);
        }
    }
});

// Words of a button, a heading or a band that are not all to be seen.
const cut_off = (page) =>
    page.$$eval("button, h1, h2, h3, .band-result, .line, .alert, .chip", (all) =>
        all
            .filter((one) => one.offsetParent !== null && getComputedStyle(one).overflow !== "visible")
            .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
            .map((one) => `${one.className}: ${one.textContent.trim().slice(0, 40)}`),
    );

// What of a row of buttons lies outside the window: a page at 200 % must let one scroll to all of it.
const unreachable = (page) =>
    page.$$eval("button", (all) =>
        all
            .filter((one) => one.getBoundingClientRect().width > 0)
            .filter((one) => {
                one.scrollIntoView({ block: "center", inline: "center" });
                const { left, right, top, bottom } = one.getBoundingClientRect();
                return left < -1 || right > innerWidth + 1 || top < -1 || bottom > innerHeight + 1;
            })
            .map((one) => one.textContent.trim()),
    );

const review = () => in_check(views.reply("attention", "review_missing"), {}, { reviewed: true });
const screens = {
    overview: [() => views.ward_view()],
    check: [() => in_check(views.reply("attention", "no_current_line"))],
    review: [review],
    board: [() => views.board()],
    policy: [() => views.board(), async (page) => page.locator(".file-buttons .button").nth(1).click()],
    pick_list: [
        () => views.board(),
        async (page) => {
            await page.getByRole("button", { name: /^(拣货单|Pick list)$/ }).click();
            await page.waitForSelector(".pick-box");
        },
    ],
    history: [
        () => views.board(),
        async (page) => {
            await page.getByRole("button", { name: /^(历史|History)$/ }).click();
            await page.waitForSelector(".weeks table");
        },
    ],
};

// A window of 1366 × 768 as the page sees it when the browser shows it larger.
for (const zoom of [1.25, 2]) {
    for (const [name, [view, act]] of Object.entries(screens)) {
        test(`${name} at ${zoom * 100} %: nothing cut off, everything within reach`, async (t) => {
            for (const language of ["zh-CN", "en"]) {
                server.view = view();
                const on_board = server.view.alerts !== undefined;
                server.stations = on_board ? null : views.stations;
                const size = { width: Math.round(1366 / zoom), height: Math.round(768 / zoom) };
                const { page } = await ward.open(t, { size, language }, on_board ? "" : "?station=OR");
                await act?.(page);

                assert.equal(await wider_than_window(page), 0, language);
                assert.deepEqual(await cut_off(page), [], language);
                assert.deepEqual(await unreachable(page), [], language);
                assert.deepEqual(await faults_of(page), [], language);
            }
        });
    }
}
