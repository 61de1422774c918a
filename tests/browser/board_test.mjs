// Goal: the board with very much on it stays readable and quick. Set answers show what the page does
// with them.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { fake_ward } from "./fake_ward.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
const { open } = ward;
let server;
beforeEach(() => (server = ward.server));

test("a board of very many carts shows the worst, says how many more there are, and shows them", async (t) => {
    server.stations = null;
    const [critical, , , high] = views.board_alerts();
    const many = Array.from({ length: 300 }, (_one, i) => ({
        ...(i < 135 ? critical : { ...high, severity: "high", state: "raised" }),
        ...{ cart: `C-${Math.floor(i / 3)}`, subject: `line-${i}` },
    }));
    server.view = views.board({ alerts: many });
    const { page } = await open(t, {}, "");
    const more = page.getByRole("button", { name: /再显示/ });

    assert.match(await more.textContent(), /60 辆车，其中 5 辆/);
    assert.equal(await page.locator(".group").count(), 40);
    await more.click();
    await page.waitForSelector(".group >> nth=79");
    await more.click();
    await page.waitForSelector(".group >> nth=99");
    assert.equal(await more.count(), 0);
});

async function open_pick_list(t, options) {
    server.stations = null;
    server.view = views.board();
    const opened = await open(t, options, "");
    await opened.page.getByRole("button", { name: /^(拣货单|Pick list)$/ }).click();
    await opened.page.waitForSelector(".pick-box");
    return opened;
}

test("the pick list names by cart what is still to be sent, and what it must not be taken for", async (t) => {
    const { page } = await open_pick_list(t);
    const wanted = views
        .board_alerts()
        .filter((one) => one.kind === "line" && one.unsent > 0 && !one.silence);
    assert.ok(wanted.length > 1);
    assert.equal(await page.locator(".pick-box").count(), wanted.length);
    const all = await page.textContent(".history-scroll");
    for (const alert of wanted) {
        assert.ok(all.includes(alert.name.zh), alert.name.zh);
    }
    assert.doesNotMatch(all, /除颤仪/); // a device is not picked
    assert.match(await page.textContent(".pick-twin"), /肾上腺素/);
    assert.match(all, /6021/);
});

test("the pick list prints on one page of A4 without the screen's buttons", async (t) => {
    const { page } = await open_pick_list(t);
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".header", ".footer"]) {
        assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
    }
    await page.emulateMedia({ media: null });
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
    assert.equal([...pdf.matchAll(/\/MediaBox/g)].length, 1);
});

test("what is sent while the list stands there goes from it, and Esc leads back to the board", async (t) => {
    const { page } = await open_pick_list(t);
    const before = await page.locator(".pick-box").count();
    const alerts = views.board_alerts();
    const first = alerts.find((one) => one.kind === "line" && one.unsent > 0);
    server.push(views.board({ alerts: alerts.filter((one) => one !== first) }));
    await page.waitForFunction((count) => document.querySelectorAll(".pick-box").length === count, before - 1);
    await page.keyboard.press("Escape");
    await page.waitForSelector(".group");
});

test("an English page counts in English words", async (t) => {
    const { page } = await open_pick_list(t, { language: "en" });
    const counts = await page.locator(".pick-count").allTextContents();
    assert.ok(counts.length > 0 && counts.every((one) => /^\d+ pcs$/.test(one)), counts.join());
    await page.keyboard.press("Escape");
    assert.doesNotMatch(await page.locator(".group strong").first().textContent(), /支/);
});
