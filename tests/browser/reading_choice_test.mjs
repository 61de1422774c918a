// A code that can be read in several ways, on the built pages in a real Chromium against a server
// with set answers: the person says which reading stands on the pack, by a press or a digit.
import assert from "node:assert/strict";
import { test } from "node:test";

import { fake_ward, in_check } from "./fake_ward.mjs";
import { own_tag, scan } from "./kit.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();

const two_readings = [
    { lot: "B2", last_usable_day: "2028-12-31", serial: "S9" },
    { lot: "B217281231", last_usable_day: null, serial: null },
];

async function asked_which(t, options = {}) {
    const { server } = ward;
    server.view = in_check();
    const { page } = await ward.open(t, options);
    server.answer = () => ({ reply: views.reply("accept", "ok"), view: in_check() });
    const values = { name: "肾上腺素", name_en: "Epinephrine", readings: "B2 2028-12-31 / B217281231" };
    server.push({
        ...in_check(),
        last: views.reply("reject", "unclear_code", values, {
            readings: two_readings,
            warnings: ["missing_separator_suspected"],
        }),
    });
    await page.waitForSelector(".reading-choice");
    return page;
}

test("a code with several readings is a button a reading, and a press says which", async (t) => {
    const page = await asked_which(t, { language: "en" });
    const buttons = page.locator(".reading-choice button");
    assert.equal(await buttons.count(), 2);
    assert.match(await buttons.nth(0).textContent(), /B2 · .*2028.* \/ serial S9/);
    assert.match(await buttons.nth(1).textContent(), /B217281231 · no expiry/);
    for (const box of [await buttons.nth(0).boundingBox(), await buttons.nth(1).boundingBox()]) {
        assert.equal(box.height >= 56, true);
    }
    assert.match(await page.textContent(".band-repairs"), /a separator may be lost/);

    await buttons.nth(1).click();

    await page.waitForSelector(".band-accept");
    assert.equal(await page.locator(".reading-choice").count(), 0);
    const [post] = ward.server.posts;
    assert.deepEqual(post.body.command, { do: "choose_reading", ...two_readings[1] });
});

test("its digit chooses a reading, and a scan that begins with that digit does not", async (t) => {
    const page = await asked_which(t);
    const tag = own_tag(2, 7);
    await scan(page, `1${tag}`);
    await page.waitForSelector(".band-accept");
    assert.deepEqual(
        ward.server.posts.map((post) => post.path),
        ["/api/v1/scans"],
    );

    ward.server.push({
        ...in_check(),
        last: views.reply("reject", "unclear_code", {}, { readings: two_readings }),
    });
    await page.waitForSelector(".reading-choice");
    await page.keyboard.press("Digit1");
    await page.waitForSelector(".band-accept");
    assert.deepEqual(ward.server.posts.at(-1).body.command, { do: "choose_reading", ...two_readings[0] });
});

test("a digit beyond the readings is a number as ever", async (t) => {
    const page = await asked_which(t);
    await page.keyboard.press("Digit3");
    await page.waitForSelector(".pending >> text=3");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".band-accept");
    assert.deepEqual(ward.server.posts.at(-1).body.command, { do: "quantity", quantity: 3 });
});
