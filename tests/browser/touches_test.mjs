// Goal: a check costs a nurse scans and nothing else. The scans come from a scanner on the network,
// never through the page; the page of the real ward stands open in Chromium, and what it is touched
// with is counted: nothing. What was done is counted from the ward's own journal.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { ask, free_port, until } from "./daemons.mjs";
import { open_browser, open_page, own_tag } from "./kit.mjs";

const lines = 45;
const program = process.env.CARTWATCH_PROGRAM;
const folder = mkdtempSync(join(tmpdir(), "cartwatch-touches-"));
const badge = own_tag(5, 12);
const controls = { missing: 2, cancel: 9 };
const seal = (number) => own_tag(4, number);

function gtin_of(item) {
    const body = `0952100${String(1000 + item).padStart(6, "0")}`;
    const sum = [...body].reduce((sum, digit, i) => sum + Number(digit) * (i % 2 === 0 ? 3 : 1), 0);
    return `${body}${(10 - (sum % 10)) % 10}`;
}

const pack = (item, lot = "L", until_day = "301231") => `01${gtin_of(item)}17${until_day}10${lot}`;
const id_of = (item) => `item-${item}`;

// The hospital: one nurse, one cart of 45 lines with everything on file.
function write_sheets() {
    const rows = [...Array(lines).keys()];
    const sheets = {
        products: [
            "id,kind,name_zh,unit,gtins",
            ...rows.map((item) => `${id_of(item)},drug,品目 ${item},支,${gtin_of(item)}`),
        ],
        staff: ["id,name,role,badge", `N1,张敏,nurse,${badge}`],
        carts: [
            "cart,cart_name_zh,station,station_name_zh,row,id,product,position,par,lot,"
                + "last_usable_day,quantity",
            ...rows.map(
                (item) => `C1,抢救车,OR,手术室,line,${id_of(item)},${id_of(item)},第1层-${item},`
                    + "2,L,2030-12-31,2",
            ),
        ],
    };
    for (const [name, sheet] of Object.entries(sheets)) {
        const file = join(folder, `${name}.csv`);
        writeFileSync(file, `${sheet.join("\n")}\n`);
        execFileSync(program, ["import", name, file, "--config", join(folder, "ward.toml")]);
    }
}

const entries = () =>
    JSON.parse(
        execFileSync("python3", [
            "-c",
            "import json,sqlite3,sys\n"
                + "base=sqlite3.connect(f'file:{sys.argv[1]}?mode=ro',uri=True)\n"
                + "print(json.dumps(base.execute('SELECT kind FROM entry ORDER BY seq').fetchall()))",
            join(folder, "state", "cartwatch.db"),
        ]).toString(),
    ).map(([kind]) => kind);

const ward = { url: "", daemon: null, scanner: null, chromium: null, shown: null };
const view = () => ask(ward.url, "/api/v1/view?station=OR");

before(async () => {
    const [web, scanner] = [await free_port(), await free_port()];
    ward.url = `http://127.0.0.1:${web}`;
    writeFileSync(
        join(folder, "ward.toml"),
        `node = "ward-1"\nstate = "${folder}/state"\npages = "${process.env.CARTWATCH_BUILT_PAGES}"\n`
            + `[web]\nport = ${web}\n[pharmacy]\naddresses = []\n`
            + `[[scanner]]\nname = "gun"\nstation = "OR"\nkind = "network_listen"\nport = ${scanner}\n`,
    );
    write_sheets();
    ward.daemon = spawn(program, ["ward", "--config", join(folder, "ward.toml")], {
        stdio: ["ignore", "ignore", "inherit"],
    });
    ward.ended = new Promise((resolve) => ward.daemon.once("exit", resolve));
    await until(async () => (await fetch(`${ward.url}/healthz`)).ok, "the ward is up");
    ward.scanner = await until(
        () =>
            new Promise((resolve, reject) => {
                const socket = connect(scanner, "127.0.0.1", () => resolve(socket));
                socket.once("error", reject);
            }),
        "the ward listens for its scanner",
    );
    ward.chromium = await open_browser();
    ward.shown = await open_page(ward.chromium.browser, `${ward.url}/?station=OR`);
    // Every way in which a person touches a page, counted before the page itself sees it.
    await ward.shown.page.addInitScript(() => {
        window.touched = [];
        for (const kind of ["pointerdown", "mousedown", "touchstart", "wheel", "keydown", "input"]) {
            window.addEventListener(kind, () => window.touched.push(kind), { capture: true });
        }
    });
    await ward.shown.page.reload();
});

after(async () => {
    ward.scanner?.destroy();
    await ward.chromium?.close();
    ward.daemon?.kill("SIGTERM");
    await ward.ended;
    rmSync(folder, { recursive: true, force: true });
});

// One nurse's work: scans sent by the gun, each answered before the next.
const work = { scans: 0 };

async function scan(text) {
    const before = (await view()).last?.number ?? 0;
    ward.scanner.write(`${text}\r\n`);
    work.scans += 1;
    const now = await until(async () => {
        const seen = await view();
        return (seen.last?.number ?? 0) !== before ? seen : null;
    }, `the ward answers ${text}`);
    return now;
}

const said = async (text) => (await scan(text)).last.message;

// Begins counting: scans, and entries of the journal.
function begin() {
    work.scans = 0;
    work.entries = entries().length;
}

async function costs(scans, kinds) {
    const counted = {};
    for (const kind of entries().slice(work.entries).filter((one) => one.startsWith("check."))) {
        counted[kind] = (counted[kind] ?? 0) + 1;
    }
    assert.equal(work.scans, scans);
    assert.deepEqual(counted, kinds);
    assert.deepEqual(await ward.shown.page.evaluate(() => window.touched), []);
    assert.deepEqual(ward.shown.complaints, []);
}

const shows = (text) => ward.shown.page.getByText(text).first().waitFor();

// Scans every line; a blind one asks for its number, which is a scan more. How many did.
async function count_lines() {
    let blind = 0;
    for (let item = 0; item < lines; ++item) {
        if ((await said(pack(item))) === "blind_count") {
            assert.equal(await said(own_tag(6, 2)), "quantity_set");
            blind += 1;
        }
    }
    return blind;
}

test("a check of 45 lines in order: 45 scans and 3, a number for each blind line, no touch", async () => {
    const cart = (await view()).carts[0].tag;
    begin();
    await scan(badge);
    assert.equal((await scan(cart)).check.lines.length, lines);
    const blind = await count_lines();
    assert.equal(blind, 2); // as the policy has it
    await shows("品目 44");
    const closed = await scan(badge);
    assert.equal(closed.last.message, "check_closed");
    assert.equal(closed.last.values.readiness, "ready");
    await costs(45 + 3 + blind, {
        "check.opened": 1,
        "check.line_counted": 45 + blind,
        "check.closed": 1,
    });
});

test("what is missing costs one command, an expired lot and its replacement two scans", async () => {
    const cart = (await view()).carts[0].tag;
    await scan(badge);
    const { check } = await scan(cart);
    const sighted = check.lines.filter((line) => !line.blind).map((line) => line.id);
    begin();
    await scan(check.lines.find((line) => line.id === sighted[0]).tag);
    assert.equal(await said(own_tag(7, controls.missing)), "line_missing");
    await costs(2, { "check.line_missing": 1 }); // the label of its place, and the command

    const item = Number(sighted[1].slice("item-".length));
    begin();
    assert.equal(await said(pack(item, "OLD", "200101")), "expired");
    assert.equal(await said(pack(item, "NEW", "301130")), "counted_replacement");
    await costs(2, { "check.line_counted": 2, "check.holding_taken_out": 1 });
    // Abandoned: asked back where something was counted, and one label held there is one scan.
    assert.equal(await said(own_tag(7, controls.cancel)), "cancel_again");
    await new Promise((done) => setTimeout(done, 1_000));
    assert.equal(await said(own_tag(7, controls.cancel)), "check_cancelled");
});

test("a check of the seal: three scans, no touch", async () => {
    const cart = (await view()).carts[0].tag;
    await scan(badge);
    await scan(cart);
    await count_lines();
    assert.equal(await said(seal(457722)), "seal_read");
    assert.equal(await said(badge), "check_closed");
    begin();
    await scan(cart);
    assert.equal(await said(seal(457722)), "seal_matches");
    assert.equal(await said(badge), "sealed_closed");
    await costs(3, { "check.opened": 1, "check.seal_read": 1, "check.closed": 1 });
});

test("a touch of the page would have been counted", async () => {
    await ward.shown.page.keyboard.press("Shift");
    await ward.shown.page.mouse.click(4, 4);
    const touched = await ward.shown.page.evaluate(() => window.touched);
    assert.ok(touched.includes("keydown") && touched.includes("pointerdown"), touched.join());
});
