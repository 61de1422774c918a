// Goal: a nurse and a pharmacist at the real pages of real daemons. A whole check is scanned into the
// page as a scanner types, one drug missing and one device failed; the pharmacy's board shows exactly
// what the ward raised by itself, and accepting there shows at the ward. Pictures for README are taken
// on the way where CARTWATCH_PICTURES names a folder.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { ask, real_hospital, until } from "./daemons.mjs";
import { open_page, picture, scan, sizes } from "./kit.mjs";

const cart = "OR-1";
const missing = "naloxone-0.4mg";
const failed = "suction";
const pictures = process.env.CARTWATCH_PICTURES ?? "";

const { hospital, chromium } = real_hospital();

const view = () => ask(hospital.urls.ward, "/api/v1/view?station=OR");
const board = () => ask(hospital.urls.pharmacy, "/api/v1/view");
const scans_of = (section) => hospital.scans.filter((one) => one.section === section);
const badge_of = (id) => scans_of("staff").find((one) => one.about.endsWith(id)).text;
const command = (name) => scans_of("commands").find((one) => one.about === name).text;

async function shoot(page, name) {
    if (pictures) {
        await picture(page, pictures, name);
    }
}

// Types a scan into the page and waits for what the daemon made of it.
async function scan_in(page, text, settled) {
    await scan(page, text);
    return until(async () => {
        const now = await view();
        return settled(now) ? now : null;
    }, `the ward took ${text}`);
}

// What the example hospital's list asks for.
const carts_file = new URL("../../deploy/example-hospital/carts.csv", import.meta.url);
const rows = readFileSync(carts_file, "utf8").split(/\r?\n/).map((row) => row.split(","));
const par_of = (line) => Number(rows.find((row) => row[0] === cart && row[8] === line)[13]);

async function count_lines(page) {
    const packs = scans_of(cart).filter((one) => one.about.startsWith("pack of"));
    const { check } = await view();
    for (const line of check.lines) {
        if (line.id === missing) {
            const slot = scans_of(cart).find((one) => one.about.startsWith(`slot of ${line.id} `));
            await scan_in(page, slot.text, (now) => now.last?.line === line.id);
            await scan_in(page, command("missing"), (now) => now.last?.message === "line_missing");
        } else {
            const pack = packs.find((one) => one.about.startsWith(`pack of ${line.id} `));
            await scan_in(page, pack.text, (now) => now.last?.line === line.id);
            if (line.blind) {
                const quantity = par_of(line.id);
                await ask(hospital.urls.ward, "/api/v1/commands", {
                    station: "OR",
                    command: { do: "quantity", quantity, line: line.id },
                });
            }
        }
    }
}

async function test_devices(page) {
    for (const device of (await view()).check.devices) {
        await scan_in(page, device.tag, (now) => now.session.device === device.id);
        const passed = device.id !== failed;
        await scan_in(page, command(passed ? "test_passed" : "test_failed"), (now) =>
            now.check.devices.some(
                (one) => one.id === device.id && one.state === (passed ? "passed" : "failed"),
            ),
        );
    }
}

// From the page's history to the check that was just signed, with its scans; and a download of it.
async function read_past(page) {
    const more = page.locator(".footer").getByRole("button", { name: "更多" });
    if (await more.count()) {
        await more.click();
    }
    await page.getByRole("button", { name: "历史" }).click();
    const row = page.locator(".weeks tbody tr", { hasText: "手术室抢救车" });
    await row.locator("button.cell").last().click();
    await page.waitForSelector(".past-steps");
    const pack = scans_of(cart).find((one) => one.about.startsWith("pack of"));
    const codes = await page.locator(".past-steps code").allTextContents();
    const shown = pack.text.replaceAll("\x1d", "GS");
    assert.ok(codes.some((one) => one.includes(shown)), `${shown} of ${codes}`);
    await page.keyboard.press("Escape");
    const [file] = await Promise.all([
        page.waitForEvent("download"),
        page.locator(".exports a").first().click(),
    ]);
    assert.match(file.suggestedFilename(), /^cartwatch-checks-.*\.xlsx$/);
    assert.equal(readFileSync(await file.path()).subarray(0, 2).toString(), "PK");
}

test("a whole check typed by a scanner reaches the board by itself, and back", async () => {
    const nurse = await open_page(chromium.browser, `${hospital.urls.ward}/?station=OR`);
    const desk = await open_page(chromium.browser, hospital.urls.pharmacy);
    await nurse.page.getByText("手术室抢救车").first().waitFor();
    await shoot(nurse.page, "ward-overview-zh");

    await scan_in(nurse.page, badge_of("N001"), (now) => now.session.staff?.id === "N001");
    const tag = scans_of(cart).find((one) => one.about === "cart").text;
    await scan_in(nurse.page, tag, (now) => now.check?.cart === cart);
    await count_lines(nurse.page);
    await shoot(nurse.page, "ward-check-zh");
    await test_devices(nurse.page);
    // Something critical is missing: the first badge is asked back once.
    await scan_in(nurse.page, badge_of("N001"), (now) => now.check.reviewed);
    await nurse.page.getByText("不可用").first().waitFor();
    await shoot(nurse.page, "ward-critical-zh");
    // The cart holds a controlled drug: two sign.
    await scan_in(nurse.page, badge_of("N001"), (now) => now.session.witness_due);
    await scan_in(nurse.page, badge_of("N002"), (now) => now.check === null);

    await until(async () => (await board()).alerts.some((one) => one.subject === missing), "alert");
    const raised = (await board()).alerts.filter((one) => one.cart === cart);
    const open = raised.map((one) => one.subject).sort();
    assert.ok(open.includes(missing) && open.includes(failed), open.join());
    const ward_says = (await view()).carts.find((one) => one.id === cart).alerts;
    assert.deepEqual(open, ward_says.map((one) => one.subject).sort());

    await desk.page.getByText("纳洛酮").first().waitFor();
    await desk.page.getByText("电动吸引器").first().waitFor();
    await shoot(desk.page, "pharmacy-board-zh");
    await scan(desk.page, badge_of("P001"));
    await until(async () => (await board()).session.staff?.id === "P001", "the pharmacist is known");

    const alert = raised.find((one) => one.subject === missing);
    await ask(hospital.urls.pharmacy, "/api/v1/alerts/accept", {
        node: alert.node,
        cart: alert.cart,
        subject: alert.subject,
        episode: alert.episode,
        badge: badge_of("P001"),
        expected_at: new Date(Date.now() + 30 * 60_000).toISOString(),
    });
    await until(async () => {
        const alerts = (await view()).carts.find((one) => one.id === cart).alerts;
        return alerts.some((one) => one.subject === missing && one.state === "accepted");
    }, "the ward sees who accepted");
    await nurse.page.getByText("赵磊").first().waitFor();
    await shoot(nurse.page, "ward-overview-after-zh");
    await read_past(nurse.page);
    await read_past(desk.page);
    assert.deepEqual(nurse.complaints, []);
    assert.deepEqual(desk.complaints, []);
    await nurse.context.close();
    await desk.context.close();
});

test("both pages stand in English and on a telephone's width", async () => {
    for (const [size, place] of [
        ["desk", "1366"],
        ["phone", "390"],
    ]) {
        for (const [role, path] of [
            ["ward", "/?station=OR"],
            ["pharmacy", "/"],
        ]) {
            const shown = await open_page(chromium.browser, hospital.urls[role] + path, {
                size: sizes[size],
                language: "en",
            });
            await shown.page.getByText("Naloxone").first().waitFor();
            const wide = await shown.page.evaluate(
                () => document.documentElement.scrollWidth > window.innerWidth,
            );
            assert.equal(wide, false, `${role} at ${place} px scrolls sideways`);
            await shoot(shown.page, `${role}-en-${place}`);
            await shown.context.close();
        }
    }
});
