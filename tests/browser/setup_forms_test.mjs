// Goal: a form of the setup saves what stands in it and nothing else: no number that nobody typed, no
// edit lost while a badge is awaited, no form that an answer of another one closes, and a way on
// where somebody else was faster. Against a server with set answers.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { until } from "./daemons.mjs";
import { fake_ward } from "./fake_ward.mjs";
import { own_tag, picture, scan } from "./kit.mjs";
import { setup_gets, setup_products, sheet_plan } from "./setup_views.mjs";
import * as views from "./views.mjs";

const pictures = process.env.CARTWATCH_PICTURES ?? "";
const ward = fake_ward();
const badge = own_tag(5, 7);
let server;

const saved = () => ({
    reply: views.reply("accept", "setup_changed", { by: "陈静", count: "1" }),
    view: server.view,
});
const conflict = { status: 409, problem: { status: 409, detail: "it was changed since it was shown" } };

beforeEach(() => {
    server = ward.server;
    server.gets = setup_gets();
    server.answer = saved;
});

async function open_setup(t, tab, options = {}) {
    const opened = await ward.open(t, { language: "en", ...options });
    await opened.page.getByRole("button", { name: /^(更多|More)$/ }).click();
    await opened.page.locator(".more-buttons button", { hasText: /^(设置|Setup)$/ }).click();
    await opened.page.locator(".setup-tabs button").nth(tab).click();
    await opened.page.waitForSelector(".setup-item");
    return opened.page;
}

const choose = (page, text) => page.locator(".setup-list .setup-item", { hasText: text }).first().click();
const save = (page) => page.getByRole("button", { name: "Save", exact: true }).click();
const definitions = () => server.posts.filter((post) => post.path === "/api/v1/setup/define");
const look = (page, name) => (pictures ? picture(page, pictures, name) : undefined);

async function sign(page) {
    await page.waitForSelector(".setup-sign");
    await scan(page, badge);
}

async function open_first_line(t) {
    const page = await open_setup(t, 0);
    await choose(page, "OR-1");
    const line = page.locator(".setup-lines").first().locator(".setup-line").first();
    await line.locator(".setup-item").click();
    return { page, line, par: line.getByLabel("Par") };
}

for (const typed of ["", "2.5", "10001", "-1"]) {
    test(`a par of "${typed}" is marked and not saved`, async (t) => {
        const { page, line, par } = await open_first_line(t);
        await par.fill("");
        await par.pressSequentially(typed);
        assert.equal(await par.inputValue(), typed);
        await line.locator(".setup-fault >> text=from 0 to 9999").first().waitFor();
        await save(page);
        await page.waitForSelector(".band-reject >> text=out of range");
        await look(page, `par-${typed}`);
        assert.equal(await page.locator(".setup-sign").count(), 0);
        assert.deepEqual(definitions(), []);

        await par.fill("0");
        await save(page);
        await sign(page);
        await until(() => definitions().length === 1, "it is saved");
        assert.equal(definitions()[0].body.definitions[0].body.lines[0].par, 0);
    });
}

test("a wrong par is marked at its line though the line's fields are closed; so is a floor", async (t) => {
    const { page, line, par } = await open_first_line(t);
    await par.fill("");
    await line.locator(".setup-item").click();
    assert.match(await line.getAttribute("class"), /wrong/);
    await page.getByLabel("Floor").fill("201");
    await page.locator(".fields label", { hasText: "Floor" }).locator(".setup-fault").waitFor();
});

test("what waits for a badge cannot be changed; given up, it can", async (t) => {
    const page = await open_setup(t, 1);
    await choose(page, "norepi");
    await page.getByLabel("Unit").fill("box");
    await save(page);
    await page.waitForSelector(".setup-sign");
    assert.ok(await page.getByLabel("Unit").isDisabled());
    await look(page, "settled");
    await page.locator(".setup-sign button").click();
    assert.ok(await page.getByLabel("Unit").isEnabled());
    assert.equal(await page.getByLabel("Unit").inputValue(), "box");
});

test("a late answer closes its own form, not the one that is open by then", async (t) => {
    const page = await open_setup(t, 1);
    let answer;
    server.answer = () => new Promise((done) => (answer = () => done(saved())));
    await choose(page, "norepi");
    await page.getByLabel("Unit").fill("box");
    await save(page);
    await sign(page);
    await until(() => answer, "it is on its way");
    assert.ok(await page.getByLabel("Unit").isDisabled());
    await choose(page, "epi");
    await page.getByLabel("Unit").fill("bag");
    answer();
    await page.waitForSelector(".band-accept");
    assert.equal(await page.getByLabel("Unit").inputValue(), "bag");
    assert.ok(await page.getByLabel("Unit").isEnabled());
});

test("another form, or closing it, ends the wait for a badge", async (t) => {
    const page = await open_setup(t, 1);
    const closing = [() => choose(page, "epi"), () => page.locator(".setup-form .setup-head button").nth(1).click()];
    for (const end of closing) {
        await choose(page, "norepi");
        await save(page);
        await page.waitForSelector(".setup-sign");
        await end();
        await page.waitForFunction(() => !document.querySelector(".setup-sign"));
    }
    await scan(page, badge);
    await page.waitForSelector(".band-attention");
    assert.deepEqual(definitions(), []);
});

test("what somebody else changed meanwhile is shown anew, and can be saved then", async (t) => {
    const page = await open_setup(t, 1);
    await choose(page, "norepi");
    const shown = server.gets["/api/v1/setup/products"].products[1].version;
    await page.getByLabel("Unit").fill("box");
    const now = setup_products();
    now.products[1].body.unit = "瓶";
    server.gets["/api/v1/setup/products"] = now;
    server.answer = () => conflict;
    await save(page);
    await sign(page);
    await page.waitForSelector(".band-reject >> text=since you opened it");
    await until(async () => (await page.getByLabel("Unit").inputValue()) === "瓶", "it is shown as it is");

    server.answer = saved;
    await page.getByLabel("Unit").fill("box");
    await save(page);
    await sign(page);
    await until(() => definitions().length === 2, "it is saved");
    const [first, second] = definitions().map((post) => post.body.definitions[0].version);
    assert.equal(first, shown);
    assert.equal(second, now.products[1].version);
});

test("a number that is in use is said to be, by us or by the pharmacy", async (t) => {
    const page = await open_setup(t, 1);
    const number = page.locator(".setup-form .fields input").first();
    await page.getByRole("button", { name: "New product" }).click();
    await page.getByLabel("Chinese name").fill("新药");
    for (const [id, words] of [["epi", "already in use"], ["amio", "pharmacy keeps"]]) {
        await number.fill(id);
        await save(page);
        await page.locator(".setup-fault", { hasText: words }).waitFor();
        assert.equal(await page.locator(".setup-sign").count(), 0);
    }
    await look(page, "in-use");

    // Of which this page knew nothing when it was signed.
    await number.fill("new-1");
    const now = setup_products();
    now.products.push({ ...now.products[0], body: { ...now.products[0].body, id: "new-1" } });
    server.answer = () => {
        server.gets["/api/v1/setup/products"] = now;
        return conflict;
    };
    await save(page);
    await sign(page);
    await page.locator(".setup-fault", { hasText: "already in use" }).waitFor();
    assert.equal(await page.getByLabel("Chinese name").inputValue(), "新药");
});

test("leaving the setup closes its forms", async (t) => {
    const page = await open_setup(t, 1);
    await choose(page, "norepi");
    await page.getByLabel("Unit").fill("box");
    await page.keyboard.press("Escape");
    await page.locator(".more-buttons button", { hasText: /^Setup$/ }).click();
    await page.locator(".setup-tabs button").nth(1).click();
    await page.waitForSelector(".setup-item");
    assert.equal(await page.locator(".setup-form").count(), 0);
});

test("one scan is waited for at a time: importing ends the binding of a badge", async (t) => {
    const page = await open_setup(t, 2);
    server.answer = () => sheet_plan();
    await page.setInputFiles('input[type="file"]', {
        ...{ name: "staff.csv", mimeType: "text/csv", buffer: Buffer.from("id\n") },
    });
    await page.waitForSelector(".sheet-verdict");
    await choose(page, "N013");
    await page.getByRole("button", { name: "Bind a badge by scanning it" }).click();
    await page.waitForSelector(".setup-sign >> text=Scan the badge of");
    await page.getByRole("button", { name: "Import this" }).click();
    await page.waitForSelector(".setup-sign >> text=Import staff.csv");
    assert.equal(await page.locator(".setup-sign").count(), 1);
    await page.getByRole("button", { name: "Bind a badge by scanning it" }).click();
    await page.waitForSelector(".setup-sign >> text=Scan the badge of");
    assert.equal(await page.locator(".setup-sign").count(), 1);
});

test("retiring is signed as retiring, and saves no other edit", async (t) => {
    const page = await open_setup(t, 1);
    await choose(page, "norepi");
    await page.getByLabel("Unit").fill("box");
    await page.getByRole("button", { name: "Retire", exact: true }).click();
    await page.getByRole("button", { name: "Retire it" }).click();
    await page.waitForSelector(".setup-sign >> text=Retire Norepinephrine");
    await look(page, "retire");
    await sign(page);
    await until(() => definitions().length === 1, "it is saved");
    const { body } = definitions()[0].body.definitions[0];
    assert.equal(body.retired, true);
    assert.equal(body.unit, "支");

    await choose(page, "atropine");
    await page.getByRole("button", { name: "Take into use again" }).click();
    await page.waitForSelector(".setup-sign >> text=Take Atropine injection 0.5 mg/1 mL into use again");
});

test("an open question is the cart's that it was asked of", async (t) => {
    const { page, line } = await open_first_line(t);
    await line.getByRole("button", { name: "Take off the list" }).click();
    await line.locator(".setup-confirm").waitFor();
    await page.locator(".setup-form .setup-head button").nth(1).click();
    await choose(page, "OR-1");
    await line.locator(".setup-item").click();
    await par_shown(line);
    assert.equal(await page.locator(".setup-confirm").count(), 0);
});

const par_shown = (line) => line.getByLabel("Par").waitFor();

test("a refusal about a device is marked at its row though it is closed", async (t) => {
    const page = await open_setup(t, 0);
    await choose(page, "OR-1");
    server.answer = () => ({
        reply: views.reply("reject", "definition_refused", { what: "tag_twice", value: "ASSET-77", id: "defib" }),
        view: server.view,
    });
    await save(page);
    await sign(page);
    await page.waitForSelector(".setup-line.wrong >> text=Defibrillator");
    await page.waitForSelector(".setup-line.wrong .setup-fault");
});

test("the lists are read again with each view", async (t) => {
    server.failing = "/api/v1/setup/staff";
    const opened = await ward.open(t, { language: "en" });
    const { page } = opened;
    await page.getByRole("button", { name: "More", exact: true }).click();
    await page.locator(".more-buttons button", { hasText: /^Setup$/ }).click();
    await page.locator(".setup-tabs button").nth(2).click();
    await page.waitForSelector(".file-lost");
    server.failing = "";
    server.push();
    await page.waitForSelector(".setup-item >> text=N013");
    assert.equal(await page.locator(".file-lost").count(), 0);
});

test("a list that could not be had is read again when the daemon is back, though with the same view", async (t) => {
    server.view = { ...views.ward_view(), order: 7, run: "first" };
    const page = await open_setup(t, 2);
    server.drop();
    await page.waitForSelector(".header .dot-off");
    await page.waitForSelector(".file-lost");
    server.mend();
    await page.waitForFunction(() => !document.querySelector(".file-lost"));
    await page.waitForSelector(".setup-item >> text=N013");
});
