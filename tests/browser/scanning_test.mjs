// Scans through the keyboard in a real Chromium: whatever layout the scanner and the machine are set
// to, with Caps Lock and under an input method, every scan arrives once; a person never is a scanner.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { FakeServer } from "./fake_server.mjs";
import { keys_for, layout_names, open_browser, open_page, own_tag, press_keys, scan } from "./kit.mjs";
import * as views from "./views.mjs";

const pages = process.env.CARTWATCH_BUILT_PAGES;
// Every printable character that a code may hold and all these keyboards have.
const gs1 = "]d201069012345678921727063010aZ-q/W_m;@#\x1d21YzQ(7).,:?+=&%!\"'*";

let chromium;
let server;

before(async () => {
    assert.notEqual(pages, undefined, "CARTWATCH_BUILT_PAGES names the built pages");
    chromium = await open_browser();
});

after(async () => {
    await chromium?.close();
});

// A page whose scanner types on this layout, as its check has shown.
async function open(t, layout = "us") {
    server = new FakeServer(pages);
    await server.listen();
    t.after(() => server.close());
    server.stations = views.stations;
    server.view = views.ward_view();
    server.scanner_check.page.layout = layout;
    server.answer = (post) => ({
        reply: views.reply("accept", "scanner_test", { text: post.body.text ?? "" }),
        view: server.view,
    });
    const opened = await open_page(chromium.browser, `${server.url}?station=OR`, {});
    t.after(() => opened.context.close());
    await opened.page.waitForSelector(".header .dot-on");
    return opened.page;
}

const scans = () => server.posts.filter((post) => post.path === "/api/v1/scans");

async function until(condition, what) {
    const end = Date.now() + 20_000;
    while (!condition()) {
        assert.equal(Date.now() < end, true, `not within 20 s: ${what}`);
        await new Promise((done) => setTimeout(done, 10)); // between two looks
    }
}

// Each way in which a machine may be set when the scanner types on this layout.
function machines(layout) {
    const hosts = layout_names.map((host) => ({ layout, host }));
    return [
        ...hosts,
        ...hosts.map((one) => ({ ...one, caps: true })),
        { layout, method: true },
        { layout, windows: true },
    ];
}

for (const layout of layout_names) {
    test(`a scanner that types on ${layout} is read on every machine, Caps Lock or not`, async (t) => {
        const page = await open(t, layout);
        const sent = [];
        for (const machine of machines(layout)) {
            for (const text of [own_tag(2, sent.length), gs1]) {
                await scan(page, text, machine);
                sent.push(text);
                await until(() => scans().length === sent.length, JSON.stringify(machine));
            }
        }
        assert.deepEqual(
            scans().map((post) => post.body.text),
            sent,
        );
        assert.equal(scans().every((post) => post.body.typed === false), true);
    });
}

for (const how of [{}, { caps: true }, { method: true }, { host: "fr" }]) {
    test(`ten scans in two seconds are ten scans, in order: ${JSON.stringify(how)}`, async (t) => {
        const page = await open(t);
        const sent = Array.from({ length: 10 }, (_one, i) => own_tag(2, i));
        const begun = Date.now();
        for (const [i, text] of sent.entries()) {
            await scan(page, text, { ...how, at: begun + i * 200 });
        }
        const last = own_tag(2, 99); // arrives after all that the ten could still bring
        await scan(page, last, { at: begun + 4000 });
        await until(() => scans().at(-1)?.body.text === last, "the last scan");
        assert.deepEqual(
            scans().map((post) => post.body.text),
            [...sent, last],
        );
        assert.equal(new Set(scans().map((post) => post.key)).size, 11);
    });
}

test("a busy machine that hands the keys on late, and in two parts, tears no scan", async (t) => {
    const page = await open(t);
    const text = own_tag(2, 42);
    const keys = [...keys_for(text), { code: "Enter", name: "Enter", number: 13 }];
    const begun = Date.now() - 2_000; // when the scanner typed it, 4 ms a key
    const half = 5;

    await press_keys(page, keys.slice(0, half), (place) => begun + 4 * place);
    // Longer than a key alone is waited for, and shorter than a scan that nobody finished.
    await page.evaluate(() => new Promise((done) => setTimeout(done, 250)));
    await press_keys(page, keys.slice(half), (place) => begun + 4 * (half + place));

    await until(() => scans().length > 0, "the scan");
    assert.deepEqual(
        scans().map((post) => post.body.text),
        [text],
    );
});

test("a person who types 8 keys a second is never taken for a scanner", async (t) => {
    const page = await open(t);
    let state = 8;
    const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
    const alphabet = "0123456789abcdefghijklmnopqrstuvwxyzABCDEF-/.";
    let at = Date.now();
    let typed = 0;
    for (let word = 0; word < 60; word += 1) {
        const length = 1 + Math.floor(random() * 14);
        const text = Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]);
        const keys = [...keys_for(text.join("")), { code: "Enter", name: "Enter", number: 13 }];
        const times = keys.map(() => (at += 85 + random() * 80)); // 125 ms on average
        await press_keys(page, keys, (place) => times[place]);
        at += 1000;
        typed += keys.length;
    }
    const tag = own_tag(2, 77);
    await scan(page, tag, { at: at + 2000 }); // a scanner still is one, and comes after all the keys
    await until(() => scans().at(-1)?.body.text === tag, "the scan after all");
    assert.deepEqual(
        scans().map((post) => post.body.text),
        [tag],
    );
    t.diagnostic(`${typed} keys by hand, no scan`);
});
