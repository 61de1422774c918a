// Goal: whatever brings a code, it has the same effect. Every flow that a person scans is gone
// through three times at real daemons: with keys as a scanner types them into the page, with a scanner
// of the daemon's own, and with the page's camera. Each step has the same answer, and the three
// journals are one.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ask, until } from "./daemons.mjs";
import { CameraFeed, camera_file, KeysFeed, note_stream, show_nothing, SocketFeed } from "./feeds.mjs";
import { open_browser, open_page, own_tag } from "./kit.mjs";
import { badges, pack, SmallHospital } from "./small_hospital.mjs";

const plain = (text) => `]d1${text}`;
const nurse = plain(badges.nurse);
const new_badge = own_tag(5, 15);
const seal = (number) => plain(own_tag(4, number));
const control = (number) => plain(own_tag(7, number));
const units = (number) => plain(own_tag(6, number));
const drug = (...what) => `]d2${pack(...what)}`;
const [undo, missing, passed, finish, was_emergency] = [1, 2, 6, 8, 20].map(control);

// What stands on the cart, by the ward's own word: "cart", "slot" of a line, "device".
const tags = {};

// [what is scanned, what the ward answers]
const flows = {
    "S0: a badge and a cart's tag begin its check": [
        [nurse, "badge_known"],
        [() => tags.cart, "check_opened"],
    ],
    "S1: in order, another lot, undone": [
        [drug(0), "ok"],
        [drug(0), "duplicate"],
        [drug(1, "L2", "310630"), "new_lot"],
        [undo, "undone"],
        [drug(1), "ok"],
    ],
    "S1: an expired lot and its replacement": [
        [drug(2, "OLD", "200101"), "expired"],
        [drug(2, "NEW", "301130"), "counted_replacement"],
    ],
    "S1: what is unknown, and what is another product": [
        [drug(20), "unknown_code"],
        [drug(9), "not_on_list"],
    ],
    "S1: no code to scan: the place's label, then the number; less than asked": [
        [() => tags.slot, "enter_quantity"],
        [units(2), "quantity_set"],
        [missing, "line_missing"],
        [undo, "undone"],
        [() => tags.slot, "enter_quantity"],
        [units(3), "quantity_set"],
    ],
    "S1: a device": [
        [() => tags.device, "test_device"],
        [passed, "device_passed"],
    ],
    "S2: the list before the signature, the new seal, the signature": [
        [finish, "sign_with_badge"],
        [seal(457722), "seal_read"],
        [nurse, "check_closed"],
    ],
    "S3: the seal as on record": [
        [() => tags.cart, "cart_known"],
        [seal(457722), "seal_matches"],
        [nurse, "sealed_closed"],
    ],
    "S3: another seal, because of an emergency": [
        [() => tags.cart, "cart_known"],
        [seal(457799), "seal_mismatch"],
        [was_emergency, "seal_said_used"],
        [nurse, "use_opened"],
    ],
    "S4: what was used, once undone, and the signature": [
        [drug(0), "unit_used"],
        [drug(1), "unit_used"],
        [undo, "undone"],
        [nurse, "use_closed"],
    ],
    "S2: what was not scanned is listed, and the badge once more signs": [
        [nurse, "badge_known"],
        [() => tags.cart, "check_opened_again"],
        [drug(1), "ok"],
        [nurse, "review_missing"],
        [nurse, "check_closed"],
    ],
};

const feeds = [
    ["keys", KeysFeed],
    ["the scanner's socket", SocketFeed],
    ["the camera", CameraFeed],
];

const folder = mkdtempSync(join(tmpdir(), "cartwatch-flows-"));
let chromium;

before(async () => {
    show_nothing(folder);
    chromium = await open_browser([
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        `--use-file-for-fake-video-capture=${camera_file(folder)}`,
    ]);
});

after(async () => {
    await chromium?.close();
    rmSync(folder, { recursive: true, force: true });
});

// A hospital of its own for each feed, so that what they record can be held against each other.
async function open_ward(t) {
    const hospital = new SmallHospital();
    t.after(() => hospital.close());
    await hospital.start(process.env.CARTWATCH_PROGRAM);
    return open_at(t, hospital, `${hospital.urls.ward}/?station=OR`);
}

// A pharmacy's daemon has no scanners of its own: keys and the camera are what a board has.
function open_board(t, hospital) {
    return open_at(t, hospital, hospital.urls.pharmacy);
}

async function open_at(t, hospital, url) {
    const opened = await open_page(chromium.browser, url);
    t.after(() => opened.context.close());
    await opened.page.addInitScript(note_stream);
    await opened.page.reload();
    await opened.page.waitForSelector(".header .dot-on");
    return { hospital, folder, ...opened };
}

async function note_tags(hospital) {
    const { check, carts } = await hospital.view();
    tags.cart = plain(carts[0].tag);
    if (check) {
        tags.slot = plain(check.lines.find((one) => one.id === "drug-3").tag);
        tags.device = plain(check.devices[0].tag);
    }
}

// S7: a badge is bound to somebody, and the head nurse signs for it.
async function bind_badge({ page, hospital }, feed) {
    const hears = page.waitForResponse((one) => one.url().endsWith("/scanner_check/listen"));
    await page.getByRole("button", { name: "更多" }).click();
    await page.locator(".more-buttons button", { hasText: "设置" }).click();
    await page.locator(".setup-tabs button", { hasText: "人员" }).click();
    await page.locator(".setup-item", { hasText: "李娜" }).click();
    await page.getByRole("button", { name: "扫一下工牌来绑定" }).click();
    await hears; // the ward's own scanner, too
    await feed.scan(plain(new_badge));
    await page.getByText(`新工牌，尾号 ${new_badge.slice(-2)}`).waitFor();
    await page.locator(".setup-form .primary").click();
    await page.waitForSelector(".setup-sign");
    await feed.scan(plain(badges.head_nurse));
    const last = () => hospital.entries("ward-1").at(-1);
    await until(() => last().kind === "staff.defined", "the badge is bound");
}

// S5: the ward's alerts are accepted, one is sent by scanning its units, and a lot is recalled.
async function serve_ward({ page, hospital }, feed) {
    const alert = async () =>
        (await hospital.board()).alerts.find(({ subject }) => subject === "drug-0");
    await until(alert, "what is short has come");
    await page.locator(".accept .button").first().click();
    await feed.scan(plain(badges.pharmacist));
    await until(async () => (await alert()).state === "accepted", "accepted");
    await page.locator(".alert", { hasText: "药品 0" }).getByRole("button", { name: "发出…" }).click();
    for (const count of [1, 2, 3]) {
        await feed.scan(drug(0, "K7"));
        await page.locator(".band-accept", { hasText: `${count} / 3` }).waitFor();
    }
    await page.locator(".send-foot .button.primary").click();
    await until(async () => (await alert()).state === "dispatched", "on its way");
    await page.locator(".header .chip", { hasText: "召回" }).click();
    await page.getByRole("button", { name: "新的召回" }).click();
    await feed.scan(drug(1, "L2"));
    await page.locator(".recall-product").waitFor();
    await page.getByLabel("原因（必填）").fill("厂家通知");
    await page.getByRole("button", { name: "召回批号 L2" }).click();
    await until(async () => {
        const { recalls } = await ask(hospital.urls.pharmacy, "/api/v1/recalls");
        return recalls.length === 1 && recalls[0].waiting === 0;
    }, "the ward has answered the recall");
}

// Scans, and waits for what the ward says to it; the answers that it has given until then.
async function answer_to(ward, feed, text) {
    const before_it = (await ward.hospital.view()).last?.number ?? 0;
    await feed.scan(text);
    const { last } = await until(async () => {
        const now = await ward.hospital.view();
        return (now.last?.number ?? 0) > before_it ? now : null;
    }, `the ward answers ${text}`, 20_000);
    await ward.page.waitForSelector(`.band-${last.kind}`);
    return last;
}

// What no two runs have in common: when it was, and the number that blind lines are drawn by.
const by_chance = (name) => name === "seed" || name.endsWith("_at");

function without_chance(value) {
    if (Array.isArray(value)) {
        return value.map(without_chance);
    }
    if (value !== null && typeof value === "object") {
        const kept = Object.entries(value).filter(([name]) => !by_chance(name));
        return Object.fromEntries(kept.map(([name, member]) => [name, without_chance(member)]));
    }
    return value;
}

const journals = {}; // what the first feed had recorded, by node

function compare(node, name, hospital) {
    const recorded = hospital.entries(node).map(without_chance);
    journals[node] ??= { name, recorded };
    const first = journals[node];
    assert.deepEqual(recorded, first.recorded, `${node} by ${name} records what it did by ${first.name}`);
}

for (const [name, Feed] of feeds) {
    test(`every flow by ${name}`, async (t) => {
        const ward = await open_ward(t);
        const feed = new Feed(ward);
        let answers = (await ward.hospital.view()).last?.number ?? 0;
        for (const [flow, steps] of Object.entries(flows)) {
            for (const [text, message] of steps) {
                await note_tags(ward.hospital);
                const last = await answer_to(ward, feed, typeof text === "function" ? text() : text);
                answers += 1;
                assert.equal(last.message, message, `${flow}: ${text}`);
                assert.equal(last.number, answers, `${flow}: one scan, one answer`);
            }
        }
        await bind_badge(ward, feed);
        assert.deepEqual(ward.complaints, []);
        compare("ward-1", name, ward.hospital);
        await ward.context.close();
        if (Feed !== SocketFeed) {
            const board = await open_board(t, ward.hospital);
            await serve_ward(board, new Feed(board));
            assert.deepEqual(board.complaints, []);
            compare("pharmacy", name, ward.hospital);
        }
    });
}
