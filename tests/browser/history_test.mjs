// Goal: a manager sees of every cart what became of each week, and why, comes from a week to the
// check and its scans, prints one cart on A4 and takes the figures along; and whoever scans is back
// at work. Set answers show what the pages do with them; the last tests have real daemons.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, test } from "node:test";

import { fake_ward } from "./fake_ward.mjs";
import { history, history_figures, history_gets, journal, pharmacy_journal, raw } from "./history_views.mjs";
import { own_tag, picture, scan, sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
const pictures = process.env.CARTWATCH_BROWSER_OUTPUT;
let server;

beforeEach(() => {
    server = ward.server;
    server.gets = history_gets();
});

async function open_board_history(t, options) {
    server.stations = null;
    server.view = views.board();
    const opened = await ward.open(t, options, "");
    await opened.page.getByRole("button", { name: /^(历史|History)$/ }).click();
    await opened.page.waitForSelector(".weeks table");
    return opened;
}

async function open_ward_history(t, options) {
    const opened = await ward.open(t, options);
    await opened.page.getByRole("button", { name: /^(更多|More)$/ }).click();
    await opened.page.getByRole("button", { name: /^(历史|History)$/ }).click();
    await opened.page.waitForSelector(".weeks table");
    return opened;
}

// What a sheet says.
const words_on = (pdf) => execFileSync("pdftotext", ["-", "-"], { input: pdf }).toString();

const row_of = (page, name) => page.locator(".weeks tbody tr", { hasText: name });
const states_in = (row) =>
    row.locator(".cell").evaluateAll((cells) => cells.map((one) => one.className.replace("cell cell-", "")));

test("every cart has its weeks, missed ones too, and a cart that was never checked says so", async (t) => {
    const { page } = await open_board_history(t);
    const ok = "on_time";

    assert.deepEqual(await states_in(row_of(page, "手术室 1 号车")), [
        ...[ok, ok, "late", ok, "missed", ok, ok, "not_ready", ok, ok, ok, ok],
    ]);
    const never = row_of(page, "三楼抢救车");
    assert.match(await never.textContent(), /从未/);
    assert.equal(await never.locator("button.cell").count(), 0);
    assert.match(await page.textContent(".figures"), /75\.0%/); // 18 of 24 on time
});

test("a week says in words what it was, for those who hear the page", async (t) => {
    const { page } = await open_board_history(t, { language: "en" });
    const cell = row_of(page, "Theatre cart 1").locator(".cell").nth(2);
    assert.equal(
        await cell.getAttribute("aria-label"),
        "Week 38: Late, due 16 Sep 2026, checked 18 Sep 2026 by 张敏",
    );
});

test("a week opens its check: who, what of every line, every scan as sent, and what was taken back", async (t) => {
    const { page } = await open_ward_history(t);
    await row_of(page, "手术室 1 号车").locator("button.cell").last().click();
    await page.waitForSelector(".past-steps");

    assert.match(await page.textContent(".history-title"), /手术室 1 号车.*张敏.*6:10/s);
    assert.match(await page.textContent(".history-table"), /肾上腺素注射液.*4 \/ 5.*扫了物品.*A2407/s);
    assert.equal(await page.locator(".past-steps .undone").count(), 1);
    const codes = await page.locator(".past-steps code").allTextContents();
    const seen = raw.replace("\x1d", "GS");
    assert.deepEqual(codes, ["6901234567892", seen, seen]);

    await page.keyboard.press("Escape");
    await page.waitForSelector(".weeks table");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".cart");
});

test("the keyboard alone reaches a cart, a check of it, and the way back", async (t) => {
    const { page } = await open_board_history(t);
    await row_of(page, "手术室 1 号车").locator(".cart-link").focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".past-alerts");
    await page.locator(".history-table .cart-link").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".past-steps");
    await page.keyboard.press("Escape");
    await page.waitForSelector(".past-alerts");
});

test("one cart tells its rule, each due date, its seals and how long its alerts waited", async (t) => {
    const { page } = await open_board_history(t);
    await row_of(page, "手术室 1 号车").locator(".cart-link").click();
    await page.waitForSelector(".past-alerts");

    const all = await page.textContent(".history-scroll");
    assert.match(all, /每 7 天一次全面检查/);
    assert.match(all, /2026-09-30 周三.*漏/s);
    assert.match(all, /0457712.*0457711/s);
    assert.match(all, /王强.*补齐.*2\.4 小时/s);
    assert.match(all, /还没有补齐/);
    const asked = server.asked.filter((one) => /history\?.*cart=OR-1/.test(one));
    assert.equal(asked.length, 1);
    assert.match(asked[0], /node=ward-1/);
});

test("above everything stands how long carts were ready and how many lines were not scanned", async (t) => {
    const { page } = await open_board_history(t);
    await page.waitForSelector(".override");
    const all = await page.textContent(".figures");
    assert.match(all, /60\.8%.*3 辆车共 249\.0 个车日，其中 151\.5 个可用/s);
    assert.match(all, /3\.9.*高于目标.*307 行中手工录入 7 行，没有扫 5 行；目标 2 以下，超过 5 要找原因/s);
    const sums = (name) => row_of(page, name).locator(".cart-sum").allTextContents();
    assert.deepEqual(await sums("手术室 1 号车"), ["97.0%", "1.1 达标"]);
    assert.deepEqual(await sums("麻醉插管箱"), ["85.5%", "8.3 要找原因"]);
    assert.deepEqual(await sums("三楼抢救车"), ["0.0%", "–"]);
});

test("due dates are told by day, week, month, quarter and all together, of a station and of a cart", async (t) => {
    const { page } = await open_board_history(t);
    const part = page.getByRole("region", { name: "按应做日统计" });
    const rows = () => part.locator("tbody tr").allTextContents();
    assert.match((await rows())[0], /^2026-11.*100|^2026-11/);
    await part.getByRole("button", { name: "合计" }).click();
    assert.deepEqual((await rows()).length, 1);
    assert.match((await rows())[0], /24183/); // 24 due, 18 on time, 3 late
    await part.getByRole("button", { name: "季度" }).click();
    assert.match((await rows())[0], /^2026-Q4/);
    await part.getByRole("button", { name: "周" }).click();
    assert.equal((await rows()).length, 12);

    await page.locator(".cart-link").first().click();
    await part.waitFor();
    await part.getByRole("button", { name: "合计" }).click();
    assert.equal((await rows()).length, 1);
});

test("what expires is told by month, and as far ahead as is asked for", async (t) => {
    const { page } = await open_board_history(t);
    const months = page.getByRole("region", { name: "每月到期数量" });
    await months.locator("tbody tr").first().waitFor();
    assert.equal(await months.locator("tbody tr").count(), 6);
    assert.match(await months.locator("tbody tr").nth(1).textContent(), /2026-12.*37.*9.*2/s);

    await months.getByRole("button", { name: "24 个月" }).click();
    await months.locator("tbody tr").nth(23).waitFor();
    assert.match(await months.locator("tbody tr").nth(23).textContent(), /2028-10/);
});

test("the swaps say what goes where and for which lot, name a controlled drug, and print alone", async (t) => {
    const { page } = await open_board_history(t, { language: "en" });
    const swaps = page.getByRole("region", { name: "Swaps" });
    await swaps.locator("tbody tr").first().waitFor();
    assert.match(await swaps.textContent(), /23 units would expire unused; the swaps below save 7/);
    const rows = swaps.locator("tbody tr");
    assert.match(
        await rows.nth(0).textContent(),
        /Adrenaline.*5.*Intubation box.*20260317A.*1 Feb 2027.*Theatre cart 1.*20280609B.*52 in the last 365/s,
    );
    assert.doesNotMatch(await rows.nth(0).textContent(), /Controlled/);
    assert.match(await rows.nth(1).textContent(), /Controlled: two people/);

    await page.evaluate(() => (window.print = () => (window.printed = true)));
    await swaps.getByRole("button", { name: "Print the swaps" }).click();
    assert.equal(await page.evaluate(() => window.printed), true);
    const words = words_on(await page.pdf({ format: "A4" }));
    assert.match(words, /20260317A/);
    assert.doesNotMatch(words, /Checks on time|Exports|Expiring by month/);

    await page.evaluate(() => dispatchEvent(new Event("afterprint")));
    assert.match(words_on(await page.pdf({ format: "A4" })), /Checks on time/);
});

test("months that cannot be read say so and leave the rest", async (t) => {
    server.failing = "/api/v1/history/expiry";
    const { page } = await open_board_history(t);
    await page.getByText("现在读不到每月到期数量").waitFor();
    assert.match(await page.textContent(".figures"), /75\.0%/);
});

test("figures that are not there, or cannot be had, say so and leave the rest", async (t) => {
    const told = { none: /还没有可算的数据/, lost: /现在算不出来/ };
    for (const [why, words] of Object.entries(told)) {
        if (why === "lost") {
            server.failing = "/api/v1/history/figures";
        } else {
            server.gets["/api/v1/history/figures"] = () => ({
                ...{ ...history_figures(), carts: [] },
            });
        }
        const { page } = await open_board_history(t);
        await page.waitForFunction(
            (source) => new RegExp(source).test(document.querySelector(".figures").textContent),
            words.source,
        );
        assert.match(await page.textContent(".figures"), /75\.0%/);
    }
    server.failing = "";
});

test("before a cart's first check nothing is missed, and each such week says why", async (t) => {
    server.gets["/api/v1/history"] = () => {
        const told = history();
        const [cart] = told.carts;
        cart.dues = cart.dues.slice(5);
        cart.checks = cart.checks.filter((one) => one.working_day >= cart.dues[0].due);
        cart.first_check = cart.checks[0].working_day;
        return told;
    };
    const { page } = await open_board_history(t);
    const row = row_of(page, "手术室 1 号车");
    assert.deepEqual((await states_in(row)).slice(0, 6), [...Array(5).fill("before"), "on_time"]);
    assert.equal(
        await row.locator(".cell").first().getAttribute("aria-label"),
        "第 36 周：首次检查之前，没有应做日",
    );
    assert.deepEqual(new Set(await states_in(row_of(page, "三楼抢救车"))), new Set(["before"]));
    assert.match(await page.textContent(".legend"), /首次检查之前，没有应做日/);
});

test("one cart prints on A4: two pages at most, nothing of the screen's buttons", async (t) => {
    const { page } = await open_board_history(t);
    await row_of(page, "手术室 1 号车").locator(".cart-link").click();
    await page.waitForSelector(".past-alerts");
    await page.emulateMedia({ media: "print" });

    for (const hidden of [".header", ".history .footer", ".history .row"]) {
        assert.equal(await page.locator(hidden).first().isVisible(), false, hidden);
    }
    await page.emulateMedia({ media: null });
    const pdf = await page.pdf({ preferCSSPageSize: true });
    if (pictures) {
        mkdirSync(pictures, { recursive: true });
        writeFileSync(join(pictures, "history-cart.pdf"), pdf);
    }
    const said = words_on(pdf);
    assert.match(said, /生成于 2026-11-22/);
    assert.match(said, /日志第 1 至 4711 条/);
    assert.match(said.replace(/\s/g, ""), new RegExp(journal.hash));
    assert.match(said, /cartwatch verify --entry ward-1:4711/);
    assert.match(said, /日志第 1 至 77 条/);
    assert.match(said.replace(/\s/g, ""), new RegExp(pharmacy_journal.hash));
    assert.match(said, /cartwatch verify --entry pharmacy:77/);
    assert.doesNotMatch(said, /ward-2:12/);
    const text = pdf.toString("latin1");
    const boxes = [...text.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    assert.ok(boxes.length >= 1 && boxes.length <= 2, `${boxes.length} pages`);
    assert.match(said, new RegExp(`1 ?/ ?${boxes.length}`));
    assert.deepEqual(boxes[0].slice(1).map((one) => Math.round(Number(one))), [595, 842]);
});

test("other weeks and one station are asked for and shown", async (t) => {
    const { page } = await open_board_history(t);
    await page.getByRole("button", { name: "52 周" }).click();
    await page.waitForSelector(".weeks table");
    assert.match(server.asked.at(-1), /from=2025-11-17/);

    await page.locator(".station-choice select").selectOption({ label: "三楼护士站" });
    assert.deepEqual(await page.locator(".weeks tbody th b").allTextContents(), ["三楼抢救车"]);
    const waits = await page.textContent(".figures");
    assert.match(waits, /中位 15 分钟.*中位 3\.0 小时/s);
    assert.doesNotMatch(waits, /2\.4 小时/);
});

test("downloads are for the days that are shown", async (t) => {
    const { page } = await open_board_history(t);
    const links = await page.locator(".exports a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.ok(links.includes("/api/v1/export/checks?format=xlsx&from=2026-08-31&to=2026-11-22"));
    assert.ok(links.includes("/api/v1/export/stock?format=csv"));
});

test("an inspection pack is made of the days and the station that are shown, and handed over", async (t) => {
    const { page } = await open_board_history(t);
    const made = (query) => server.asked.findLast((one) => one.startsWith("/api/v1/export/pack?")) ?? query;
    server.gets["/api/v1/export/pack"] = () => ({ packed: true });
    await page.locator(".station-choice select").selectOption({ label: "三楼护士站" });
    const arriving = page.waitForEvent("download");
    await page.getByRole("button", { name: "制作并下载" }).click();
    const download = await arriving;
    assert.equal(download.suggestedFilename(), "cartwatch-pack-2026-08-31-2026-11-22.zip");
    await page.getByText("已下载。").waitFor();
    const asked = new URL(made(""), server.url).searchParams;
    assert.equal(asked.get("from"), "2026-08-31");
    assert.equal(asked.get("language"), "zh-CN");
    assert.equal(asked.get("station"), "N3");

    server.failing = "/api/v1/export/pack";
    await page.getByRole("button", { name: "制作并下载" }).click();
    await page.getByText("没有做成。").waitFor();
    server.failing = "";
});

test("a past that cannot be read says so, and is asked for again", async (t) => {
    server.failing = "/api/v1/history";
    server.stations = null;
    server.view = views.board();
    const { page } = await ward.open(t, {}, "");
    await page.getByRole("button", { name: "历史" }).click();
    await page.waitForSelector('.file-lost >> text="现在读不到历史记录。"');
    server.failing = "";
    await page.locator(".history-part").getByRole("button", { name: "刷新" }).click();
    await page.waitForSelector(".weeks table");
});

test("whoever scans is back at work at once", async (t) => {
    const { page } = await open_ward_history(t);
    const said = views.reply("accept", "badge_known", { by: "张敏" });
    server.answer = () => {
        server.view = views.ward_view({ last: said });
        return { reply: said, view: server.view };
    };
    await scan(page, own_tag(5, 3));
    await page.waitForSelector(".band-accept");
    assert.equal(await page.locator(".history").count(), 0);
});

test("the charts are fetched when they are opened, not with the board", async (t) => {
    server.stations = null;
    server.view = views.board();
    const { page } = await ward.open(t, {}, "");
    const loaded = () =>
        page.evaluate(() => performance.getEntriesByType("resource").map((one) => new URL(one.name).pathname));
    const before = await loaded();
    await page.getByRole("button", { name: "历史" }).click();
    await page.waitForSelector(".weeks table");
    const after = await loaded();
    const scripts = after.filter((one) => one.endsWith(".js") && !before.includes(one));
    assert.equal(scripts.length > 0, true);
});

for (const size of ["desk", "wide", "phone"]) {
    test(`the past at ${size}: nothing clipped, targets large enough, axe finds nothing`, async (t) => {
        for (const language of ["zh-CN", "en"]) {
            const { page, complaints } = await open_board_history(t, { size: sizes[size], language });
            const hold = async (place) => {
                const where = `${place} ${language}`;
                assert.deepEqual(await too_small(page), [], where);
                assert.equal(await wider_than_window(page), 0, where);
                assert.deepEqual(await faults_of(page), [], where);
                if (pictures) {
                    await picture(page, pictures, `history-${place}-${language}-${size}`);
                }
            };
            await hold("all");
            await page.locator(".weeks .cart-link").last().click();
            await page.waitForSelector(".past-alerts");
            await hold("cart");
            await page.locator(".history-table .cart-link").first().click();
            await page.waitForSelector(".past-steps");
            await hold("check");
            assert.deepEqual(complaints, []);
        }
    });
}
