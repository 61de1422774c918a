// Goal: whoever labels carts sees the paper as it will be printed, as large as it will be, and what
// is printed is what was seen: real daemons draw, poppler prints, and the scanner wing reads both.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { ask, real_hospital } from "./daemons.mjs";
import { open_page, picture, scan, sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";

const pictures = process.env.CARTWATCH_PICTURES ?? "";
const program = process.env.CARTWATCH_PROGRAM;
const { hospital, chromium } = real_hospital();

async function open_labels(t, { at = "ward", ...options } = {}) {
    const url = at === "ward" ? `${hospital.urls.ward}/?station=OR` : hospital.urls.pharmacy;
    const opened = await open_page(chromium.browser, url, { language: "en", ...options });
    const { page } = opened;
    t.after(() => opened.context.close());
    if (at === "ward") {
        await page.getByRole("button", { name: /^(更多|More)$/ }).click();
        await page.locator(".more-buttons button", { hasText: /^(设置|Setup)$/ }).click();
    } else {
        await page.getByRole("button", { name: /^(设置|Setup)$/ }).click();
    }
    await page.locator(".setup-tabs button", { hasText: /^(标签|Labels)$/ }).click();
    await page.waitForSelector(".paper-picture");
    return opened;
}

// The field or choice with this label.
const field = (page, label) => page.locator(".label-choice label", { hasText: label }).locator("select, input");

// Waits until the picture is of what was chosen last.
async function drawn_anew(page, act) {
    const before = await page.evaluate(() => document.querySelector(".paper-picture")?.getAttribute("src") ?? "");
    await act();
    await page.waitForFunction(
        (old) => (document.querySelector(".paper-picture")?.getAttribute("src") ?? old) !== old,
        before,
    );
    await page.waitForFunction(() => document.querySelector(".paper-picture")?.complete);
}

const pdf_address = (page) => page.locator(".label-files a.primary").getAttribute("href");

function temporary(t) {
    const folder = mkdtempSync(join(tmpdir(), "cartwatch-labels-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    return folder;
}

// Every symbol of a picture: what it says and where its middle is, in millimetres.
function symbols(file, px_per_mm) {
    const lines = execFileSync(program, ["decode", file], { encoding: "utf8" }).trim().split("\n");
    return lines
        .map((line) => JSON.parse(line))
        .map(({ raw, corners }) => {
            const middle = (axis) =>
                corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length / px_per_mm;
            return { key: raw, x: middle(0), y: middle(1) };
        })
        .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.y - b.y || a.x - b.x));
}

async function printed(t, page) {
    const folder = temporary(t);
    const answer = await fetch(new URL(await pdf_address(page), page.url()));
    assert.equal(answer.headers.get("content-type"), "application/pdf");
    writeFileSync(join(folder, "sheet.pdf"), Buffer.from(await answer.arrayBuffer()));
    execFileSync("pdftoppm", ["-r", "254", "-png", "-singlefile", "sheet.pdf", "sheet"], { cwd: folder });
    return symbols(join(folder, "sheet.png"), 10);
}

// The picture that the page shows, as the browser draws it at ten pixels a millimetre.
async function seen(t, page) {
    const folder = temporary(t);
    const drawn = await page.locator(".paper-picture").evaluate((image) => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 2100, height: 2970 });
        const context = canvas.getContext("2d");
        context.fillStyle = "#fff";
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.drawImage(image, 0, 0, canvas.width, canvas.height);
        return canvas.toDataURL("image/png").split(",")[1];
    });
    writeFileSync(join(folder, "seen.png"), Buffer.from(drawn, "base64"));
    return symbols(join(folder, "seen.png"), 10);
}

function same_places(one, other) {
    assert.deepEqual(one.map(({ key }) => key), other.map(({ key }) => key));
    one.forEach(({ key, x, y }, i) => {
        const apart = Math.hypot(x - other[i].x, y - other[i].y);
        assert.ok(apart <= 0.5, `${key}: ${apart.toFixed(2)} mm apart`);
    });
}

async function hold(page, where) {
    assert.deepEqual(await too_small(page), [], where);
    assert.equal(await wider_than_window(page), 0, where);
    assert.deepEqual(await faults_of(page), [], where);
    if (pictures) {
        await picture(page, pictures, where);
        await page.locator(".label-preview").evaluate((part) => part.scrollIntoView());
        await picture(page, pictures, `${where} preview`);
    }
}

for (const [language, size] of [["zh-CN", "desk"], ["en", "desk"], ["zh-CN", "phone"], ["en", "phone"]]) {
    test(`the labels hold every rule of a page: ${language}, ${size}`, async (t) => {
        const at = language === "en" ? "pharmacy" : "ward";
        const { page, complaints } = await open_labels(t, { at, language, size: sizes[size] });
        await hold(page, `labels ${language} ${size}`);
        await page.locator(".card-scale summary").click();
        await page.locator(".thing-choice summary").click();
        await hold(page, `labels open ${language} ${size}`);
        assert.deepEqual(complaints, []);
    });
}

test("what is seen is what is printed: every code, each in its place", async (t) => {
    const { page, complaints } = await open_labels(t);
    const carts = await printed(t, page);
    assert.ok(carts.length >= 4, "a square and bars of each cart");
    same_places(await seen(t, page), carts);

    await drawn_anew(page, () => field(page, "What to print").selectOption("lines"));
    const lines = await printed(t, page);
    assert.ok(lines.length > 10, "the slots of the demo");
    assert.ok(lines.every(({ key }) => key.startsWith("]d192")));
    same_places(await seen(t, page), lines);
    assert.deepEqual(complaints, []);
});

test("an offset moves everything by as much, and a part sheet is begun where it is free", async (t) => {
    const { page } = await open_labels(t);
    const before = await printed(t, page);
    await drawn_anew(page, () => field(page, "Move right").fill("1.5"));
    await drawn_anew(page, () => page.locator(".place").nth(3).click());
    assert.equal(await field(page, "First free label").inputValue(), "4");
    const after = await printed(t, page);
    // Place 4 is below place 1: a label's height down.
    same_places(after, before.map(({ key, x, y }) => ({ key, x: x + 1.5, y: y + 33.9 })));
    same_places(await seen(t, page), after);
});

test("arrows move along the sheet, and the edge holds them", async (t) => {
    const { page } = await open_labels(t);
    await page.locator('.place[aria-checked="true"]').focus();
    for (const [key, place] of [["ArrowLeft", 1], ["ArrowRight", 2], ["ArrowDown", 5], ["ArrowUp", 2]]) {
        await page.keyboard.press(key);
        await page.waitForSelector(`.place[aria-label="Label ${place}"][aria-checked="true"]:focus`);
    }
});

test("the picture is as large as the paper on a screen that a bank card was held to", async (t) => {
    const { page } = await open_labels(t);
    const width = async (selector) => (await page.locator(selector).boundingBox()).width;
    assert.ok(Math.abs((await width(".paper-picture")) - (210 * 96) / 25.4) < 1);

    await page.locator(".card-scale summary").click();
    await page.getByRole("slider").fill("5");
    assert.ok(Math.abs((await width(".card-scroll svg")) - 85.6 * 5) < 1);
    assert.ok(Math.abs((await width(".paper-picture")) - 210 * 5) < 1);
    await page.reload();
    assert.equal(await page.evaluate(() => localStorage.getItem("cartwatch.px_per_mm")), "5");
});

test("one line of one cart alone, on a roll, for a label printer", async (t) => {
    const { page } = await open_labels(t);
    await field(page, "What to print").selectOption("lines");
    const cart = await field(page, "Of which cart").locator("option").nth(1).getAttribute("value");
    await field(page, "Of which cart").selectOption(cart);
    await page.locator(".thing-choice summary").click();
    await page.locator(".thing-choice li").nth(1).getByRole("button").click();
    await drawn_anew(page, () => field(page, "Paper").selectOption("roll-50x30"));
    assert.match(await page.textContent(".label-files a.primary"), /1 label, 1 page$/);
    assert.equal(await page.locator(".sheet-map").count(), 0);
    await hold(page, "roll en");

    const address = await page.locator(".label-files a", { hasText: "300 dpi" }).getAttribute("href");
    const answer = await fetch(new URL(address, page.url()));
    assert.equal(answer.headers.get("content-type"), "application/zpl");
    assert.match(await answer.text(), /^\^XA\^PW591\^LL354/);
    const shown = await page.locator(".paper-picture").boundingBox();
    assert.ok(Math.abs(shown.width / shown.height - 50 / 30) < 0.02);
});

test("what cannot be printed is said before it is printed, in words, and mended", async (t) => {
    const { page } = await open_labels(t);
    await field(page, "Paper").selectOption("sheet");
    await field(page, "Labels across").fill("4");
    await page.waitForSelector(".label-trouble >> text=lie over the paper's edge");
    assert.equal(await page.locator(".label-files a.primary").count(), 0);
    await field(page, "Labels across").fill("0");
    await page.waitForSelector(".label-trouble >> text=out of range");
    assert.equal(await page.locator(".label-choice .wrong").count(), 1);
    await hold(page, "refused en");
    await drawn_anew(page, () => field(page, "Labels across").fill("3"));
    await field(page, "Move down").fill("0.3");
    await page.waitForSelector(".label-trouble >> text=out of range");
    await field(page, "Move down").fill("0");
    await field(page, "Paper").selectOption("a4-65");
    await field(page, "Bars").selectOption("always");
    await page.waitForSelector(".label-trouble >> text=28 mm high");
});

test("the calibration page comes with the offset that is set", async (t) => {
    const { page } = await open_labels(t);
    await drawn_anew(page, () => field(page, "Move right").fill("-2"));
    const address = await page.locator(".label-files a", { hasText: "Calibration" }).getAttribute("href");
    assert.match(address, /what=calibration.*offset_x=-2/);
    const folder = temporary(t);
    const answer = await fetch(new URL(address, page.url()));
    writeFileSync(join(folder, "page.pdf"), Buffer.from(await answer.arrayBuffer()));
    const words = execFileSync("pdftotext", ["page.pdf", "-"], { cwd: folder, encoding: "utf8" });
    assert.match(words, /100 mm across, 100 mm down/);
});

test("a label that is not read is printed anew from the check, alone, and the check goes on", async (t) => {
    const said = (section, about) =>
        hospital.scans.find((one) => one.section === section && one.about.startsWith(about)).text;
    const { page } = await open_page(chromium.browser, `${hospital.urls.ward}/?station=OR`, { language: "en" });
    t.after(() => page.context().close());
    await page.waitForSelector(".header .dot-on");
    await scan(page, hospital.scans.find((one) => one.about.endsWith("N001")).text);
    await scan(page, said("OR-1", "cart"));
    await page.waitForSelector(".lines");

    const { check } = await ask(hospital.urls.ward, "/api/v1/view?station=OR");
    for (const [name, tag] of [
        ["Naloxone", said("OR-1", "slot of naloxone")],
        ["Suction unit", check.devices.find(({ id }) => id === "suction").tag],
    ]) {
        await page.keyboard.press("Slash");
        await page.locator(".fields input").fill(name);
        await page.getByRole("button", { name: `Print label: ${name}` }).click();
        await page.getByText("Download PDF: 1 label, 1 page").waitFor();
        assert.deepEqual(new Set((await printed(t, page)).map(({ key }) => key.replace(/^\]..?/, ""))), new Set([tag]));
        await page.getByRole("button", { name: /^Leave/ }).click();
        await page.waitForSelector(".lines");
    }
});

test("badges are not drawn for whoever asks", async () => {
    for (const path of ["sheet?what=staff", "things?what=staff"]) {
        const answer = await fetch(`${hospital.urls.ward}/api/v1/labels/${path}`);
        assert.equal(answer.status, 403);
        assert.match((await answer.json()).detail, /cartwatch labels staff/);
    }
    const offer = await (await fetch(`${hospital.urls.ward}/api/v1/labels`)).json();
    assert.equal(offer.kinds.some(({ what }) => what === "staff"), false);
});
