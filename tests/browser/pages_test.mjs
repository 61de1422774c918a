// The built pages in a real Chromium against a server with set answers: what a person sees, hears
// and can do. What the daemon decides is tested with the daemon.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { fake_ward, in_check } from "./fake_ward.mjs";
import { keys_for, open_page, own_tag, press_keys, scan, sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
let server;
beforeEach(() => (server = ward.server));

// Answers every post with a reply, and a view that shows it.
function answer_with(reply) {
    server.answer = (post) => {
        const said = typeof reply === "function" ? reply(post) : reply;
        server.view = { ...server.view, last: said };
        return { reply: said, view: server.view };
    };
}

const { open } = ward;

const texts = () => server.posts.map((post) => post.body.text);
const ok = (text) => views.reply("accept", "scanner_test", { text });

async function until(condition, what) {
    const end = Date.now() + 10_000;
    while (!condition()) {
        assert.equal(Date.now() < end, true, `not within 10 s: ${what}`);
        await new Promise((done) => setTimeout(done, 10));
    }
}

test("a scan is taken with no field and no focus, and its result stays", async (t) => {
    answer_with((post) => ok(post.body.text));
    const { page, complaints } = await open(t);

    await scan(page, own_tag(0, 12));

    await page.waitForSelector(".band-accept");
    assert.deepEqual(server.posts[0].body, {
        station: "OR",
        text: own_tag(0, 12),
        typed: false,
    });
    assert.match(await page.textContent(".band"), new RegExp(own_tag(0, 12)));
    assert.deepEqual(complaints, []);
});

test("a scan under a Chinese input method arrives as it was sent", async (t) => {
    answer_with((post) => ok(post.body.text));
    const { page } = await open(t);
    const gs1 = "]d201069012345678921727063010A2407\x1d21SN/42";

    await scan(page, gs1, { method: true });

    await until(() => server.posts.length === 1, "the scan");
    assert.deepEqual(texts(), [gs1]);
});

test("twenty scans while the daemon is slow are applied in order, none dropped", async (t) => {
    server.answer = async (post) => {
        await new Promise((done) => setTimeout(done, 30));
        return { reply: ok(post.body.text), view: server.view };
    };
    const { page } = await open(t);
    const sent = Array.from({ length: 20 }, (_one, i) => own_tag(2, i));

    for (const text of sent) {
        await scan(page, text);
    }

    await until(() => server.posts.length === 20, "twenty scans");
    assert.deepEqual(texts(), sent);
    assert.equal(new Set(server.posts.map((post) => post.key)).size, 20);
});

test("a scan whose answer is lost is sent again under the same key, and the page says so", async (t) => {
    const { page } = await open(t);
    let lost = 2;
    server.answer = (post) =>
        lost-- > 0 ? "lost" : { reply: ok(post.body.text), view: server.view };

    await scan(page, own_tag(2, 1));
    await page.waitForSelector('.strip-warn >> text="1 次扫码等待提交，恢复连接后按顺序提交。"');
    await page.waitForSelector(".band-accept");

    assert.equal(server.posts.length, 3);
    assert.equal(new Set(server.posts.map((post) => post.key)).size, 1);
    await page.waitForSelector(".strip-warn", { state: "detached" });
});

test("a scan's Enter presses no button that was clicked before", async (t) => {
    server.view = in_check();
    answer_with((post) => ok(post.body.text ?? post.body.command.do));
    const { page } = await open(t);
    await page.locator(".actions button").first().click();
    await until(() => server.posts.length === 1, "the click");

    await scan(page, own_tag(2, 5));
    await until(() => server.posts.length === 2, "the scan");
    await page.keyboard.press("Enter");
    await scan(page, own_tag(2, 6));

    await until(() => server.posts.length === 3, "the second scan");
    assert.deepEqual(texts(), [undefined, own_tag(2, 5), own_tag(2, 6)]);
});

test("keys mean what is printed on them, digits with Enter are the quantity", async (t) => {
    server.view = in_check();
    answer_with((post) => ok(post.body.command.do));
    const { page } = await open(t);
    const pressed = [
        ["z", { do: "undo" }],
        ["m", { do: "missing" }],
        ["e", { do: "take_out_expired" }],
        ["12", { do: "quantity", quantity: 12 }],
        ["0", { do: "quantity", quantity: 0 }],
    ];

    for (const [index, [keys, command]] of pressed.entries()) {
        for (const key of keys) {
            await page.keyboard.press(key, { delay: 60 });
            await page.waitForTimeout(90); // lint: sleep-ok a person's pace is what is tried
        }
        if (/\d/.test(keys)) {
            await page.waitForSelector(`.pending strong:text-is("${keys}")`);
            await page.keyboard.press("Enter");
        }
        await until(() => server.posts.length === index + 1, keys);
        assert.deepEqual(server.posts[index].body.command, command, keys);
    }
});

test("a number is forgotten with Esc and never set", async (t) => {
    server.view = in_check();
    const { page } = await open(t);

    await page.keyboard.press("7");
    await page.waitForSelector(".pending");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".pending", { state: "detached" });
    await page.keyboard.press("Enter");

    assert.deepEqual(server.posts, []);
});

test("everything a nurse keys can be touched", async (t) => {
    server.view = in_check();
    answer_with((post) => ok(post.body.command.do));
    const { page } = await open(t);
    const press = (name) => page.getByRole("button", { name, exact: false }).first().click();

    await press("数量");
    for (const digit of ["1", "2"]) {
        await page.locator(".key", { hasText: digit }).first().click();
    }
    await page.locator(".key-done").click();
    await press("换批");
    await page.locator(".fields input").first().fill("202706");
    await page.locator(".key-done").click();
    await press("换批");
    await press("失效期");
    await page.locator(".fields input").first().fill("202706");
    await page.locator(".key-done").click();
    await press("换批"); // the next pack's word is the usual one again
    await page.locator(".fields input").first().fill("202708");
    await page.locator(".key-done").click();
    await page.locator(".line").nth(3).click();
    await press("完成检查");

    await until(() => server.posts.length === 6, "six commands");
    assert.deepEqual(server.posts.map((post) => post.body.command), [
        { do: "quantity", quantity: 12 },
        { do: "expiry", last_usable_day: "2027-06-30" },
        { do: "expiry", last_usable_day: "2027-05-31" },
        { do: "expiry", last_usable_day: "2027-08-31" },
        { do: "select_line", line: "amiodarone" },
        { do: "close" },
    ]);
});

test("a scan goes through while a field has the focus, and leaves nothing in it", async (t) => {
    server.view = in_check();
    answer_with((post) => ok(post.body.text));
    const { page } = await open(t);
    await page.keyboard.press("Slash");
    await page.locator(".fields input").fill("肾上");

    await scan(page, own_tag(2, 9));

    await until(() => server.posts.length === 1, "the scan");
    assert.deepEqual(texts(), [own_tag(2, 9)]);
    await page.waitForSelector(".panel", { state: "detached" });
});

test("a line is found by the initials of its Chinese name, in either language", async (t) => {
    for (const language of ["zh-CN", "en"]) {
        server.view = in_check();
        const { page } = await open(t, { language });
        await page.keyboard.press("Slash");
        await page.locator(".fields input").pressSequentially("ssxs", { delay: 120 });
        await page.waitForSelector(".found .button");
        const found = await page.locator(".found-row").allTextContents();
        assert.equal(found.length, 1, language);
        assert.match(found[0], /肾上腺素|Epinephrine/);
    }
});

test("a code keyed by hand says that it was keyed", async (t) => {
    answer_with((post) => ok(post.body.text));
    const { page } = await open(t);
    await page.keyboard.press("Slash");
    await page.locator(".fields input").pressSequentially(own_tag(5, 3), { delay: 100 });

    await page.keyboard.press("Enter");

    await until(() => server.posts.length === 1, "the code");
    assert.deepEqual(server.posts[0].body, { station: "OR", text: own_tag(5, 3), typed: true });
});

test("half a scan is refused on the page and never sent", async (t) => {
    const { page } = await open(t);

    // The keys' own times have the pause, so that a busy machine makes it no longer.
    const [first, rest] = ["0106901234567892", "1727063010A2407"].map((half) => keys_for(half));
    const start = Date.now();
    const enter = { code: "Enter", name: "Enter", number: 13 };
    await press_keys(page, [...first, ...rest, enter], (place) =>
        start + place * 4 + (place < first.length ? 0 : 200),
    );

    await page.waitForSelector(".band-reject");
    assert.deepEqual(server.posts, []);
});

test("what another scanner of the station read is shown here too", async (t) => {
    server.view = in_check();
    const { page } = await open(t);

    server.push({ ...server.view, last: views.reply("reject", "unknown_code", { text: "4711" }) });

    await page.waitForSelector(".band-reject");
    assert.match(await page.textContent(".band"), /4711/);
});

test("an older view never replaces a newer one", async (t) => {
    const { page } = await open(t);
    server.push(in_check());
    await page.waitForSelector(".lines");

    server.push({ ...views.ward_view(), order: 1, run: "first" });
    server.tick("2026-11-22T04:05:00.000Z");

    await page.waitForSelector('.clock[datetime="2026-11-22T04:05:00.000Z"]');
    assert.equal(await page.locator(".lines").count(), 1);
});

test("a view of the daemon that was killed never replaces one of its successor", async (t) => {
    const { page } = await open(t);
    for (let i = 0; i < 5; i += 1) {
        server.push({ ...views.ward_view() });
    }
    server.view = in_check();
    server.restart("second");
    await page.waitForSelector(".lines"); // although it counts from the beginning

    // What the first one had on its way.
    server.tell({ type: "view", view: { ...views.ward_view(), order: 99, run: "first" } });
    server.tick("2026-11-22T04:05:00.000Z");

    await page.waitForSelector('.clock[datetime="2026-11-22T04:05:00.000Z"]');
    assert.equal(await page.locator(".lines").count(), 1);
});

test("with the clock set back views are still taken, and the clock shows what it says", async (t) => {
    const { page } = await open(t);
    const back = { day: "2026-11-22", known: "2036-11-22", behind_pharmacy: false, waits_for_badge: false };
    server.push({ ...in_check(), now: "2026-11-22T03:00:00.000Z", clock_back: back });
    await page.waitForSelector(".lines");
    await page.waitForSelector('.clock[datetime="2026-11-22T03:00:00.000Z"]');
    assert.match(await page.textContent(".strip-danger"), /2026-11-22.*2036-11-22/);
});

test("behind the pharmacy's day the clock is to be set, and nothing is to be confirmed", async (t) => {
    server.view = views.ward_view({ clock_back: { day: "2026-11-22", known: "2026-12-22", behind_pharmacy: true } });
    const { page } = await open(t);
    await page.locator(".strip-danger:not(:has(button))").getByText("药房已是 2026-12-22").waitFor();
});

test("today's date is confirmed with a press and a badge", async (t) => {
    const back = { day: "2026-11-22", known: "2036-11-22", behind_pharmacy: false, waits_for_badge: false };
    server.view = views.ward_view({ clock_back: back });
    const { page } = await open(t);
    server.answer = () => ({
        reply: views.reply("command", "scan_badge_for_day", { day: back.day }),
        view: views.ward_view({ clock_back: { ...back, waits_for_badge: true } }),
    });
    await page.getByRole("button", { name: "今天确为 2026-11-22" }).click();
    await page.locator(".strip-danger").getByText("扫工牌").waitFor();
    assert.deepEqual(server.posts[0].body, { station: "OR", day: "2026-11-22" });
    server.push(views.ward_view());
    await page.waitForSelector(".strip-danger", { state: "detached" });
});

test("a store that fails is a red strip, a pharmacy out of reach one that counts", async (t) => {
    const link = { state: "connecting", waiting: 37, waiting_since: "2026-11-22T02:11:00.000Z", problem: null };
    server.view = { ...in_check(), recording: false, link };
    const { page } = await open(t);
    assert.match(await page.textContent(".strip-danger"), /没有在记录/);
    assert.match(await page.textContent(".strip-warn"), /37 条/);
});

test("a lost daemon is said, and the page mends itself when it is back", async (t) => {
    const { page } = await open(t);

    server.drop();
    await page.waitForSelector(".strip-warn");
    server.view = in_check();
    server.mend();

    await page.waitForSelector(".lines");
    await page.waitForSelector(".strip-warn", { state: "detached" });
});

test("the review names what will be called missing, and a badge scan signs", async (t) => {
    const review = views.reply("attention", "review_missing", { count: "2", names: "甲、乙" });
    server.view = in_check(review, {}, { reviewed: true });
    answer_with((post) => ok(post.body.text));
    const { page } = await open(t);

    const names = await page.locator(".names li").allTextContents();
    await scan(page, own_tag(5, 1));

    assert.deepEqual(names, ["50%葡萄糖注射液", "球囊面罩（批 K7）"]);
    assert.match(await page.textContent(".review-worth"), /不可用/);
    await until(() => server.posts.length === 1, "the badge");
});

test("a signature with something critical open is asked back in the band, and nothing covers the page", async (t) => {
    const asked = views.reply("attention", "review_critical", {
        names: "肾上腺素",
        names_en: "Epinephrine",
    });
    server.view = in_check(asked, {}, { reviewed: true });
    answer_with((post) => ok(post.body.text));
    const { page } = await open(t);

    const said = await page.textContent(".band");
    await scan(page, own_tag(5, 1));

    assert.match(said, /肾上腺素.*再扫一次工牌.*不可用/s);
    assert.equal(await page.locator("dialog, [role=dialog], [aria-modal]").count(), 0);
    await until(() => server.posts.length === 1, "the badge");
});

test("the station is chosen once and remembered", async (t) => {
    const opened = await open_page(ward.chromium.browser, server.url);
    t.after(() => opened.context.close());
    await opened.page.getByRole("button", { name: "手术室" }).click();
    await opened.page.waitForSelector(".cart");

    await opened.page.goto(server.url);

    await opened.page.waitForSelector(".cart");
});

test("the language stays chosen, and the document says which it is", async (t) => {
    const { page } = await open(t);
    assert.equal(await page.getAttribute("html", "lang"), "zh-CN");

    await page.getByRole("button", { name: "EN" }).click();
    await page.reload();

    await page.waitForSelector(".cart");
    assert.equal(await page.getAttribute("html", "lang"), "en");
    assert.match(await page.textContent(".cart-not_ready"), /Not ready/);
});

test("a new alert appears on the board by itself", async (t) => {
    server.stations = null;
    server.view = views.board({ alerts: [] });
    const { page } = await open(t, {}, "");
    await page.waitForSelector(".all-well");

    server.push(views.board());

    await page.waitForSelector(".group-critical");
    assert.match(await page.textContent(".group-critical"), /纳洛酮注射液/);
});

test("a time and a badge accept a cart's alerts, all of one trip", async (t) => {
    server.stations = null;
    server.view = views.board();
    const accepted = views.reply("accept", "alert_accepted", { by: "王强", expected_at: "" });
    server.answer = (post) => {
        server.view = views.board({ session: { staff: { id: "P1", name: "王强" } } });
        const known = views.reply("accept", "badge_known", { by: "王强" });
        return { reply: post.path.endsWith("scans") ? known : accepted, view: server.view };
    };
    const { page } = await open(t, {}, "");

    await page.locator(".group-critical .accept button").first().click();
    await page.waitForSelector(".waits-badge");
    await scan(page, own_tag(5, 7));

    await until(() => server.posts.length === 4, "the badge and three acceptances");
    const accepts = server.posts.filter((post) => post.path === "/api/v1/alerts/accept");
    assert.deepEqual(accepts.map((post) => post.body.subject), ["naloxone", "defib", "norepi"]);
    accepts.forEach((post) => {
        assert.equal(post.body.badge, own_tag(5, 7));
        assert.equal(post.body.expected_at, "2026-11-22T04:18:00.000Z");
    });
    await page.waitForSelector(".board .operator:not(.none)");
});

test("a row's number with Enter waits for a badge, and Esc forgets it", async (t) => {
    server.stations = null;
    server.view = views.board();
    const { page } = await open(t, {}, "");

    await page.keyboard.press("1");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".waits-badge");
    await page.keyboard.press("Escape");

    await page.waitForSelector(".waits-badge", { state: "detached" });
    assert.deepEqual(server.posts, []);
});

test("rows keep their place while the pointer is on the list", async (t) => {
    server.stations = null;
    server.view = views.board({ alerts: views.board_alerts().slice(3) });
    const { page } = await open(t, {}, "");
    await page.locator(".group").first().hover();

    server.push(views.board());

    await page.waitForSelector(".group >> nth=1");
    const held = await page.locator(".group h2").allTextContents();
    assert.match(held[0], /三楼/);
    await page.mouse.move(1300, 700);
    await page.waitForSelector('.group >> nth=0 >> text="手术室 · 手术室 1 号车"');
});

test("four sounds are four: one graph of pulses each, none longer than 350 ms", async (t) => {
    server.view = in_check();
    const { page } = await open(t);
    await page.evaluate(() => {
        window.pulses = [];
        const start = OscillatorNode.prototype.start;
        OscillatorNode.prototype.start = function (at) {
            window.pulses.push({ hz: this.frequency.value, at });
            return start.call(this, at);
        };
    });
    const heard = {};

    for (const kind of ["accept", "attention", "reject", "command"]) {
        server.push({ ...server.view, last: views.reply(kind, "scanner_test", { text: kind }) });
        await page.waitForSelector(`.band-${kind}`);
        heard[kind] = await page.evaluate(() => window.pulses.splice(0).map((one) => one.hz));
    }

    assert.deepEqual(heard, {
        accept: [1047, 1319],
        attention: [880, 880],
        reject: [262],
        command: [660],
    });
});

const screens = {
    overview: () => views.ward_view(),
    check: () => in_check(views.reply("attention", "no_current_line")),
    refused: () => in_check(views.reply("reject", "no_current_line")),
    review: () => in_check(views.reply("attention", "review_missing"), {}, { reviewed: true }),
    clock_back: () => views.ward_view({ clock_back: { day: "2026-11-22", known: "2036-11-22" } }),
    board: () => views.board(),
};

for (const [name, view] of Object.entries(screens)) {
    for (const size of ["desk", "wide", "phone"]) {
        test(`${name} at ${size}: nothing clipped, targets large enough, axe finds nothing`, async (t) => {
            for (const language of ["zh-CN", "en"]) {
                server.view = view();
                server.stations = name === "board" ? null : views.stations;
                const options = { size: sizes[size], language };
                const { page } = await open(t, options, name === "board" ? "" : "?station=OR");

                assert.deepEqual(await too_small(page), [], language);
                assert.equal(await wider_than_window(page), 0, language);
                assert.deepEqual(await faults_of(page), [], language);
            }
        });
    }
}
