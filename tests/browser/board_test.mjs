// Goal: the board with very much on it stays readable and quick. Set answers show what the page does
// with them.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { fake_ward } from "./fake_ward.mjs";
import { faults_of, wider_than_window } from "./page_faults.mjs";
import { picture, sizes } from "./kit.mjs";
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

// In CSS pixels, the smallest letters of what a person reads from three metres.
const letters = (page, chosen) =>
    page.$$eval(chosen, (all) =>
        Math.min(...all.map((one) => Number.parseFloat(getComputedStyle(one).fontSize))),
    );

for (const language of ["zh-CN", "en"]) {
    test(`on a wall the board is read from three metres and asks for nothing: ${language}`, async (t) => {
        server.stations = null;
        server.view = views.board();
        const { page } = await open(t, { size: sizes.wide, language }, "?wall");
        await page.waitForSelector(".group");
        assert.ok((await letters(page, ".group h2, .line-name b, .board-count strong")) >= 40);
        assert.ok((await letters(page, ".alert-state, .why, .board-count")) >= 28);
        const buttons = page.locator("main button");
        for (let i = 0; i < (await buttons.count()); i += 1) {
            assert.equal(await buttons.nth(i).isVisible(), false, await buttons.nth(i).textContent());
        }
        assert.equal(await wider_than_window(page), 0);
        assert.deepEqual(await faults_of(page), []);
        if (process.env.CARTWATCH_BROWSER_OUTPUT) {
            await picture(page, process.env.CARTWATCH_BROWSER_OUTPUT, `wall-${language}`);
        }
    });
}

// Whether what stands in the header stands in one row and over nothing else of it.
const header_rows = (page) =>
    page.$$eval(".header h1, .board-count, .header-middle .chip, .header-end", (all) => {
        const boxes = all.map((one) => one.getBoundingClientRect()).filter((box) => box.width > 0);
        const [middle] = boxes.map((box) => (box.top + box.bottom) / 2);
        return {
            rows: boxes.every((box) => box.top < middle && middle < box.bottom) ? 1 : 2,
            cut: all.filter((one) => one.scrollWidth > one.clientWidth + 1).length,
            overlaps: boxes.slice(1).filter((box, i) => box.left < boxes[i].right - 0.5).length,
        };
    });

for (const path of ["", "?wall"]) {
    for (const language of ["zh-CN", "en"]) {
        test(`the header is one row at 1366 pixels, nothing over anything: ${language}${path}`, async (t) => {
            server.stations = null;
            server.view = views.board();
            const { page } = await open(t, { size: sizes.desk, language }, path);
            await page.waitForSelector(".group");
            assert.deepEqual(await header_rows(page), { rows: 1, cut: 0, overlaps: 0 });
            assert.equal(await wider_than_window(page), 0);
            const sheared = await page.$$eval(".group:first-child .why", (all) =>
                all.filter((one) => one.getBoundingClientRect().height > 120).length,
            );
            assert.equal(sheared, 0, "no column is a word wide");
        });
    }
}

test("what has no room on a wall is counted, and new and worse comes to the top", async (t) => {
    server.stations = null;
    const [critical, , , high] = views.board_alerts();
    const many = Array.from({ length: 30 }, (_one, i) => ({
        ...{ ...high, severity: "high", state: "raised", raised_at: "2026-11-22T01:00:00.000Z" },
        ...{ cart: `C-${i}`, subject: `line-${i}` },
    }));
    server.view = views.board({ alerts: many });
    const { page } = await open(t, { size: sizes.wide }, "?wall");
    const rest = page.locator(".wall-rest");
    const counted = async () => Number((await rest.textContent()).match(/另有 (\d+) 辆车/)[1]);
    const whole = () =>
        page.$$eval(".group", (all) => all.filter((one) => getComputedStyle(one).visibility === "visible").length);

    assert.equal((await counted()) + (await whole()), 30);
    const worst = { ...critical, cart: "C-99", cart_name: { zh: "新的车", en: "New" } };
    server.push(views.board({ alerts: [...many, worst] }));
    await page.waitForFunction(() => document.querySelector(".group h2")?.textContent.includes("新的车"));
    assert.equal((await counted()) + (await whole()), 31);
});

test("one button leads to the wall and back, and the address keeps it", async (t) => {
    server.stations = null;
    server.view = views.board();
    const { page } = await open(t, {}, "");
    const button = page.getByRole("button", { name: "墙面大字" });
    await button.click();
    await page.waitForSelector("html.wall");
    assert.match(page.url(), /[?&]wall/);
    await button.click();
    await page.waitForSelector("html:not(.wall) .accept");
    assert.doesNotMatch(page.url(), /wall/);
});
