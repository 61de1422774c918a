// Goal: a hospital is set up in the page alone: stations, carts, devices with their tests and dated
// parts, and what lies in a cart before its first check; what is wrong is said beside its field before
// a badge is asked for. Against a server with set answers.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { until } from "./daemons.mjs";
import { fake_ward } from "./fake_ward.mjs";
import { own_tag, picture, scan, sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";
import { held_lot, setup_cart, setup_gets } from "./setup_views.mjs";
import * as views from "./views.mjs";

const pictures = process.env.CARTWATCH_PICTURES ?? "";
const ward = fake_ward();
const badge = own_tag(5, 7);
let server;

const saved = () => ({
    reply: views.reply("accept", "setup_changed", { by: "陈静", count: "1" }),
    view: server.view,
});
const refused = (values) => () => ({
    reply: views.reply("reject", "definition_refused", values),
    view: server.view,
});

beforeEach(() => {
    server = ward.server;
    server.gets = setup_gets();
    server.answer = saved;
});

async function open_carts(t, options = {}) {
    const { page } = await ward.open(t, { language: "en", ...options });
    await page.getByRole("button", { name: /^(更多|More)$/ }).click();
    await page.locator(".more-buttons button", { hasText: /^(设置|Setup)$/ }).click();
    await page.locator(".setup-tabs button").first().click();
    await page.waitForSelector(".setup-item");
    return page;
}

const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const save = (page) => press(page, "Save");
const sent = () => server.posts.filter((post) => post.path === "/api/v1/setup/define");
const definitions = () => sent().at(-1).body.definitions;
const fault = (page, words) => page.locator(".setup-fault", { hasText: words });

async function sign(page, count = 1) {
    await page.waitForSelector(".setup-sign");
    await scan(page, badge);
    await until(() => sent().length === count, "it is sent");
}

async function hold(page, where) {
    assert.deepEqual(await too_small(page), [], where);
    assert.equal(await wider_than_window(page), 0, where);
    assert.deepEqual(await faults_of(page), [], where);
    if (pictures) {
        await picture(page, pictures, where);
    }
}

async function open_cart(t, options) {
    const page = await open_carts(t, options);
    await page.locator(".setup-list .setup-item", { hasText: "OR-1" }).click();
    await page.waitForSelector(".setup-lines");
    return page;
}

test("a station is added; a wrong number, or no name, is said before a badge is asked for", async (t) => {
    const page = await open_carts(t);
    await press(page, "New station");
    const form = page.locator(".setup-form");
    await form.getByLabel(/^ID/).fill("ICU 1");
    await form.getByLabel("Chinese name").fill("重症监护室");
    await save(page);
    await fault(page, "id must be 1 to 64").waitFor();
    assert.equal(await page.locator(".setup-sign").count(), 0);

    await form.getByLabel(/^ID/).fill("ICU");
    await form.getByLabel("Chinese name").fill("");
    await save(page);
    await fault(page, "no name").waitFor();
    await form.getByLabel("Chinese name").fill("重症监护室");
    await save(page);
    await sign(page);
    assert.deepEqual(definitions(), [
        {
            kind: "station.defined",
            body: { id: "ICU", name: { zh: "重症监护室", en: "" }, phone: "" },
        },
    ]);
});

test("a number that a station has already is not given twice", async (t) => {
    const page = await open_carts(t);
    await press(page, "New station");
    await page.locator(".setup-form").getByLabel(/^ID/).fill("OR");
    await page.locator(".setup-form").getByLabel("Chinese name").fill("手术室");
    await save(page);
    await fault(page, "already in use").waitFor();
    assert.deepEqual(sent(), []);
});

test("a cart is added with a station and a line", async (t) => {
    const page = await open_carts(t);
    await press(page, "New cart");
    const form = page.locator(".setup-form");
    await save(page);
    await fault(page, "id must be 1 to 64").waitFor();
    await form.getByLabel(/^Cart/).fill("N3-2");
    await save(page);
    await fault(page, "no name").waitFor();
    await form.getByLabel("Chinese name").fill("三楼 2 号车");
    await form.getByLabel("Station").selectOption("N3");
    await form.getByLabel("Add one of this ward").selectOption("N3-1");
    await form.getByLabel("Add one of this ward").selectOption("OR-1");
    await form.getByRole("button", { name: "Take Ward 3 cart away" }).click();
    await form.getByLabel("Add a line").fill("norepi");
    await form.locator(".setup-new-line .setup-item").click();
    await form.locator(".setup-line").getByLabel("Par").fill("4");
    await save(page);
    await sign(page);
    const [{ kind, body, ...more }] = definitions();
    assert.deepEqual([kind, body.id, body.station], ["cart.defined", "N3-2", "N3"]);
    assert.deepEqual(more, {}, "what is new names no version");
    assert.deepEqual(body.lines.map(({ product, par, tag }) => [product, par, tag]), [["norepi", 4, ""]]);
    assert.deepEqual(body.devices, []);
    assert.deepEqual(body.place.neighbours, ["OR-1"]);
});

test("a new cart gets the list of another, without what is that one's alone", async (t) => {
    const page = await open_carts(t);
    await press(page, "New cart");
    const form = page.locator(".setup-form");
    await form.getByLabel(/^Cart/).fill("OR-2");
    await form.getByLabel("Chinese name").fill("手术室 2 号车");
    await form.getByLabel("Same list as").selectOption("OR-1");
    await form.locator(".setup-line").nth(3).waitFor();
    await save(page);
    await sign(page);
    const [{ body }] = definitions();
    const { body: of_other } = setup_cart();
    assert.deepEqual(body.lines, of_other.lines.map((line) => ({ ...line, tag: "" })));
    const [device] = body.devices;
    assert.deepEqual(device.tests, of_other.devices[0].tests);
    assert.deepEqual([device.tag, device.code, device.service_due], ["", "", null]);
    assert.deepEqual(device.accessories.map((one) => one.last_usable_day), [null]);
    assert.equal(body.tag, "");
});

test("a device is added with a test and a dated part; each wrong field is said beside it", async (t) => {
    const page = await open_cart(t);
    await press(page, "New device");
    const device = page.locator(".setup-line").last();
    await save(page);
    await device.locator(".setup-line-fields .setup-fault", { hasText: "no name" }).waitFor();
    await device.getByLabel("Chinese name").fill("吸引器");
    await device.getByRole("button", { name: "New test" }).click();
    const its_test = device.locator(".setup-sub").first();
    await save(page);
    await its_test.locator(".setup-fault", { hasText: "no name" }).waitFor();
    await its_test.getByLabel("Chinese name").fill("负压");
    await its_test.getByLabel("Answered by").selectOption("kPa");
    await save(page);
    await its_test.locator(".setup-fault", { hasText: "test without limits" }).waitFor();
    await its_test.getByLabel("Lowest (kPa)").fill("120");
    await its_test.locator(".setup-fault", { hasText: "from 0 to 101.325" }).waitFor();
    await save(page);
    assert.equal(await page.locator(".setup-sign").count(), 0);
    await its_test.getByLabel("Lowest (kPa)").fill("40.5");
    await its_test.getByLabel("Highest (kPa)").fill("30");
    await save(page);
    await its_test.locator(".setup-fault", { hasText: "highest below lowest" }).waitFor();
    await its_test.getByLabel("Highest (kPa)").fill("");
    await its_test.getByLabel(/^Days between/).fill("400");
    await its_test.locator(".setup-fault", { hasText: "from 1 to 366" }).waitFor();
    await its_test.getByLabel(/^Days between/).fill("30");

    await device.getByRole("button", { name: "New dated part" }).click();
    const part = device.locator(".setup-sub").last();
    await part.getByLabel("Chinese name").fill("滤器");
    await part.getByLabel("Use by").fill("2027-05-31");
    await save(page);
    await sign(page);
    const made = definitions()[0].body.devices.at(-1);
    assert.equal(made.name.zh, "吸引器");
    assert.deepEqual(
        made.tests.map(({ name, unit, least, most, interval_days }) => [name.zh, unit, least, most, interval_days]),
        [["负压", "kPa", "40.5", null, 30]],
    );
    assert.deepEqual(made.accessories.map((one) => [one.name.zh, one.last_usable_day]), [["滤器", "2027-05-31"]]);
});

test("a device, a test and a dated part are taken off; a device after one question", async (t) => {
    const page = await open_cart(t);
    const device = page.locator(".setup-line", { hasText: "Defibrillator" });
    await device.locator(".setup-item").click();
    await device.getByRole("button", { name: "Take Self-test away" }).click();
    await device.getByRole("button", { name: "Take Pads away" }).click();
    await save(page);
    await sign(page);
    const [left] = definitions()[0].body.devices;
    assert.deepEqual(left.tests.map(({ id }) => id), ["energy"]);
    assert.deepEqual(left.accessories, []);

    const again = await open_cart(t);
    const row = again.locator(".setup-line", { hasText: "Defibrillator" });
    await row.locator(".setup-item").click();
    await row.getByRole("button", { name: "Take off the list" }).click();
    await row.getByRole("button", { name: "Take it off" }).click();
    await save(again);
    await sign(again, 2);
    assert.deepEqual(definitions()[0].body.devices, []);
});

test("an asset code that another has is told at its device, closed or open", async (t) => {
    const page = await open_cart(t);
    server.answer = refused({ id: "OR-1", what: "tag_twice", value: "ASSET-77" });
    await save(page);
    await sign(page);
    const device = page.locator(".setup-line.wrong", { hasText: "Defibrillator" });
    await device.locator(".setup-fault", { hasText: "tag in use elsewhere" }).waitFor();
    await device.locator(".setup-item").click();
    await device.locator("label", { hasText: "Asset code" }).locator(".setup-fault").waitFor();
});

test("a text that is too long is said beside its field, by its bytes", async (t) => {
    const page = await open_cart(t);
    const building = page.getByLabel("Building");
    await building.fill("楼".repeat(85));
    assert.equal(await fault(page, "text too long").count(), 0);
    await building.fill("楼".repeat(86));
    await page.locator("label", { hasText: "Building" }).locator(".setup-fault").waitFor();
});

test("opening stock is entered lot by lot, and only lines that changed are sent", async (t) => {
    const page = await open_cart(t);
    const shown = server.gets["/api/v1/setup/cart"].stock;
    await press(page, "Enter opening stock");
    const line = page.locator(".setup-stock-line").nth(1);
    await line.getByRole("button", { name: /^Add a lot/ }).click();
    await line.getByLabel("Lot", { exact: true }).fill("N7");
    await save(page);
    await line.locator(".setup-fault", { hasText: "from 0 to 9999" }).waitFor();
    await line.getByLabel("On hand").fill("5");
    await save(page);
    await line.locator(".setup-fault", { hasText: "no expiry" }).waitFor();
    await line.getByLabel("Use by").fill("2028-02-29");
    await line.getByRole("button", { name: /^Add a lot/ }).click();
    await line.getByLabel("Lot", { exact: true }).nth(1).fill("N7");
    await line.getByLabel("On hand").nth(1).fill("1");
    await save(page);
    await line.locator(".setup-fault", { hasText: "lot stands twice" }).first().waitFor();
    assert.equal(await page.locator(".setup-sign").count(), 0);
    await line.getByRole("button", { name: "Take Lot 2 away" }).click();
    await save(page);
    await sign(page);
    assert.deepEqual(definitions(), [
        {
            ...{ kind: "stock.recorded", version: shown[1].version },
            body: { cart: "OR-1", line: "norepi", holdings: [held_lot("N7", "2028-02-29", 5)] },
        },
    ]);
    await page.waitForFunction(() => !document.querySelector(".setup-stock-line"));
});

test("stock without a change asks for no badge", async (t) => {
    const page = await open_cart(t);
    await press(page, "Enter opening stock");
    await page.waitForSelector(".setup-stock-line");
    await save(page);
    await page.waitForSelector(".band-attention >> text=Nothing was changed");
    assert.equal(await page.locator(".setup-sign").count(), 0);
});

test("a cart that a check counted meanwhile says so and keeps its stock", async (t) => {
    const page = await open_cart(t);
    await press(page, "Enter opening stock");
    const line = page.locator(".setup-stock-line").first();
    await line.getByLabel("On hand").fill("9");
    server.answer = () => {
        server.gets["/api/v1/setup/cart"] = { ...setup_cart(), stock: null };
        return {
            reply: views.reply("reject", "setup_stock_counted", {
                ...{ cart: "OR-1", cart_name: "手术室 1 号车", cart_name_en: "Theatre cart 1" },
            }),
            view: server.view,
        };
    };
    await save(page);
    await sign(page);
    await page.waitForSelector(".band-reject >> text=Theatre cart 1 was checked already");
    await page.waitForFunction(() => !document.querySelector(".setup-stock-line"));
});

test("a cart that was counted offers no opening stock; one with unsaved changes saves them first", async (t) => {
    const page = await open_cart(t);
    await page.getByLabel("Building").fill("内科楼");
    await page.waitForSelector(".hint >> text=Save this list first");
    assert.equal(await page.getByRole("button", { name: "Enter opening stock" }).count(), 0);
    await press(page, "Close without saving");
    server.gets["/api/v1/setup/carts"].carts[0].counted = true;
    server.push();
    await page.waitForFunction(() => !/OR-1.*opening stock/s.test(document.querySelector(".setup-list").textContent));
    await page.locator(".setup-list .setup-item", { hasText: "OR-1" }).click();
    await page.waitForSelector(".hint >> text=A check has counted this cart");
});

const unread = {
    "zh-CN": [/读不出来.*CSV/, "程序的原文", /文件太大/],
    en: [/cannot be read.*CSV/, "The program's own words", /too large/],
};

for (const [language, [words, details, large]] of Object.entries(unread)) {
    test(`a sheet that cannot be read says what to do in ${language}, and the program's words to IT`, async (t) => {
        const page = await open_carts(t, { language });
        const choose = async (status, detail) => {
            server.answer = () => ({ status, problem: { status, detail } });
            await page.setInputFiles('input[type="file"]', {
                ...{ name: "carts.csv", mimeType: "text/csv", buffer: Buffer.from("x") },
            });
        };
        await choose(400, "text after a closing quote");
        await page.locator(".sheet-verdict.bad", { hasText: words }).waitFor();
        await page.locator(".daemon-words summary", { hasText: details }).click();
        await page.locator(".daemon-words p", { hasText: "text after a closing quote" }).waitFor();
        await hold(page, `setup-unread-${language}`);
        await choose(413, "too large");
        await page.locator(".sheet-verdict.bad", { hasText: large }).waitFor();
    });
}

for (const language of ["zh-CN", "en"]) {
    for (const size of ["desk", "phone"]) {
        test(`new things at ${size} in ${language}: nothing clipped, large enough, axe finds nothing`, async (t) => {
            const page = await open_carts(t, { language, size: sizes[size] });
            await page.getByRole("button", { name: /^(新增站点|New station)$/ }).click();
            await hold(page, `setup-new-station-${language}-${size}`);
            await page.getByRole("button", { name: /^(新增急救车|New cart)$/ }).click();
            await hold(page, `setup-new-cart-${language}-${size}`);
            await page.getByRole("button", { name: /^(不保存，关闭|Close without saving)$/ }).first().click();
            await page.locator(".setup-list .setup-item", { hasText: "OR-1" }).click();
            await page.locator(".setup-line .setup-item", { hasText: /除颤仪|Defibrillator/ }).click();
            await page.locator(".setup-line-fields").evaluate((part) => part.scrollIntoView());
            await hold(page, `setup-device-${language}-${size}`);
            await page.getByRole("button", { name: /^(录入初始库存|Enter opening stock)$/ }).click();
            await page.waitForSelector(".setup-stock-line");
            await hold(page, `setup-stock-${language}-${size}`);
        });
    }
}
