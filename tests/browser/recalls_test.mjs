// Goal: a pharmacist sees at the board where a recalled lot still lies, ward by ward and place by
// place, recalls a lot by scanning a pack, and takes a recall back. Set answers show what the page
// does with them; the last test has real daemons, and the ward's answer arrives by itself.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { ask, start_hospital, until } from "./daemons.mjs";
import { fake_ward } from "./fake_ward.mjs";
import { open_page, own_tag, scan, sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";
import { atropine, epinephrine, half_done, withdrawn } from "./recall_views.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
let server;

beforeEach(() => {
    server = ward.server;
    server.stations = null;
    server.view = views.board();
    server.gets = {
        "/api/v1/recalls": { recalls: [half_done(), withdrawn()] },
        "/api/v1/products": { products: [epinephrine, atropine] },
    };
    server.answer = (post) =>
        post.path === "/api/v1/products/read"
            ? pack_read(post.body.text)
            : { reply: views.reply("accept", "recall_issued", { name: "" }), view: server.view };
});

const pack = "0106901234567892";

function pack_read(text) {
    const known = text.startsWith(pack);
    return {
        products: known ? [epinephrine] : [],
        lot: known ? "Z9" : null,
        last_usable_day: null,
        serial: null,
    };
}

async function open_panel(t, options) {
    const opened = await ward.open(t, options, "");
    await opened.page.locator(".header .chip", { hasText: /召回|Recalls/ }).click();
    await opened.page.waitForSelector(".recall");
    return opened;
}

const posts_to = (path) => server.posts.filter((post) => post.path === path);

test("the board says how many recalls are not done, before anybody asks", async (t) => {
    const { page } = await ward.open(t, {}, "");

    await page.getByText("召回：1 项未完").waitFor();

    server.gets["/api/v1/recalls"] = { recalls: [withdrawn()] };
    server.push(views.board({ recalls_mark: "2" }));
    await page.waitForFunction(
        () => [...document.querySelectorAll(".chip")].some((chip) => chip.textContent === "召回"),
    );
});

test("recalls are asked for once, and again only when a view says that they changed", async (t) => {
    const { page } = await ward.open(t, {}, "");
    await page.getByText("召回：1 项未完").waitFor();
    const asked = () => server.asked.filter((path) => path === "/api/v1/recalls").length;
    assert.equal(asked(), 1);

    for (let open = 5; open < 15; ++open) {
        const counts = { ...views.board().counts, open };
        server.push(views.board({ counts }));
        await page.locator(".board-count", { hasText: String(open) }).waitFor();
    }
    assert.equal(asked(), 1);

    server.push(views.board({ recalls_mark: "2" }));
    await until(async () => asked() === 2, "the changed recalls are asked for");
});

test("a recall says which wards, carts and positions hold the lot, and what is done", async (t) => {
    const { page, complaints } = await open_panel(t);

    const [first, second] = await page.locator(".recall").allTextContents();
    assert.match(first, /肾上腺素注射液.*批 Z9/);
    assert.match(first, /手术室抢救车 · 1 层 3 格/);
    assert.match(first, /还有 2 件，应取出/);
    assert.match(first, /已取出 2 件（扫码确认 2）.*李敏/);
    assert.match(first, /1 件去向不明/);
    assert.match(first, /3 件没有批号，不能排除：需有人去看包装/);
    assert.match(first, /OR-2 号车.*3 件没有批号，不能排除：请看包装批号并扫码/);
    assert.match(first, /OR-3 号车.*已没有批号不明的/);
    assert.match(first, /120 急救站.*尚未答复/);
    assert.match(first, /没有这批药/);
    assert.match(second, /阿托品注射液.*全部批号.*已撤回：误发/);
    assert.deepEqual(complaints, []);
});

test("a scanned pack, a reason and a badge recall its lot", async (t) => {
    const { page } = await open_panel(t);
    await page.getByRole("button", { name: "新的召回" }).click();

    await scan(page, `${pack}17280131`);
    await page.getByText("召回批号 Z9").waitFor();
    await page.getByLabel("原因（必填）").fill("厂家通知");
    await page.getByRole("button", { name: "召回批号 Z9" }).click();
    await page.getByText("请扫工牌确认。").waitFor();
    assert.deepEqual(posts_to("/api/v1/recalls/issue"), []);
    await page.locator(".recall h3").first().click();
    await scan(page, own_tag(5, 7));

    await until(async () => posts_to("/api/v1/recalls/issue").length === 1, "the recall");
    assert.deepEqual(posts_to("/api/v1/recalls/issue")[0].body, {
        product: "epi",
        lot: "Z9",
        reason: "厂家通知",
        badge: own_tag(5, 7),
    });
});

test("a recall that is refused keeps what was filled in, says why, and is published as it stood", async (t) => {
    const { page } = await open_panel(t);
    await page.getByRole("button", { name: "新的召回" }).click();
    await scan(page, `${pack}17280131`);
    await page.getByText("召回批号 Z9").waitFor();
    const field = page.getByLabel("原因（必填）");
    await field.fill("厂家通知");
    await page.getByRole("button", { name: "召回批号 Z9" }).click();
    await page.getByText("请扫工牌确认。").waitFor();
    assert.equal(await field.isDisabled(), true); // what is decided stays as it is

    const answer = server.answer;
    server.answer = (post) =>
        post.path === "/api/v1/recalls/issue"
            ? { reply: views.reply("reject", "not_allowed", { by: "张敏" }), view: server.view }
            : answer(post);
    await scan(page, own_tag(5, 3));
    await page.waitForSelector(".send-refused");
    assert.equal(await field.inputValue(), "厂家通知");
    assert.equal(await field.isDisabled(), false);

    server.answer = answer;
    await page.getByRole("button", { name: "召回批号 Z9" }).click();
    await page.getByText("请扫工牌确认。").waitFor();
    await scan(page, own_tag(5, 7));
    await page.waitForSelector(".recall-form", { state: "detached" });
    const [refused, taken] = posts_to("/api/v1/recalls/issue");
    assert.deepEqual(taken.body, { ...refused.body, badge: own_tag(5, 7) });
});

test("a product is found by its name; without a lot the button says: every lot", async (t) => {
    const { page } = await open_panel(t, { language: "en" });
    await page.getByRole("button", { name: "New recall" }).click();
    await page.getByLabel("Product's name or id").fill("atrop");
    await page.getByRole("button", { name: "Atropine injection" }).click();

    await page.getByRole("button", { name: "Recall every lot" }).click();

    await page.waitForSelector(".band-reject");
    assert.match(await page.textContent(".band"), /Nothing was issued/);
    await page.getByLabel("Lot").fill("K 7");
    await page.getByRole("button", { name: "Recall lot K 7" }).waitFor();
    assert.deepEqual(posts_to("/api/v1/recalls/issue"), []);
});

test("a product is found by the initials of its Chinese name", async (t) => {
    const { page } = await open_panel(t);
    await page.getByRole("button", { name: "新的召回" }).click();
    await page.locator(".panel input").first().pressSequentially("atp", { delay: 120 });
    const found = page.locator(".recall-found .button");
    await found.first().waitFor();
    assert.match((await found.allTextContents()).join(), /^阿托品[^,]*$/);
});

test("a recall is withdrawn with a reason and a badge", async (t) => {
    const { page } = await open_panel(t);
    await page.getByRole("button", { name: "撤回这条召回" }).click();
    await page.getByLabel("原因（必填）").fill("批号写错");
    await page.getByRole("button", { name: "撤回召回" }).click();
    await page.locator(".recall h3").first().click();
    await scan(page, own_tag(5, 7));

    await until(async () => posts_to("/api/v1/recalls/withdraw").length === 1, "the withdrawal");
    assert.deepEqual(posts_to("/api/v1/recalls/withdraw")[0].body, {
        product: "epi",
        lot: "Z9",
        reason: "批号写错",
        badge: own_tag(5, 7),
    });
});

for (const size of ["desk", "wide", "phone"]) {
    test(`recalls at ${size}: nothing clipped, targets large enough, axe finds nothing`, async (t) => {
        for (const language of ["zh-CN", "en"]) {
            const { page } = await open_panel(t, { size: sizes[size], language });
            await page.getByRole("button", { name: /新的召回|New recall/ }).click();

            assert.deepEqual(await too_small(page), [], language);
            assert.equal(await wider_than_window(page), 0, language);
            assert.deepEqual(await faults_of(page), [], language);
        }
    });
}

test("a recall issued at the page of a real pharmacy: every ward answers, and the page shows it", async (t) => {
    const hospital = await start_hospital(process.env.CARTWATCH_PROGRAM);
    t.after(() => hospital.close());
    const scans = (section) => hospital.scans.filter((one) => one.section === section);
    const badge = scans("staff").find((one) => one.about.endsWith("P001")).text;
    const drug = scans("OR-1").find((one) => one.about.startsWith("pack of naloxone"));
    const { page, context, complaints } = await open_page(ward.chromium.browser, hospital.urls.pharmacy);
    t.after(() => context.close());
    await page.locator(".header .chip", { hasText: "召回" }).click();
    await page.getByRole("button", { name: "新的召回" }).click();

    await scan(page, drug.text);
    await page.locator(".recall-product").waitFor();
    await page.getByLabel("原因（必填）").fill("drill");
    await page.locator(".recall-form .button.danger").click();
    await page.locator(".panel-head h2").click();
    await scan(page, badge);

    const [known] = await until(async () => {
        const { recalls } = await ask(hospital.urls.pharmacy, "/api/v1/recalls");
        return recalls.length === 1 && recalls[0].waiting === 0 ? recalls : null;
    }, "every ward has answered");
    assert.match(known.product, /naloxone/);
    await page.locator(".recall-ward h4").first().waitFor();
    await page.waitForFunction(
        () => document.querySelectorAll(".recall-ward .late").length === 0,
    );
    assert.deepEqual(complaints, []);
});
