// The board's form of what leaves the pharmacy, against a server with set answers: what is scanned
// into it, and what is posted.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { fake_ward } from "./fake_ward.mjs";
import { own_tag, scan } from "./kit.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
let server;
beforeEach(() => (server = ward.server));

test("a substitute scanned into what is sent bears its name, and is posted as what it is", async (t) => {
    server.stations = null;
    const naloxone = (more) => ({ ...views.board_alerts()[0], ...more });
    const board = (more) => views.board({ alerts: [naloxone(more)] });
    const substitute = { zh: "丙种注射液", en: "Third injection" };
    const day = "2028-01-31";
    server.view = board();
    server.answer = (post) => {
        if (post.path.endsWith("read_unit")) {
            const of_substitute = post.body.text === "NAL-2";
            const product = of_substitute ? "nal-2" : null;
            const lot = of_substitute ? "S1" : "B2";
            const read = { fits: true, name: substitute, product, lot, refusal: null };
            return { ...read, last_usable_day: day, serial: null };
        }
        const units = [{ lot: "S1", last_usable_day: day, quantity: 1, serials: [], substitute }];
        const dispatched = { by: "王强", at: views.now, reason: null, units };
        const known = views.reply("accept", "badge_known", { by: "王强" });
        if (post.path.endsWith("dispatch")) {
            server.view = board({ state: "dispatched", unsent: 0, dispatched });
        }
        return { reply: known, view: server.view };
    };
    const { page } = await ward.open(t, {}, "");

    await page.locator(".group-critical .alert-end button").first().click();
    await page.waitForSelector(".send-rows", { state: "attached" });
    await scan(page, "NAL-1");
    await page.waitForSelector(".send-rows li:nth-child(1)");
    await scan(page, "NAL-2");
    await page.waitForSelector(".send-rows li:nth-child(2)");
    assert.doesNotMatch(await page.textContent(".send-rows li:nth-child(1)"), /丙种注射液/);
    assert.match(await page.textContent(".send-rows li:nth-child(2)"), /丙种注射液.*S1/);
    await page.locator(".panel .button.primary").click();
    await page.waitForSelector(".waits-badge");
    await scan(page, own_tag(5, 7));

    await page.waitForSelector(".alert-state.taken");
    const sent = server.posts.find((post) => post.path === "/api/v1/alerts/dispatch");
    assert.deepEqual(sent.body.units, [
        { quantity: 1, lot: "B2", last_usable_day: day },
        { quantity: 1, lot: "S1", last_usable_day: day, product: "nal-2" },
    ]);
    assert.match(await page.textContent(".alert-state.taken"), /含替代品 丙种注射液/);
});

test("a pack that the daemon would refuse to send is said at once, and counts nothing", async (t) => {
    server.stations = null;
    server.view = views.board();
    const said = { dispatch_expired: /过期.*2026-11-21/, dispatch_recalled: /召回/ };
    for (const [refusal, words] of Object.entries(said)) {
        server.answer = () => ({
            ...{ fits: true, name: views.board_alerts()[0].name, product: null, lot: "B2" },
            ...{ last_usable_day: "2026-11-21", serial: null, refusal },
        });
        const { page } = await ward.open(t, {}, "");
        await page.locator(".group-critical .alert-end button").first().click();
        await page.waitForSelector(".send-rows", { state: "attached" });
        await scan(page, "NAL-1");
        await page.waitForSelector(".band-reject");
        assert.match(await page.textContent(".band-reject"), words);
        assert.equal(await page.locator(".send-rows li").count(), 0);
    }
});
