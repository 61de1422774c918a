// Goal: a board whose pharmacy gets its past back says from whom, rings for nothing, offers nothing that
// would be refused, and goes on when a person says so twice. Against a server with set answers.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { in_doubt } from "./doubt.mjs";
import { fake_ward } from "./fake_ward.mjs";
import { sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
let server;
beforeEach(() => (server = ward.server));

const past = {
    reason: "restored",
    began_at: "2026-11-22T04:00:00.000Z",
    peers: [
        { node: "ward-1", hearing: "heard", owed: 0 },
        { node: "ward-120", hearing: "awaited", owed: 0 },
        { node: "ward-8", hearing: "unproven", owed: 0 },
        { node: "ward-9", hearing: "withheld", owed: 3 },
    ],
};

async function open_board(t, view, options = {}) {
    server.stations = null;
    server.view = view;
    const { page } = await ward.open(t, options, "");
    return page;
}

test("the board says what comes back from whom, and is silent until it is there", async (t) => {
    const page = await open_board(t, in_doubt(views.board({ past })));
    await page.evaluate(() => {
        window.pulses = 0;
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) {
            window.pulses += 1;
            return start.call(this, at);
        };
    });
    await page.mouse.click(700, 12); // sound is allowed from now on

    const strip = await page.textContent(".strip-warn");
    assert.match(strip, /备份/);
    assert.match(strip, /已取回：手术室/);
    assert.match(strip, /还在等：120 急救站。/);
    assert.match(strip, /取不到：ward-8、ward-9。/);
    assert.equal(await page.locator(".alert-state.new").count(), 0);
    assert.equal(await page.locator(".alert-end button").count(), 0);
    assert.equal(await page.locator(".accept button").count(), 0);
    server.push(views.board({ past: { ...past, peers: past.peers.slice(0, 1) } }));
    await page.waitForFunction(() => !document.querySelector(".strip-warn").textContent.includes("120"));
    assert.equal(await page.evaluate(() => window.pulses), 0);

    server.push(views.board());
    await page.waitForSelector(".strip-warn", { state: "detached" });
    assert.ok((await page.locator(".alert-state.new").count()) > 0);
    await page.waitForFunction(() => window.pulses > 0); // what nobody has accepted is told now
});

test("a cart in doubt stands as the daemon calls it", async (t) => {
    const better = ".ward-cart.readiness-ready, .ward-cart.readiness-degraded";
    const page = await open_board(t, views.board());
    assert.equal(await page.locator(better).count() > 0, true);
    const waiting = await open_board(t, in_doubt(views.board({ past })));
    assert.equal(await waiting.locator(better).count(), 0);
    assert.equal(await waiting.locator(".ward-cart.readiness-overdue").count() > 0, true);
});

test("going on without the rest is asked twice, and told to the daemon once", async (t) => {
    const page = await open_board(t, in_doubt(views.board({ past })));
    server.answer = () => ({ past: null });
    await page.getByRole("button", { name: "不等了，继续" }).click();
    await page.getByRole("button", { name: "继续等待" }).click();
    await page.getByRole("button", { name: "不等了，继续" }).click();
    assert.equal(server.posts.length, 0);

    await page.getByRole("button", { name: "确定，现在继续" }).click();

    await page.getByRole("button", { name: "不等了，继续" }).waitFor();
    assert.deepEqual(server.posts.map((post) => post.path), ["/api/v1/past/go_on"]);
});

test("two pasts and two machines of one name are said on both pages", async (t) => {
    const board = views.board();
    board.wards[0].problem = { code: "two_callers", text: "two machines call as ward-1" };
    const page = await open_board(t, board);
    assert.match(await page.textContent(".wards [role=alert]"), /两台电脑/);
    board.wards[0].problem = { code: "bad_message", text: "entry 2 of ward-1: unknown" };
    const unread = await open_board(t, board);
    assert.match(await unread.textContent(".wards [role=alert]"), /读不懂.*：entry 2 of ward-1: unknown/);

    server.stations = views.stations;
    const problem = { code: "fork", text: "entry 7 is another" };
    const link = { state: "connecting", waiting: 3, waiting_since: null, problem };
    server.view = views.ward_view({ link });
    const { page: nurses } = await ward.open(t);
    assert.match(await nurses.textContent(".strip-danger"), /记录分叉/);
});

test("a link that only a person mends is explained on the ward's page, and the other words are kept", async (t) => {
    server.stations = views.stations;
    const said = {
        revoked: /证书已停用/,
        expired: /证书已过期/,
        unknown_node: /名单里没有/,
        tls_required: /还没有配对/,
        unproven: /无法证明/,
        wrong_node: /名称与设置或证书不符/,
        bad_message: /有一条记录另一边读不懂.*：entry 7 was changed/,
        bad_hash: /信息科处理：entry 7 was changed/,
    };
    for (const [code, words] of Object.entries(said)) {
        const problem = { code, text: "entry 7 was changed" };
        const link = { state: "connecting", waiting: 3, waiting_since: null, problem };
        server.view = views.ward_view({ link });
        const { page } = await ward.open(t);
        assert.match(await page.textContent(".strip-danger"), words);
    }
});

test("a ward that waits for its past invites nobody to scan, and says nothing that contradicts it", async (t) => {
    server.stations = views.stations;
    const link = { state: "connecting", waiting: 37, waiting_since: null, problem: null };
    const peers = [{ node: "pharmacy", hearing: "awaited", owed: 0 }];
    server.view = in_doubt(views.ward_view({ link, past: { ...past, peers } }));
    const { page } = await ward.open(t);
    const said = await page.textContent(".page");
    assert.match(said, /还在等：药房/);
    assert.match(said, /扫码暂时不记录/);
    assert.doesNotMatch(said, /就开始检查|检查照常进行/);
    assert.equal(await page.locator(".cart-ready, .cart-degraded").count(), 0);
    assert.equal(await page.locator(".cart-overdue").count() > 0, true);

    server.view = views.ward_view({ link, past: null });
    const { page: known } = await ward.open(t);
    assert.equal(await known.locator(".cart-ready, .cart-degraded").count() > 0, true);
});

for (const size of ["desk", "wide"]) {
    test(`the waiting board at ${size}: nothing clipped, targets large enough, axe finds nothing`, async (t) => {
        for (const language of ["zh-CN", "en"]) {
            const page = await open_board(t, in_doubt(views.board({ past })), { size: sizes[size], language });
            await page.waitForSelector(".strip-warn");
            assert.deepEqual(await too_small(page), [], language);
            assert.equal(await wider_than_window(page), 0, language);
            assert.deepEqual(await faults_of(page), [], language);
        }
    });
}
