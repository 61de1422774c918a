// Goal: what a pharmacist scanned into a dispatch is lost by no refusal, every scan is answered, and
// what is scanned at the board says what the board makes of it. The page of a real pharmacy, with
// the example hospital's open alerts.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, real_hospital, until } from "./daemons.mjs";
import { open_page, scan, sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";

const cart = "3F-1";
const subject = "naloxone-0.4mg"; // three of them are short
const { hospital, chromium } = real_hospital();

const board = () => ask(hospital.urls.pharmacy, "/api/v1/view");
const alert_now = async () =>
    (await board()).alerts.find((one) => one.cart === cart && one.subject === subject);
const badge_of = (id) => hospital.scans.find((one) => one.about.endsWith(` ${id}`)).text;
const pack_of = (product, section = "OR-1") =>
    hospital.scans.find(
        (one) => one.section === section && one.about.startsWith(`pack of ${product} `),
    );

async function open_board(t, options = {}) {
    const shown = await open_page(chromium.browser, hospital.urls.pharmacy, options);
    t.after(() => shown.context.close());
    await shown.page.getByText(/纳洛酮|Naloxone/).first().waitFor();
    return shown;
}

async function open_form(page) {
    const row = page.locator(".alert", { hasText: "纳洛酮" });
    await row.getByRole("button", { name: "发出…" }).click();
    await page.locator(".send-foot").waitFor();
}

const band = (page, kind, text) =>
    page.locator(`.band-${kind}`, { hasText: text }).waitFor({ timeout: 5_000 });
const fields = { quantity: "数量", lot: "批号（照包装填）", day: "包装上的日期", reason: "少发的原因" };

async function add_typed(page, lot, day) {
    await page.getByLabel(fields.lot).fill(lot);
    await page.getByLabel(fields.day).fill(day);
    await page.getByRole("button", { name: "加入" }).click();
}

test("a pack scanned where no form is open says what it is and that a line comes first", async (t) => {
    const { page } = await open_board(t);
    await scan(page, pack_of(subject).text);
    await band(page, "reject", "纳洛酮注射液");
    await band(page, "reject", "缺货告警");
    await scan(page, "6901234567892");
    await band(page, "reject", "6901234567892");
    assert.doesNotMatch(await page.textContent(".band"), /车牌/);
});

test("a badge at the board is told to choose a line, not to scan a cart", async (t) => {
    const { page } = await open_board(t);
    await scan(page, badge_of("P001"));
    await band(page, "accept", "赵磊，请选要处理的缺货告警");
    await scan(page, pack_of(subject).text); // is not taken for the badge of what follows
    await band(page, "reject", "缺货告警");
    await page.locator(".operator:not(.none)").waitFor();
});

test("every scan into a dispatch is answered, and the number to type follows", async (t) => {
    const { page } = await open_board(t);
    await open_form(page);
    assert.equal(await page.getByLabel(fields.quantity).inputValue(), "3");

    await scan(page, pack_of("dopamine-20mg").text);
    await band(page, "reject", "没有加入");
    await scan(page, pack_of(subject, cart).text); // what is short at the cart is past its day
    await band(page, "reject", "已过期");
    await scan(page, pack_of(subject).text);
    await band(page, "accept", "已加入 纳洛酮注射液 批 L01022：1 / 3");
    assert.equal(await page.getByLabel(fields.quantity).inputValue(), "2");
    await scan(page, pack_of(subject).text);
    await band(page, "accept", "2 / 3");
    assert.equal(await page.getByLabel(fields.quantity).inputValue(), "1");
    await page.getByRole("button", { name: "移除" }).click();
    assert.equal(await page.getByLabel(fields.quantity).inputValue(), "3");
});

test("a reason is asked for before anything is sent", async (t) => {
    const { page } = await open_board(t);
    const posts = [];
    page.on("request", (one) => one.url().endsWith("/dispatch") && posts.push(one.url()));
    await open_form(page);
    const send = page.locator(".send-foot .button.primary");

    await send.click();
    await page.locator(".send-refused", { hasText: "没有写发出什么" }).waitFor();
    await scan(page, pack_of(subject).text);
    await band(page, "accept", "1 / 3");
    assert.equal(await page.locator(".send-refused").count(), 0);
    await send.click();
    await page.locator(".send-refused", { hasText: "请写明少发的原因" }).waitFor();
    assert.equal(await page.locator(".send-form .waits-badge").count(), 0);
    assert.deepEqual(posts, []);
});

for (const size of ["desk", "phone"]) {
    test(`the button that sends is within reach at ${size}`, async (t) => {
        const { page } = await open_board(t, { size: sizes[size] });
        await open_form(page);
        await scan(page, pack_of(subject).text);
        await band(page, "accept", "1 / 3");
        const box = await page.locator(".send-foot .button.primary").boundingBox();
        assert.ok(box.y >= 0 && box.y + box.height <= sizes[size].height, JSON.stringify(box));
        assert.deepEqual(await too_small(page), []);
        assert.equal(await wider_than_window(page), 0);
        assert.deepEqual(await faults_of(page), []);
    });
}

test("a refusal leaves what was scanned, and stands beside it; what is taken closes the form", async (t) => {
    const { page, complaints } = await open_board(t);
    await open_form(page);
    const send = page.locator(".send-foot .button.primary");
    await scan(page, pack_of(subject).text);
    await band(page, "accept", "1 / 3");
    await add_typed(page, "OLD", "20200131");
    await send.click();
    await page.locator(".send-form .waits-badge").waitFor();
    await scan(page, badge_of("P001"));

    await page.locator(".send-refused", { hasText: "已过期" }).waitFor();
    const rows = page.locator(".send-rows li");
    assert.deepEqual(
        (await rows.allTextContents()).map((one) => /L01022|OLD/.exec(one)?.[0]),
        ["L01022", "OLD"],
    );
    assert.equal((await alert_now()).state, "raised");
    await rows.nth(1).getByRole("button").click();
    await add_typed(page, "NEW", "20300131");
    await send.click();
    await page.locator(".send-form").waitFor({ state: "detached" });
    const sent = await until(async () => {
        const one = await alert_now();
        return one.state === "dispatched" ? one.dispatched.units : null;
    }, "the dispatch is known");
    assert.deepEqual(
        sent.map(({ lot, quantity }) => [lot, quantity]).sort(),
        [["L01022", 1], ["NEW", 2]],
    );
    assert.deepEqual(complaints, []);
});
