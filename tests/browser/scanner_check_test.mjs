// The scanner check on a real ward: a scanner's settings are found out by three scans into the page,
// kept, and used for what it scans later. Pictures of the page are taken on the way where
// CARTWATCH_PICTURES names a folder.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { ask, real_hospital, until } from "./daemons.mjs";
import { open_page, picture, scan, sizes } from "./kit.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pictures = process.env.CARTWATCH_PICTURES ?? "";
const codes = ["]C09900000011", "]C0aQzWyM/-@#;", "]d2010952123454321310Zy-4a\x1d21Q7/m"];

const { hospital, chromium } = real_hospital();

const view = () => ask(hospital.urls.ward, "/api/v1/view?station=OR");
const info = () => ask(hospital.urls.ward, "/api/v1/scanner_check?station=OR");

async function press_check(page, title) {
    await page.getByRole("button", { name: /^(更多|More)$/ }).click();
    await page.locator(".more-buttons button", { hasText: title }).click();
}

async function open(t, options = {}) {
    const opened = await open_page(
        chromium.browser,
        `${hospital.urls.ward}/?station=OR`,
        { language: "en", ...options },
    );
    t.after(() => opened.context.close());
    const title = options.language === "zh-CN" ? "扫码枪体检" : "Scanner check";
    await press_check(opened.page, title);
    await opened.page.waitForSelector(".step-next svg[role=img]");
    return opened;
}

// Scans the three codes, each once the one before has been judged.
async function scan_all(page, texts, how = {}) {
    for (const [i, text] of texts.entries()) {
        await scan(page, text, how);
        await page.waitForSelector(`.steps-list li:nth-child(${i + 1}).step-good`);
    }
}

async function shoot(page, name) {
    if (pictures) {
        await picture(page, pictures, name);
    }
}

test("a scanner in order is told so, and its settings are kept", async (t) => {
    const { page, complaints } = await open(t);
    const before_it = (await view()).last;
    await scan_all(page, codes);
    await page.waitForSelector(".check-verdict.good >> text=This scanner is in order.");
    const { page: kept } = await until(async () => {
        const now = await info();
        return now.page.profile ? now : null;
    }, "the profile is kept");
    assert.equal(kept.profile.layout, "us");
    assert.equal(kept.profile.identifiers, "aim");
    assert.deepEqual((await view()).last, before_it); // nothing of it went to a cart
    assert.deepEqual(complaints, []);
});

test("what is wrong is said with the setting that mends it, in both languages", async (t) => {
    for (const language of ["zh-CN", "en"]) {
        for (const size of ["desk", "phone"]) {
            const { page } = await open(t, { language, size: sizes[size] });
            await shoot(page, `scanner-check-begin-${size}-${language}`);
            await scan(page, codes[0].slice(3));
            await page.waitForSelector(".steps-list li:nth-child(1).step-good");
            await scan(page, "AQZWYM/-@#;");
            await page.waitForSelector(".steps-list li:nth-child(2).step-good");
            await shoot(page, `scanner-check-third-${size}-${language}`);
            await scan(page, "010952123454321310ZY-4A21Q7/M");
            await page.waitForSelector(".check-verdict.bad");
            await page.waitForSelector(".fault-required");
            assert.equal(await page.locator(".fault-required").count(), 2);
            assert.equal(await page.locator(".fault-required .sheet").count(), 2);
            await shoot(page, `scanner-check-faults-${size}-${language}`);
            await page.addScriptTag({ content: axe }).catch(() => page.evaluate(axe));
            const found = await page.evaluate(() => globalThis.axe.run());
            assert.deepEqual(
                found.violations.map((one) => `${one.id}: ${one.nodes[0].html}`),
                [],
            );
            const wide = await page.evaluate(() => document.documentElement.scrollWidth);
            assert.equal(wide <= sizes[size].width, true, "nothing hangs over the side");
        }
    }
});

test("a scan is not called bad before the daemon has judged it", async (t) => {
    const { page } = await open(t);
    await scan(page, codes[0].slice(3));
    await page.waitForSelector(".steps-list li:nth-child(1).step-good");
    await scan(page, "AQZWYM/-@#;");
    await page.waitForSelector(".steps-list li:nth-child(2).step-good");
    let let_go;
    const held = new Promise((resolve) => (let_go = resolve));
    await page.route("**/api/v1/scanner_check/answers", async (route) => {
        await held;
        await route.continue();
    });
    await scan(page, "010952123454321310ZY-4A21Q7/M");
    await page.waitForSelector(".steps-list li:nth-child(3) .came");
    assert.equal(await page.locator(".step-bad, .check-verdict.bad").count(), 0);
    let_go();
    await page.waitForSelector(".steps-list li:nth-child(3).step-good");
    await page.waitForSelector(".check-verdict.bad");
    assert.equal(await page.locator(".fault-required").count(), 2);
});

test("a code that was not read is asked for again, and another code is called that", async (t) => {
    const { page } = await open(t);
    await scan(page, "6901234567892");
    await page.waitForSelector(".steps-list li:nth-child(1).step-bad");
    await scan(page, codes[1]);
    await page.waitForSelector(".fault >> text=another of the test codes");
    await scan(page, codes[0]);
    await page.waitForSelector(".steps-list li:nth-child(1).step-good");
    await page.waitForSelector(".steps-list li:nth-child(2).step-next");
});

test("a scanner on the German layout is found out, kept, and read rightly ever after", async (t) => {
    const { page } = await open(t);
    await scan_all(page, codes, { layout: "de", host: "us" });
    await page.waitForSelector(".check-verdict.good");
    const pack = "]d201069012345678921729123110YZ-7/zy\x1d21_A";
    await until(async () => (await info()).page.layout === "de", "the layout is kept");
    await page.locator(".footer button", { hasText: "Leave" }).click();
    await page.waitForSelector(".carts");
    const answered = page.waitForRequest((request) => request.url().endsWith("/api/v1/scans"));
    await scan(page, pack, { layout: "de", host: "us" });
    assert.equal(JSON.parse((await answered).postData()).text, pack);

    // A page that is opened later knows it from the daemon.
    const later = await open_page(chromium.browser, `${hospital.urls.ward}/?station=OR`, {});
    t.after(() => later.context.close());
    await later.page.waitForSelector(".carts");
    await until(async () => {
        const again = later.page.waitForRequest((request) => request.url().endsWith("/api/v1/scans"));
        await scan(later.page, pack, { layout: "de", host: "de" });
        return JSON.parse((await again).postData()).text === pack;
    }, "the layout came with the page");
});

test("the check says how fast the scanner types, and which limit fits it", async (t) => {
    const { page } = await open(t);
    await scan_all(page, codes);
    const facts = await page.textContent(".timing");
    assert.match(facts, /median \d+ ms, P95 \d+ ms, longest \d+ ms/);
    assert.match(facts, /80 ms, as this page has it/);
    assert.match(facts, /each scan|every scan|Enter/i);
});

test("each sound is tried, and somebody says whether it was heard", async (t) => {
    const { page } = await open(t);
    const sounds = page.getByRole("region", { name: "Sounds" });
    assert.equal(await sounds.getByRole("group", { name: "Heard it?" }).count(), 0);
    for (const place of [0, 1, 2]) {
        const button = sounds.locator("button[aria-pressed]").nth(place);
        await button.click();
        await page.keyboard.press("KeyN");
        await sounds.getByText("headphones").waitFor();
        await page.keyboard.press("KeyY");
        await sounds.getByText("The sounds are heard.").waitFor();
    }
});

test("a check that is left and opened again asks once a second, not twice", async (t) => {
    const { page } = await open(t);
    const held = [];
    const asked = [];
    await page.route("**/scanner_check/listen", async (route) => {
        if (JSON.parse(route.request().postData()).stop) {
            return route.continue();
        }
        asked.push(Date.now());
        return asked.length === 1 ? void held.push(route) : route.continue();
    });
    await until(() => held.length === 1, "a poll is under way");
    await page.locator(".footer button", { hasText: "Leave" }).click();
    await page.waitForSelector(".carts");
    await press_check(page, "Scanner check");
    await page.waitForSelector(".step-next svg[role=img]");
    await held[0].continue(); // its poll is nobody's any more
    await until(() => asked.length >= 6, "polls after that");
    const gaps = asked.slice(2).map((at, i) => at - asked[i + 1]);
    assert.equal(gaps.every((gap) => gap >= 900), true, JSON.stringify(gaps));
});
