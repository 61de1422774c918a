// Goal: whoever keeps a hospital's master data does it in the page, against the daemons as they are:
// a scan in the setup is the setup's own, what was imported or edited is what the next check sees, and
// a person whose role does not allow it is refused.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, real_hospital } from "./daemons.mjs";
import { open_page, own_tag, picture, scan, sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";

const pictures = process.env.CARTWATCH_PICTURES ?? "";
const { hospital, chromium } = real_hospital();

const view = () => ask(hospital.urls.ward, "/api/v1/view?station=OR");

async function open_ward_setup(t, options = {}) {
    const url = `${hospital.urls.ward}/?station=OR`;
    const opened = await open_page(chromium.browser, url, { language: "en", ...options });
    t.after(() => opened.context.close());
    await opened.page.getByRole("button", { name: /^(更多|More)$/ }).click();
    await opened.page.locator(".more-buttons button", { hasText: /^(设置|Setup)$/ }).click();
    await opened.page.waitForSelector(".setup-tabs");
    return opened;
}

async function open_tab(page, name) {
    await page.locator(".setup-tabs button", { hasText: name }).click();
}

async function hold(page, where) {
    assert.deepEqual(await too_small(page), [], where);
    assert.equal(await wider_than_window(page), 0, where);
    assert.deepEqual(await faults_of(page), [], where);
    if (pictures) {
        await picture(page, pictures, where);
    }
}

test("a scan in the setup begins no check and says that nothing was recorded", async (t) => {
    const { page, complaints } = await open_ward_setup(t);
    const before_it = (await view()).last;
    await scan(page, own_tag(5, 1));
    await page.waitForSelector(".band-attention >> text=recorded nowhere");
    assert.deepEqual((await view()).last, before_it);

    await page.keyboard.press("Escape");
    await page.waitForSelector(".cart");
    await scan(page, own_tag(5, 1));
    await page.waitForFunction(() => !document.querySelector(".band-attention"));
    assert.notDeepEqual((await view()).last, before_it);
    assert.deepEqual(complaints, []);
});

test("the rules are read at the ward and changed at the pharmacy; the scanner check opens from here", async (t) => {
    const { page } = await open_ward_setup(t);
    await open_tab(page, "Rules");
    await page.waitForSelector(".policy-values");
    assert.equal(await page.getByRole("button", { name: "Change the rules" }).count(), 0);
    await open_tab(page, "Scanner check");
    await page.getByRole("button", { name: "Open the scanner check" }).click();
    await page.waitForSelector(".step-next");

    const board = await open_page(chromium.browser, hospital.urls.pharmacy, { language: "en" });
    t.after(() => board.context.close());
    await board.page.getByRole("button", { name: "Setup" }).click();
    await open_tab(board.page, "Rules");
    await board.page.locator(".setup-part .primary").click();
    await board.page.waitForSelector(".panel .policy-values");
});

for (const size of ["desk", "phone"]) {
    test(`the setup at ${size}: nothing clipped, targets large enough, axe finds nothing`, async (t) => {
        for (const language of ["zh-CN", "en"]) {
            const { page } = await open_ward_setup(t, { size: sizes[size], language });
            await page.waitForSelector(".policy-values");
            await hold(page, `setup-policy-${language}-${size}`);
            await open_tab(page, /^(扫码枪体检|Scanner check)$/);
            await hold(page, `setup-scanner-${language}-${size}`);
        }
    });
}
