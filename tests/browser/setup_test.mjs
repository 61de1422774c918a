// Goal: whoever keeps a hospital's master data does it in the page, against the daemons as they are:
// a scan in the setup is the setup's own, what was imported or edited is what the next check sees, and
// a person whose role does not allow it is refused.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, real_hospital, until } from "./daemons.mjs";
import { open_page, own_tag, picture, scan, sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";

const pictures = process.env.CARTWATCH_PICTURES ?? "";
const { hospital, chromium } = real_hospital();

const view = () => ask(hospital.urls.ward, "/api/v1/view?station=OR");

async function open_ward_setup(t, options = {}) {
    const url = `${hospital.urls.ward}/?station=OR`;
    const opened = await open_page(chromium.browser, url, { language: "en", ...options });
    t.after(() => opened.context.close());
    await opened.page.getByRole("button", { name: /^(更多|More)$/ }).click();
    await opened.page.locator(".more-buttons button", { hasText: /^(设置|Setup)$/ }).click();
    await opened.page.waitForSelector(".setup-tabs");
    return opened;
}

async function open_tab(page, name) {
    await page.locator(".setup-tabs button", { hasText: name }).click();
}

async function hold(page, where) {
    assert.deepEqual(await too_small(page), [], where);
    assert.equal(await wider_than_window(page), 0, where);
    assert.deepEqual(await faults_of(page), [], where);
    if (pictures) {
        await picture(page, pictures, where);
    }
}

test("a scan in the setup begins no check and says that nothing was recorded", async (t) => {
    const { page, complaints } = await open_ward_setup(t);
    const before_it = (await view()).last;
    await scan(page, own_tag(5, 1));
    await page.waitForSelector(".band-attention >> text=recorded nowhere");
    assert.deepEqual((await view()).last, before_it);

    await page.keyboard.press("Escape");
    await page.waitForSelector(".cart");
    await scan(page, own_tag(5, 1));
    await page.waitForFunction(() => !document.querySelector(".band-attention"));
    assert.notDeepEqual((await view()).last, before_it);
    assert.deepEqual(complaints, []);
});

test("the rules are read at the ward and changed at the pharmacy; the scanner check opens from here", async (t) => {
    const { page } = await open_ward_setup(t);
    await open_tab(page, "Rules");
    await page.waitForSelector(".policy-values");
    assert.equal(await page.getByRole("button", { name: "Change the rules" }).count(), 0);
    await open_tab(page, "Scanner check");
    await page.getByRole("button", { name: "Open the scanner check" }).click();
    await page.waitForSelector(".step-next");

    const board = await open_page(chromium.browser, hospital.urls.pharmacy, { language: "en" });
    t.after(() => board.context.close());
    await board.page.getByRole("button", { name: "Setup" }).click();
    await open_tab(board.page, "Rules");
    await board.page.locator(".setup-part .primary").click();
    await board.page.waitForSelector(".panel .policy-values");
});

const parts = {
    carts: /^(车与基数|Carts and lines)$/,
    products: /^(品目目录|Products)$/,
    staff: /^(人员与工牌|Staff and badges)$/,
    policy: /^(规则|Rules)$/,
};

for (const size of ["desk", "phone"]) {
    test(`the setup at ${size}: nothing clipped, targets large enough, axe finds nothing`, async (t) => {
        for (const language of ["zh-CN", "en"]) {
            const { page } = await open_ward_setup(t, { size: sizes[size], language });
            for (const [name, tab] of Object.entries(parts)) {
                await open_tab(page, tab);
                await page.waitForSelector(".setup-part");
                await page.waitForLoadState("networkidle");
                await hold(page, `setup-${name}-${language}-${size}`);
            }
            await open_tab(page, /^(扫码枪体检|Scanner check)$/);
            await hold(page, `setup-scanner-${language}-${size}`);
        }
    });
}

const head_nurse = "9599900050";
const nurse = "9599900012";

async function choose_sheet(page, name, text) {
    await page.setInputFiles('input[type="file"]', {
        name,
        mimeType: "text/csv",
        buffer: Buffer.from(text),
    });
}

async function sign(page, badge, band = ".band-accept") {
    await page.waitForSelector(".setup-sign");
    await scan(page, badge);
    await page.waitForSelector(band);
}

const wrong_sheet = `品目编号,类别,名称,单位,商品条码
new-1,药品,新药,支,123
new 2,毒药,,支,
`;

test("a sheet with wrong rows says which, where and why, in both languages", async (t) => {
    const reasons = {
        "zh-CN": [/2.*商品条码.*“123”应为 8、12、13 或 14 位数字/, /3.*编号.*“new 2”只能用/],
        en: [/2.*GTINs.*"123" must have 8, 12, 13 or 14 digits/, /3.*ID.*"new 2" must have/],
    };
    for (const language of ["zh-CN", "en"]) {
        const { page } = await open_ward_setup(t, { language });
        await open_tab(page, /^(品目目录|Products)$/);
        await choose_sheet(page, "products.csv", wrong_sheet);
        await page.waitForSelector(".sheet-faults");
        const rows = await page.locator(".sheet-faults tbody tr").allTextContents();
        assert.equal(rows.length, 4);
        reasons[language].forEach((reason) => assert.ok(rows.some((row) => reason.test(row)), rows.join("\n")));
        assert.equal(await page.getByRole("button", { name: /^(导入|Import this)$/ }).count(), 0);
        await hold(page, `setup-refused-${language}`);
    }
});

const sheet = `id,kind,name_zh,name_en,unit,strength
setup-test-1,drug,设置测试药,Setup test drug,支,1 mg
`;

test("a sheet is shown, signed and imported; shown again it changes what it changes", async (t) => {
    const { page, complaints } = await open_ward_setup(t);
    await open_tab(page, "Products");
    await choose_sheet(page, "products.csv", sheet);
    await page.waitForSelector(".sheet-verdict >> text=1 would be added, 0 changed");
    await hold(page, "setup-preview-en");

    await page.getByRole("button", { name: "Import this" }).click();
    await sign(page, nurse, ".band-reject");
    await page.waitForSelector(".band >> text=the setup is not 张敏's to change");
    await page.getByRole("button", { name: "Import this" }).click();
    await sign(page, head_nurse);
    await page.waitForSelector(".band >> text=Saved: 1 definition by 陈静");
    assert.equal(await page.locator(".setup-sheet").count(), 0);

    await choose_sheet(page, "products.csv", sheet.replace("1 mg", "2 mg"));
    await page.waitForSelector(".sheet-change >> text=2 mg");
    assert.match(await page.textContent(".sheet-change"), /setup-test-1.*Strength.*1 mg.*2 mg/s);
    await hold(page, "setup-changes-en");
    assert.deepEqual(complaints, []);
});

test("what was changed since it was shown is not imported, but shown anew", async (t) => {
    const { page } = await open_ward_setup(t);
    await open_tab(page, "Products");
    const text = (name) => `id,kind,name_zh,unit\nsetup-test-2,drug,${name},支\n`;
    await choose_sheet(page, "products.csv", text("甲"));
    await page.waitForSelector(".sheet-verdict >> text=1 would be added");

    const other = await open_ward_setup(t);
    await open_tab(other.page, "Products");
    await choose_sheet(other.page, "products.csv", text("乙"));
    await other.page.getByRole("button", { name: "Import this" }).click();
    await sign(other.page, head_nurse);

    await page.getByRole("button", { name: "Import this" }).click();
    await page.waitForSelector(".setup-sign");
    await scan(page, head_nurse);
    await page.waitForSelector(".band >> text=somebody changed it since it was shown");
    await page.waitForSelector(".sheet-verdict >> text=0 would be added, 1 changed");
});

test("a line's par is changed and the next check asks for it", async (t) => {
    const { page, complaints } = await open_ward_setup(t);
    await page.locator(".setup-item", { hasText: "OR-1" }).first().click();
    const lines = page.locator(".setup-lines").first().locator(".setup-line");
    const par_of = (place) => lines.nth(place).getByLabel("Par");
    const open_line = (place) => lines.nth(place).locator(".setup-item").click();
    const save = () => page.getByRole("button", { name: "Save", exact: true }).click();
    await open_line(0);
    await hold(page, "setup-cart-en");
    await par_of(0).fill("10001");
    await save();
    await page.waitForSelector(".band-reject");
    await page.waitForSelector(".setup-line.wrong >> text=par must be 0 to 9999");

    // One more than are blind in a check.
    for (const place of [0, 1, 2]) {
        if (place > 0) {
            await open_line(place);
        }
        await par_of(place).fill("12");
    }
    await page.getByRole("button", { name: /^Move .* down$/ }).first().click();
    await save();
    await sign(page, head_nurse);
    await page.waitForFunction(() => !document.querySelector(".setup-lines"));
    const { body } = await ask(hospital.urls.ward, "/api/v1/setup/cart?cart=OR-1");
    assert.deepEqual(body.lines.slice(0, 3).map((line) => line.par), [12, 12, 12]);
    assert.equal(body.lines[1].id, "epinephrine-1mg"); // moved down

    await page.keyboard.press("Escape");
    await page.waitForSelector(".cart");
    await scan(page, nurse);
    await page.waitForSelector(".operator");
    await scan(page, hospital.scans.find((one) => one.section === "OR-1" && one.about === "cart").text);
    await until(async () => (await view()).check, "the check is open");
    const ids = body.lines.slice(0, 3).map((line) => line.id);
    const asked = (await view()).check.lines.filter((line) => ids.includes(line.id));
    const shown = asked.map((line) => line.par).filter((par) => par !== null);
    assert.ok(shown.length >= 1);
    assert.ok(shown.every((par) => par === 12), String(shown));
    await ask(hospital.urls.ward, "/api/v1/commands", { station: "OR", command: { do: "cancel" } });
    assert.deepEqual(complaints, []);
});

test("a badge is bound by scanning it, and is a badge from then on", async (t) => {
    const { page } = await open_ward_setup(t);
    await open_tab(page, "Staff and badges");
    await page.locator(".setup-item", { hasText: "N004" }).click();
    await page.getByRole("button", { name: "Bind a badge by scanning it" }).click();
    await page.waitForSelector(".setup-sign >> text=Scan the badge of 刘洋");
    await hold(page, "setup-badge-en");
    await scan(page, "HX-20260815");
    await page.waitForSelector(".setup-badge >> text=ending in 15");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await sign(page, head_nurse);
    await page.keyboard.press("Escape");
    await scan(page, "HX-20260815");
    await page.waitForSelector(".operator >> text=刘洋");
});

test("somebody is retired after one question, and the pharmacy keeps its own products", async (t) => {
    const { page } = await open_ward_setup(t);
    await open_tab(page, "Staff and badges");
    await page.locator(".setup-item", { hasText: "N003" }).click();
    await page.getByRole("button", { name: "Retire", exact: true }).click();
    await page.waitForSelector(".setup-confirm >> text=Retire 王芳?");
    await page.getByRole("button", { name: "Retire it" }).click();
    await sign(page, head_nurse);
    await page.waitForSelector(".setup-item.retired >> text=王芳");

    const board = await open_page(chromium.browser, hospital.urls.pharmacy, { language: "zh-CN" });
    t.after(() => board.context.close());
    await board.page.getByRole("button", { name: /^设置$/ }).click();
    await board.page.getByLabel("查找（名称、编号、拼音码）").fill("ssxs");
    await board.page.locator(".setup-item", { hasText: "epinephrine-1mg" }).first().click();
    await board.page.waitForSelector(".look-alikes >> text=去甲肾上腺素注射液");
    await hold(board.page, "setup-product-zh-CN");
    await board.page.getByLabel("单位").fill("盒");
    await board.page.getByRole("button", { name: "保存", exact: true }).click();
    await sign(board.page, head_nurse, ".band-reject");
    await board.page.getByRole("button", { name: "保存", exact: true }).click();
    await sign(board.page, "9599900067");
});

test("a station, a cart like another's and its opening stock are entered in the page, and stand", async (t) => {
    const { page, complaints } = await open_ward_setup(t);
    const press = (name) => page.getByRole("button", { name, exact: true }).click();
    const form = page.locator(".setup-form");
    const closed = () => page.waitForFunction(() => !document.querySelector(".setup-form"));
    await press("New station");
    await form.getByLabel(/^ID/).fill("ICU");
    await form.getByLabel("Chinese name").fill("重症监护室");
    await press("Save");
    await sign(page, head_nurse);
    await closed();

    await press("New cart");
    await form.getByLabel(/^Cart/).fill("ICU-1");
    await form.getByLabel("Chinese name").fill("重症监护室 1 号车");
    await form.getByLabel("Station").selectOption("ICU");
    await form.getByLabel("Same list as").selectOption("OR-1");
    await page.waitForSelector(".setup-line");
    await press("New device");
    const device = page.locator(".setup-line").last();
    await device.getByLabel("Chinese name").fill("简易呼吸器");
    await device.getByRole("button", { name: "New test" }).click();
    await device.locator(".setup-sub").getByLabel("Chinese name").fill("气囊充盈");
    await press("Save");
    await sign(page, nurse, ".band-reject");
    await press("Save");
    await sign(page, head_nurse);
    await closed();
    const told = () => ask(hospital.urls.ward, "/api/v1/setup/cart?cart=ICU-1");
    const other = await ask(hospital.urls.ward, "/api/v1/setup/cart?cart=OR-1");
    const { body, stock } = await told();
    assert.deepEqual(body.lines.map(({ product, par }) => [product, par]), other.body.lines.map(({ product, par }) => [product, par]));
    assert.ok(body.lines.every((line) => line.tag !== ""), "each line has a tag of its own");
    assert.deepEqual(body.devices.at(-1).tests.map(({ name }) => name.zh), ["气囊充盈"]);
    assert.ok(stock.every((row) => row.body.holdings.length === 0));

    await page.locator(".setup-item", { hasText: "ICU-1" }).click();
    await press("Enter opening stock");
    const line = page.locator(".setup-stock-line").first();
    await line.getByRole("button", { name: /^Add a lot/ }).click();
    await line.getByRole("textbox", { name: /^Lot/ }).fill("A1");
    await line.getByLabel(/^Use by/).fill("2031-05-31");
    await line.getByLabel(/^On hand/).fill("3");
    await hold(page, "setup-opening-stock-en");
    await press("Save");
    await sign(page, head_nurse);
    await closed();
    const [first] = (await told()).stock;
    assert.deepEqual(
        first.body.holdings.map(({ lot, last_usable_day, quantity, evidence }) => [lot, last_usable_day, quantity, evidence]),
        [["A1", "2031-05-31", 3, "typed"]],
    );
    assert.deepEqual(complaints, []);
});
