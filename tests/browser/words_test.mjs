// Goal: what a nurse reads is true of what she does. An emergency that is scanned out counts what
// was recorded and offers only what it can take; a number that was not entered is put on nothing,
// in red; nothing is said twice, and a station has its name. Against a server with set answers.
import assert from "node:assert/strict";
import { test } from "node:test";

import { fake_ward, in_check } from "./fake_ward.mjs";
import { faults_of } from "./page_faults.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
const name = (zh, en) => ({ zh, en });

function emergency(last = null) {
    const lines = views.check().lines.map((line) => ({ ...line, state: "open", counted: null }));
    const devices = views.devices().map((device) => ({ ...device, state: "open" }));
    const used = (line, zh, en, count) => ({
        ...{ line, name: name(zh, en), par: 10, used: count, left: 10 - count },
        ...{ left_counted: false, unexplained: 0 },
    });
    const use = {
        opened_at: views.now,
        lines: [
            used("epi", "肾上腺素注射液", "Epinephrine injection", 3),
            used("atropine", "阿托品注射液", "Atropine injection", 1),
        ],
    };
    const check = { kind: "after_use", use, done: 0, exceptions: 0, lines, devices };
    return in_check(last, { line: "epi" }, check);
}

test("after an emergency the header counts what was recorded, and no device waits for a test", async (t) => {
    ward.server.view = emergency();
    const { page } = await ward.open(t);
    assert.match(await page.textContent(".progress-text"), /已记 2 项/);
    assert.doesNotMatch(await page.textContent(".lines"), /待测|除颤仪/);
    assert.doesNotMatch(await page.textContent(".lines"), /0 \/ /);
    assert.deepEqual(await faults_of(page), []);
});

test("after an emergency nothing is offered that only a count knows", async (t) => {
    ward.server.view = emergency();
    const { page } = await ward.open(t);
    const offered = await page.locator(".actions button").allTextContents();
    assert.deepEqual(offered.map((one) => one.replace(/[A-Z]$/, "")), ["撤销", "数量"]);

    for (const key of ["m", "e", "d", "l", "n"]) {
        await page.keyboard.press("Escape");
        await page.keyboard.press(key);
        await page.locator(".band-reject", { hasText: "使用后检查只登记用了什么" }).waitFor();
    }
    assert.equal(await page.locator(".panel").count(), 0);
    assert.deepEqual(ward.server.posts, []);
    await page.getByRole("button", { name: "数量" }).click();
    await page.locator(".panel", { hasText: "一共用了多少？" }).waitFor();
});

test("an after-use check is finished by that name, and goes through no drawers", async (t) => {
    ward.server.view = emergency();
    const { page } = await ward.open(t);
    const offered = (await page.locator(".footer button").allTextContents()).join("|");
    assert.match(offered, /完成使用后检查/);
    assert.doesNotMatch(offered, /完成检查|下一层/);
    assert.deepEqual(await faults_of(page), []);
});

test("the review of an after-use check speaks of what was used, not of a count", async (t) => {
    ward.server.view = emergency(views.reply("command", "sign_with_badge", { by: "张敏" }));
    ward.server.view.check.reviewed = true;
    const { page } = await ward.open(t);
    assert.match(await page.textContent(".review-head"), /完成使用后检查.*已记 2 项/s);
    assert.doesNotMatch(await page.textContent(".review"), /全部已查|扫新封条/);
    assert.deepEqual(await faults_of(page), []);
});

test("what is left is asked for by that name", async (t) => {
    ward.server.view = emergency(views.reply("attention", "enter_left", {}, { line: "epi" }));
    const { page } = await ward.open(t);
    await page.getByRole("button", { name: "数量" }).click();
    await page.locator(".panel", { hasText: "还剩多少？" }).waitFor();
});

test("a restock asks how many were put in", async (t) => {
    ward.server.view = in_check(null, { line: "epi" }, { kind: "restock" });
    const { page } = await ward.open(t);
    await page.getByRole("button", { name: "数量" }).click();
    await page.locator(".panel", { hasText: "放入了多少？" }).waitFor();
    assert.doesNotMatch(await page.textContent(".panel"), /现在有多少/);
});

for (const [language, says] of [
    ["zh-CN", /没有记到任何品目.*先扫药品/],
    ["en", /put on nothing.*Scan the drug/],
]) {
    test(`a number that was not entered is put on nothing, in red: ${language}`, async (t) => {
        const reply = views.reply("accept", "scanner_test", { text: "x" });
        ward.server.view = in_check({ ...reply, warnings: ["digits_dropped"] });
        const { page } = await ward.open(t, { language });
        const said = page.locator(".band-dropped");
        assert.match(await said.textContent(), says);
        const colours = await said.evaluate((one) => {
            const { backgroundColor, color } = getComputedStyle(one);
            return [backgroundColor, color];
        });
        assert.deepEqual(colours, ["rgb(176, 0, 32)", "rgb(255, 255, 255)"]);
        assert.deepEqual(await faults_of(page), []);
    });
}

test("what is short is said once, and with its reasons where there are others", async (t) => {
    const short = (subject, zh, reasons) =>
        views.finding("shortage", "high", subject, zh, zh, { quantity: 5, reasons });
    const cart = views.carts()[1];
    cart.findings = [
        short("epi", "肾上腺素注射液", { absent: 5 }),
        short("dexa", "地塞米松磷酸钠注射液", { expired: 2, absent: 3 }),
    ];
    ward.server.view = views.ward_view({ carts: [cart] });
    const { page } = await ward.open(t);
    const shown = await page.textContent(".cart");
    assert.match(shown, /肾上腺素注射液：缺 5(?!（)/);
    assert.match(shown, /地塞米松磷酸钠注射液：缺 5（过期 2、缺 3）/);
});

test("a strength that ends the name already is not said again", async (t) => {
    const check = views.check();
    const [epi, syringe] = [check.lines[0], check.lines.find((one) => one.id === "syringe")];
    syringe.name = name("一次性注射器 5 mL", "Syringe 15 mL");
    syringe.strength = "5 mL";
    const values = { name: "注射器 5 mL", strength: "5 mL", code: "1" };
    ward.server.view = in_check(views.reply("accept", "code_linked", values), {}, {
        lines: [epi, syringe],
    });
    const { page } = await ward.open(t);
    const names = await page.locator(".lines .line-name").allTextContents();
    assert.equal(names[0].trim(), "肾上腺素注射液 1 mg/1 mL");
    assert.ok(names.some((one) => one.trim() === "一次性注射器 5 mL"), names.join("|"));
    assert.match(await page.textContent(".band"), /注射器 5 mL，/);

    await page.getByRole("button", { name: "EN" }).click();
    const english = await page.locator(".lines .line-name").allTextContents();
    assert.ok(english.some((one) => one.trim() === "Syringe 15 mL 5 mL"), english.join("|"));
});

test("a seal's station has its name, in either language", async (t) => {
    const values = { number: "0457701", station: "3F" };
    ward.server.view = in_check(views.reply("attention", "seal_of_other_station", values));
    const { page } = await ward.open(t);
    assert.match(await page.textContent(".band"), /三楼护士站/);
    await page.getByRole("button", { name: "EN" }).click();
    assert.match(await page.textContent(".band"), /3rd floor nurse station/);
});

const short = { readiness: "not_ready", in_order: 12 };
const whole = { readiness: "ready", in_order: 17, not_scanned: [], findings: [] };

for (const [worth, says] of [[short, /^扫工牌签名，本车记为：不可用$/], [whole, /^扫工牌签名$/]]) {
    test(`the badge signs what the cart is, and looks like no button: ${worth.readiness}`, async (t) => {
        ward.server.view = in_check(null, {}, {
            ...{ reviewed: true, would_close: views.would_close(worth) },
        });
        const { page } = await ward.open(t);
        const sign = page.locator(".footer .sign");
        assert.match((await sign.textContent()).trim(), says);
        assert.doesNotMatch(await page.textContent(".review"), /无误/);
        const look = await sign.evaluate((one) => getComputedStyle(one).backgroundColor);
        assert.equal(look, "rgba(0, 0, 0, 0)");
    });
}

function closed_cart(kind, more = {}) {
    const lines = views.check().lines.map((line) => ({ ...line, state: "not_asked", counted: null }));
    return in_check(null, { line: null, kind }, {
        ...{ kind, lines, devices: [], steps: [], parked: [], done: 0, total: 0, exceptions: 0 },
        ...{ old_seal: { number: "0457722", intact: true, ready_until: "2026-11-28" }, seal_due: true },
        ...{ would_close: views.would_close(whole), ...more },
    });
}

test("a seal check asks for the seal by its number, and offers nothing that it cannot take", async (t) => {
    ward.server.view = closed_cart("sealed");
    const { page } = await ward.open(t);
    assert.match(await page.textContent(".band"), /请扫封条：应为 0457722/);
    assert.match(await page.textContent(".lines"), /扫封条，应为 0457722.*扫工牌签名/s);
    assert.doesNotMatch(await page.textContent(".page"), /0 \/ 0|扫下一件/);
    assert.deepEqual(await page.locator(".actions button, .footer button").allTextContents(), [
        ...["撤销Z", "手工输码/", "摄像头", "帮助F1", "完成检查"],
    ]);
    assert.deepEqual(await faults_of(page), []);
});

test("a handover whose seal was read asks for the devices, then for the badge", async (t) => {
    const devices = views.devices().map((device) => ({ ...device, state: "open" }));
    ward.server.view = closed_cart("handover", { devices, seal_due: false, total: devices.length });
    const { page } = await ward.open(t);
    assert.match(await page.textContent(".band"), new RegExp(`请扫设备再测试：.*还有 ${devices.length} 台`));
    const tested = devices.map((device) => ({ ...device, state: "passed" }));
    ward.server.push(closed_cart("handover", { devices: tested, seal_due: false, total: devices.length }));
    await page.locator(".band", { hasText: "扫工牌签名" }).waitFor();
});

test("what to scan next is of the check's kind", async (t) => {
    ward.server.view = emergency();
    const used = await ward.open(t);
    assert.match(await used.page.textContent(".band"), /逐支扫用掉的药或空安瓿/);
    ward.server.view = in_check(null, { line: null }, { kind: "restock" });
    const restock = await ward.open(t);
    assert.match(await restock.page.textContent(".band"), /逐件扫放入的药品/);
});

test("an emergency's list has no mark of a check: what was used, or what is on record", async (t) => {
    const view = emergency();
    view.check.lines = views.check().lines; // as a full check left them
    ward.server.view = view;
    const { page } = await ward.open(t);
    const epi = page.locator(".lines .line", { hasText: /^肾上腺素/ });
    assert.match(await epi.textContent(), /用 3，剩 7 \/ 10/);
    assert.match(await page.locator(".lines .line", { hasText: "多巴胺" }).textContent(), /账面 \d+ 支/);
    assert.doesNotMatch(await page.textContent(".lines"), /已查|\d \/ 5/);
    assert.match(await page.textContent(".steps"), /急救车已打开 \d+ 分钟|急救车已打开 0 分钟/);
});

test("what nobody has counted in this check is called on record", async (t) => {
    const lines = views.check().lines.map((line) =>
        line.id === "norepi" ? { ...line, state: "open", counted: null, on_file: 4 } : line,
    );
    ward.server.view = in_check(views.reply("command", "enter_quantity", {}, { line: "norepi" }), {}, { lines });
    const { page } = await ward.open(t);
    assert.match(await page.textContent(".about-facts"), /账面 4 支/);
    assert.doesNotMatch(await page.textContent(".about-facts"), /现 4/);
});

test("a seal that does not match is asked about aloud, with what each answer leads to", async (t) => {
    const reply = views.reply("reject", "seal_mismatch", { number: "2", expected: "1" });
    ward.server.view = { ...closed_cart("sealed"), last: reply };
    const { page } = await ward.open(t);
    const asked = page.getByRole("group", { name: "封条为什么与记录不符？" });
    assert.match(await asked.textContent(), /抢救时用过.*先登记用了什么.*没有使用.*换新封条.*扫工牌改正/s);
    await asked.getByRole("button", { name: "误断" }).click();
    assert.deepEqual(ward.server.posts.at(-1).body.command, { do: "seal_said", said: "mistake" });
    assert.deepEqual(await faults_of(page), []);
});

test("an unknown code leads to the search", async (t) => {
    const reply = views.reply("reject", "unknown_code", { text: "6901234567892" }, { verdict: "unknown_code" });
    ward.server.view = in_check(reply, { line: null });
    const { page } = await ward.open(t);
    await page.locator(".actions").getByRole("button", { name: "在清单里找它" }).click();
    await page.locator(".panel input").first().waitFor();
});

test("a cart that is overdue is not called ready until a day, and its button names the check", async (t) => {
    const { page } = await ward.open(t);
    const overdue = page.locator(".cart-overdue");
    assert.match(await overdue.textContent(), /封条 0457722 完好/);
    assert.doesNotMatch(await overdue.textContent(), /可用至|保持到/);
    assert.match(await overdue.getByRole("button").last().textContent(), /开始全面检查/);
});

test("nothing that the page is made of or begins with is asked for twice", async (t) => {
    const { page } = await ward.open(t);
    await page.reload({ waitUntil: "networkidle" });
    const asked = await page.evaluate(() =>
        performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname),
    );
    assert.ok(asked.includes("/api/v1/view") && asked.some((path) => /^\/zh-CN-\w+\.json$/.test(path)));
    assert.deepEqual(asked.filter((path, i) => asked.indexOf(path) !== i), []);
});

test("a language is changed without the daemon", async (t) => {
    const { page } = await ward.open(t);
    await page.waitForLoadState("networkidle");
    ward.server.failing = "/";
    ward.server.drop();
    await page.locator(".strip-warn").waitFor();
    await page.getByRole("button", { name: "EN" }).click();
    await page.locator(".home", { hasText: "Begin full check" }).waitFor();
});

for (const [language, reason, says] of [
    ["zh-CN", "not_recorded", /存不进数据（503）.*纸质登记/],
    ["en", "not_recorded", /cannot store it now \(503\).*paper/],
    ["zh-CN", "not_answered", /可能已经记下，也可能没有/],
    ["en", "of_a_later_version", /did not take it \(503\)/],
]) {
    test(`a refusal is told in the page's language, with what to do: ${reason} ${language}`, async (t) => {
        ward.server.view = in_check();
        const problem = { status: 503, title: "x", detail: "the store failed", reason };
        ward.server.answer = () => ({ status: 503, problem });
        const { page } = await ward.open(t, { language });
        await page.keyboard.press("z");
        assert.match(await page.locator(".band-reject").textContent(), says);
    });
}
