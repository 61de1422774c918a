// Goal: a camera that sees a printed pack is a scanner: the code arrives as every scan does, the one
// that the check waits for is taken, and where a person has to say which, the page asks. Chromium's
// own fake camera shows what zint drew; the decoder is the one that is shipped.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";

import { ask, start_hospital, until as eventually } from "./daemons.mjs";
import { FakeServer } from "./fake_server.mjs";
import { open_browser, open_page, sizes } from "./kit.mjs";
import {
    bmp,
    data_matrix,
    ean_13,
    pack_picture,
    plain_data_matrix,
    write_y4m,
} from "./printed_pack.mjs";
import * as views from "./views.mjs";

const pages = process.env.CARTWATCH_BUILT_PAGES;
const folder = mkdtempSync(join(tmpdir(), "cartwatch-camera-"));

const pack = "[01]09521234543213[17]261231[10]ABC123[21]SN0001";
const pack_scan = "]d201095212345432131726123110ABC123\x1d21SN0001";
const ean_scan = "]E06901234567892";
const matrix = data_matrix(pack);
const bars = ean_13("690123456789");

const one_code = pack_picture(1280, 720, [{ modules: matrix, x: 560, y: 280, px: 6 }]);
const two_codes = pack_picture(1280, 720, [
    { modules: matrix, x: 260, y: 200, px: 6 },
    { modules: bars, x: 700, y: 300, px: 4 },
]);
const no_code = pack_picture(1280, 720, []);

let server;

before(() => assert.notEqual(pages, undefined, "CARTWATCH_BUILT_PAGES names the built pages"));

after(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
});

beforeEach(async () => {
    await server?.close();
    server = new FakeServer(pages);
    await server.listen();
    server.stations = views.stations;
    server.view = views.ward_view({ session: views.session(), check: views.check() });
    server.answer = answer;
});

// What the daemon would say which is meant; null: a person has to.
let chosen = null;

function answer({ path, body }) {
    if (path === "/api/v1/scans/choose") {
        const codes = body.texts.map((text) => ({
            awaited: text === pack_scan,
            name: text === pack_scan ? { zh: "肾上腺素注射液", en: "Epinephrine injection" } : null,
            text,
        }));
        const place = body.texts.indexOf(chosen);
        return { chosen: place < 0 ? null : place, codes };
    }
    if (path === "/api/v1/images") {
        return { symbols: [{ raw: ean_scan }] };
    }
    const last = views.reply("accept", "scanner_test", { text: body.text });
    server.view = { ...server.view, last };
    return { reply: last, view: server.view };
}

const posts_to = (path) => server.posts.filter((post) => post.path === path).map((post) => post.body);
const scans = () => posts_to("/api/v1/scans").map((body) => body.text);

const own_url = (host = "127.0.0.1") => `http://${host}:${server.port}/?station=OR`;

// A browser whose camera shows the picture, with the ward's page open in it.
async function open_with(t, picture, { flags = [], url = own_url(), ...options } = {}) {
    const file = join(folder, "camera.y4m");
    write_y4m(file, picture);
    const chromium = await open_browser([
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        `--use-file-for-fake-video-capture=${file}`,
        ...flags,
    ]);
    t.after(() => chromium.close());
    const opened = await open_page(chromium.browser, url, options);
    await opened.page.waitForSelector(".header .dot-on");
    return opened;
}

const open_camera = (page) => page.getByRole("button", { name: /^(摄像头|Camera)$/ }).click();

async function until(condition, what) {
    const end = Date.now() + 60_000;
    while (!condition()) {
        assert.equal(Date.now() < end, true, `not within 60 s: ${what}`);
        await new Promise((done) => setTimeout(done, 20)); // between two looks
    }
}

test("a printed pack before the camera is scanned once, and again when asked", async (t) => {
    const { page, complaints } = await open_with(t, one_code);
    const fetched = [];
    page.on("request", (request) => fetched.push(new URL(request.url()).pathname));
    assert.equal(fetched.some((path) => path.endsWith(".wasm")), false);

    await open_camera(page);
    await until(() => scans().length === 1, "the scan");

    assert.deepEqual(posts_to("/api/v1/scans"), [
        { station: "OR", text: pack_scan, typed: false, camera: true },
    ]);
    await page.waitForSelector(".band-accept");
    await page.waitForSelector(".camera-outlines polygon.chosen");
    const next = page.getByRole("button", { name: "扫下一个" });
    await next.waitFor();
    assert.equal(scans().length, 1); // it waits for the person, however long the pack lies there
    assert.equal(fetched.filter((path) => path.endsWith(".wasm")).length, 1);

    await page.keyboard.press("Space"); // the button has the focus
    await until(() => scans().length === 2, "the second scan");
    assert.deepEqual(scans(), [pack_scan, pack_scan]);
    assert.deepEqual(complaints, []);
});

test("of two codes the one that the check waits for is scanned", async (t) => {
    for (const awaited of [pack_scan, ean_scan]) {
        chosen = awaited;
        server.posts = [];
        const { page, complaints, context } = await open_with(t, two_codes);

        await open_camera(page);
        await until(() => scans().length === 1, "the scan");

        assert.deepEqual(scans(), [awaited]);
        const [asked] = posts_to("/api/v1/scans/choose");
        assert.deepEqual([...asked.texts].sort(), [pack_scan, ean_scan].sort());
        assert.equal(asked.station, "OR");
        assert.deepEqual(complaints, []);
        await context.close();
    }
});

test("where nobody waits for either, the page asks, and a tap on the picture says which", async (t) => {
    chosen = null;
    const { page, complaints } = await open_with(t, two_codes, { size: sizes.phone });
    await open_camera(page);
    const offers = page.getByRole("list", { name: "画面里的条码" }).getByRole("button");
    await offers.first().waitFor();
    assert.equal(await offers.count(), 2);
    assert.equal(await offers.filter({ hasText: "肾上腺素注射液" }).count(), 1);
    assert.deepEqual(scans(), []);

    // The right one of the two outlines is the EAN-13.
    const outlines = page.locator(".camera-outlines polygon");
    const lefts = await outlines.evaluateAll((all) =>
        all.map((one) => one.getBoundingClientRect().left),
    );
    await outlines.nth(lefts.indexOf(Math.max(...lefts))).click();

    await until(() => scans().length === 1, "the scan");
    assert.deepEqual(scans(), [ean_scan]);
    assert.deepEqual(complaints, []);
});

test("the answer can be given with the keyboard alone", async (t) => {
    chosen = null;
    const { page } = await open_with(t, two_codes, { language: "en" });
    await page.getByRole("button", { name: "Camera" }).focus();
    await page.keyboard.press("Enter");
    const offers = page.getByRole("list", { name: "Codes in the picture" }).getByRole("button");
    await offers.first().waitFor();
    const wanted = offers.filter({ hasText: "Epinephrine" });
    while (!(await wanted.evaluate((button) => button === document.activeElement))) {
        await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");

    await until(() => scans().length === 1, "the scan");
    assert.deepEqual(scans(), [pack_scan]);
    await page.getByText("Scanned:").waitFor();
});

test("a photo is read in the page, and by the daemon where the page sees nothing", async (t) => {
    chosen = pack_scan;
    const { page, complaints } = await open_with(t, no_code);
    await open_camera(page);
    await page.getByText("把条码对准").waitFor();
    const file = page.locator("input[type=file]");
    assert.equal(await file.getAttribute("capture"), "environment");

    await file.setInputFiles({ name: "a.bmp", mimeType: "image/bmp", buffer: bmp(two_codes) });
    await until(() => scans().length === 1, "the scan");
    assert.deepEqual(scans(), [pack_scan]);
    assert.deepEqual(posts_to("/api/v1/images"), []);

    // A picture without a code, of a kind that the daemon takes, too.
    const jpeg = await page.evaluate(() => {
        const canvas = document.createElement("canvas");
        return canvas.toDataURL("image/jpeg");
    });
    const buffer = Buffer.from(jpeg.split(",")[1], "base64");
    await file.setInputFiles({ name: "b.jpg", mimeType: "image/jpeg", buffer });
    await until(() => scans().length === 2, "what the daemon read");
    assert.deepEqual(scans()[1], ean_scan);
    assert.deepEqual(Buffer.from(posts_to("/api/v1/images")[0]), buffer);

    await file.setInputFiles({ name: "c.bmp", mimeType: "image/bmp", buffer: bmp(no_code) });
    await page.getByText("这张照片里没有读到条码").waitFor();
    await file.setInputFiles({ name: "d.jpg", mimeType: "image/jpeg", buffer: Buffer.from("x") });
    await page.getByText("浏览器打不开这个文件").waitFor();
    assert.equal(scans().length, 2);
    assert.deepEqual(complaints, []);
});

test("closing the panel lets the camera go, and nothing is scanned after it", async (t) => {
    const { page } = await open_with(t, no_code);
    await page.evaluate(() => {
        const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
        window.opened = [];
        navigator.mediaDevices.getUserMedia = async (wish) => {
            const stream = await ask(wish);
            window.opened.push(...stream.getTracks());
            return stream;
        };
    });
    await open_camera(page);
    await page.getByText("把条码对准").waitFor();
    assert.deepEqual(await page.evaluate(() => window.opened.map((one) => one.readyState)), ["live"]);

    await page.keyboard.press("Escape");

    await page.waitForSelector(".camera-view", { state: "detached" });
    assert.deepEqual(await page.evaluate(() => window.opened.map((one) => one.readyState)), ["ended"]);
});

test("at an address that is not secure the page says why, and a photo still works", async (t) => {
    chosen = null;
    const { page } = await open_with(t, one_code, {
        url: own_url("ward.example"),
        flags: ["--host-resolver-rules=MAP ward.example 127.0.0.1"],
        language: "en",
    });
    await open_camera(page);
    await page.getByText("Browsers allow the camera at a secure address only").waitFor();
    const file = page.locator("input[type=file]");
    await file.setInputFiles({ name: "a.bmp", mimeType: "image/bmp", buffer: bmp(one_code) });
    await until(() => scans().length === 1, "the scan");
    assert.deepEqual(scans(), [pack_scan]);
});

test("a badge and a cart before the camera open a check in the real daemon", async (t) => {
    const hospital = await start_hospital(process.env.CARTWATCH_PROGRAM);
    t.after(() => hospital.close());
    const badge = hospital.scans.find((one) => one.section === "staff" && one.about.endsWith("N001"));
    const tag = hospital.scans.find((one) => one.section === "OR-1" && one.about === "cart");
    const view = () => ask(hospital.urls.ward, "/api/v1/view?station=OR");
    const picture = pack_picture(1280, 720, [
        { modules: plain_data_matrix(badge.text), x: 300, y: 280, px: 8 },
        { modules: plain_data_matrix(tag.text), x: 800, y: 280, px: 8 },
    ]);
    const { page, complaints } = await open_with(t, picture, { url: `${hospital.urls.ward}/?station=OR` });

    // Both are awaited: the page asks. Once the badge is known, only the cart is.
    await open_camera(page);
    await page.getByRole("list", { name: "画面里的条码" }).getByText(badge.text).click();
    await eventually(async () => (await view()).session.staff?.id === "N001", "the badge");
    await page.getByRole("button", { name: "扫下一个" }).click();
    await eventually(async () => (await view()).check?.cart === "OR-1", "the check");
    assert.deepEqual(complaints, []);
});
