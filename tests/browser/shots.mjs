// Pictures of every screen and state in both languages: node shots.mjs <built pages> <folder> [part of
// a name]. For eyes; the tests are pages_test.mjs and its like.
import { in_doubt } from "./doubt.mjs";
import { FakeServer } from "./fake_server.mjs";
import { history_gets } from "./history_views.mjs";
import { open_browser, open_page, picture, scan, sizes } from "./kit.mjs";
import { label_gets } from "./label_views.mjs";
import { half_done, withdrawn } from "./recall_views.mjs";
import { setup_gets, sheet_faults, sheet_plan } from "./setup_views.mjs";
import * as views from "./views.mjs";

const [pages, folder] = process.argv.slice(2);
const norepi = {
    name: "去甲肾上腺素注射液",
    name_en: "Norepinephrine injection",
    strength: "2 mg/1 mL",
    unit: "支",
    position: "1层 左2",
    par: "5",
    total: "5",
    quantity: "5",
    lot: "A2399",
    last_usable_day: "2026-12-15",
    days_left: "23",
    band: "30",
    also: "new_lot",
};
const epi = { ...norepi, name: "肾上腺素注射液", name_en: "Epinephrine injection", lot: "A2407" };
const bicarb = { ...norepi, name: "碳酸氢钠注射液", name_en: "Sodium bicarbonate injection" };

function in_check(last, session = {}, more = {}) {
    return views.ward_view({
        session: views.session({ line: "norepi", ...session }),
        check: views.check(more),
        last,
    });
}

const near = views.reply("attention", "near_expiry", norepi, {
    verdict: "near_expiry",
    line: "norepi",
    lot: "A2399",
    last_usable_day: "2026-12-15",
    days_left: 23,
});
const accepted = views.reply("accept", "ok", epi, {
    verdict: "ok",
    line: "epi",
    lot: "A2407",
    last_usable_day: "2027-08-31",
    days_left: 282,
});
const expired = views.reply(
    "reject",
    "expired",
    { ...bicarb, lot: "B1102", last_usable_day: "2026-10-31" },
    { verdict: "expired", line: "bicarb", lot: "B1102", last_usable_day: "2026-10-31", days_left: -22 },
);
const unknown = views.reply("reject", "unknown_code", { text: "6901234567892" }, {
    verdict: "unknown_code",
});
const undone = views.reply("command", "undone", {
    step: "7",
    what: "line_counted",
    name: "多巴胺注射液",
    name_en: "Dopamine injection",
    lot: "",
    quantity: "4",
    text: "",
});
const which = views.reply(
    "reject",
    "which_lot",
    { ...norepi, name: "氯化钾注射液", name_en: "Potassium chloride injection", lots: "K77, K80" },
    { line: "kcl" },
);
const device = views.reply(
    "command",
    "test_device",
    { name: "电动吸引器", name_en: "Suction unit", position: "车侧" },
    { device: "suction" },
);
const review = views.reply("attention", "review_missing", {
    count: "2",
    names: "50%葡萄糖注射液、球囊面罩",
    names_en: "Glucose injection 50%, Bag-valve mask",
});

const offline = { state: "connecting", waiting: 37, waiting_since: "2026-11-22T02:11:00.000Z", problem: null };
const revoked = { ...offline, problem: { code: "revoked", text: "" } };
const awaited = {
    reason: "restored",
    began_at: "2026-11-22T04:00:00.000Z",
    peers: [
        { node: "ward-1", hearing: "heard", owed: 0 },
        { node: "ward-120", hearing: "awaited", owed: 0 },
    ],
};
const ward_past = { ...awaited, peers: [{ node: "pharmacy", hearing: "awaited", owed: 0 }] };
const clock_back = { day: "2026-11-22", known: "2036-11-22", waits_for_badge: false };
const ready = { readiness: "ready", in_order: 17, not_scanned: [], findings: [] };

const use = {
    opened_at: "2026-11-22T03:49:00.000Z",
    lines: [
        {
            ...{ line: "epi", name: { zh: "肾上腺素注射液", en: "Epinephrine injection" }, par: 10 },
            ...{ used: 3, left: 7, left_counted: true, unexplained: 0 },
        },
        {
            ...{ line: "amiodarone", name: { zh: "胺碘酮注射液", en: "Amiodarone injection" }, par: 3 },
            ...{ used: 2, left: 0, left_counted: true, unexplained: 1 },
        },
    ],
};
const sealed = {
    kind: "sealed",
    old_seal: { number: "0457722", intact: true, ready_until: "2026-11-28" },
    ...{ seal_due: true, done: 0, total: 0, exceptions: 0, devices: [], steps: [], parked: [] },
    lines: views.half_done_lines().map((one) => ({ ...one, state: "not_asked" })),
    would_close: views.would_close({ ...ready, ready_until: "2026-11-28" }),
};
const no_match = views.reply("reject", "seal_mismatch", {
    ...{ cart_name: "手术室 1 号车", cart_name_en: "Theatre cart 1" },
    ...{ number: "0457733", expected: "0457722" },
});
const unclear = views.reply(
    "reject",
    "unclear_code",
    { name: "肾上腺素", name_en: "Epinephrine", readings: "B2 2028-12-31 / B217281231" },
    {
        readings: [
            { lot: "B2", last_usable_day: "2028-12-31", serial: "S9" },
            { lot: "B217281231", last_usable_day: null, serial: null },
        ],
        warnings: ["missing_separator_suspected"],
    },
);

// [name, view, what is done before the picture, where the page is opened]
const ward_shots = [
    ["overview", views.ward_view()],
    ["overview-badge", views.ward_view({
        session: { ...views.ward_view().session, staff: { id: "N012", name: "张敏" } },
        last: views.reply("accept", "badge_known", { by: "张敏" }),
        link: offline,
    })],
    ["link-problem", views.ward_view({ link: revoked })],
    ["past", in_doubt(views.ward_view({ link: offline, past: ward_past }))],
    ["clock-back", views.ward_view({ clock_back })],
    ["clock-back-badge", views.ward_view({ clock_back: { ...clock_back, waits_for_badge: true } })],
    ["check-accept", in_check(accepted, { line: "epi" })],
    ["check-attention", in_check(near)],
    ["check-expired", in_check(expired, { line: "bicarb" })],
    ["check-unknown", in_check(unknown, { line: null })],
    ["check-undone", in_check(undone, { line: null })],
    ["check-which-lot", in_check(which, { line: "kcl" })],
    ["check-device", in_check(device, { line: null, device: "suction" })],
    ["check-reading", in_check(device, { line: null, device: "suction", test: "vacuum" }), (page) => page.locator(".actions .primary").first().click()],
    ["check-pending", in_check(near), (page) => scan(page, "12", { end: "" })],
    ["check-quantity", in_check(near), (page) => page.locator(".actions button").nth(1).click()],
    ["check-expiry", in_check(near, { needs_expiry: true }), (page) => page.locator(".fields input").first().fill("202706")],
    ["check-find", in_check(near), (page) => press_find(page)],
    ["check-parked", in_check(near), (page) => page.locator(".footer button", { hasText: /(待认领|Parked)/ }).click()],
    ["check-help", in_check(near), (page) => page.keyboard.press("F1")],
    ["check-not-recording", { ...in_check(accepted, { line: "epi" }), recording: false, link: offline }],
    ["review-bad", in_check(review, {}, { reviewed: true })],
    ["review-good", in_check(views.reply("accept", "seal_read", { number: "0457730" }), {}, {
        reviewed: true,
        done: 17,
        seal: "0457730",
        would_close: views.would_close({ ...ready, ready_until: "2026-11-28" }),
    })],
];

ward_shots.push(
    ["choose-station", views.ward_view(), undefined, ""],
    ["check-sealed", in_check(null, { line: null, kind: "sealed" }, sealed)],
    ["check-seal-differs", in_check(no_match, { line: null, kind: "sealed" }, sealed)],
    ["check-handover", in_check(null, { line: null, kind: "handover" }, {
        ...{ ...sealed, kind: "handover", devices: views.devices() },
    })],
    ["check-after-use", in_check(null, { line: null, kind: "after_use" }, { kind: "after_use", use })],
    ["check-which-reading", in_check(unclear, { line: null })],
    ["review-witness", in_check(null, { witness_due: true }, {
        ...{ reviewed: true, done: 17, seal: "0457730" },
        would_close: views.would_close({ ...ready, ready_until: "2026-11-28" }),
    })],
    ["sounds", views.ward_view(), (page) => page.locator(".header button").first().click()],
    ["scanner-check", views.ward_view(), async (page) => {
        await more(page);
        await page.getByRole("button", { name: /^(扫码枪体检|Scanner check)$/ }).click();
        await page.waitForSelector(".check-steps");
    }],
    ["ward-history", views.ward_view(), async (page) => {
        await more(page);
        await past(page);
    }],
);

const head_nurse = views.ward_view({
    session: { ...views.ward_view().session, staff: { id: "H01", name: "陈护士长" } },
});
ward_shots.push(
    ["file-more", head_nurse, (page) => more(page)],
    ["file-seals", head_nurse, (page) => more(page, 1)],
    ["file-seals-issue", head_nurse, (page) => more(page, 1, 0)],
    ["file-substitutions", head_nurse, (page) => more(page, 0)],
    ["file-policy", head_nurse, (page) => more(page, 2)],
);

// Opens the panel "more", a file of it, and a form of that.
async function more(page, file, form) {
    await page.locator(".footer .button", { hasText: /更多|More/ }).click();
    if (file !== undefined) {
        await page.locator(".more-buttons .button").nth(file).click();
        await page.waitForSelector(".panel .file-row");
    }
    if (form !== undefined) {
        await page.locator(".panel .row .button").nth(form).click();
    }
}

async function board_file(page, file, form) {
    await page.locator(".file-buttons .button").nth(file).click();
    await page.waitForSelector(".panel .file-row");
    if (form) {
        await page.locator(".panel .primary").click();
    }
}

// Opens the history, and what the last one of these leads to.
async function past(page, link, shown) {
    await page.getByRole("button", { name: /^(历史|History)$/ }).click();
    await page.waitForSelector(".weeks table");
    if (link) {
        await page.locator(link).last().click();
        await page.waitForSelector(shown);
    }
}

// Opens the setup at the ward, one of its parts, and what stands in it.
async function setup(page, tab, act) {
    await page.locator(".footer .button", { hasText: /更多|More/ }).click();
    await page.locator(".more-buttons button", { hasText: /^(设置|Setup)$/ }).click();
    await page.locator(".setup-tabs button").nth(tab).click();
    await page.waitForSelector(".setup-item");
    await act?.(page);
}

async function choose_sheet(page, answer, shown) {
    server.answer = () => answer;
    await page.setInputFiles('input[type="file"]', { name: "sheet.csv", mimeType: "text/csv", buffer: Buffer.from("id") });
    await page.waitForSelector(shown);
}

const press_item = (text) => (page) => page.locator(".setup-item", { hasText: text }).first().click();

async function press_find(page) {
    await page.keyboard.press("Slash");
    await page.locator(".fields input").fill("注射");
}

// The form of the first alert's answer with that number.
async function send(page, number) {
    await page.locator(".group-critical .alert").first().locator(".alert-end button").nth(number).click();
    await page.waitForSelector(".panel");
}

async function recalls_of(page) {
    await page.locator(".header .chip", { hasText: /召回|Recalls/ }).click();
    await page.waitForSelector(".recall");
}

async function labels_of(page, paper) {
    await page.getByRole("button", { name: /^(设置|Setup)$/ }).click();
    await page.locator(".setup-tabs button", { hasText: /^(标签|Labels)$/ }).click();
    await page.waitForSelector(".paper-picture");
    await page.locator(".label-choice select").nth(1).selectOption(paper);
    await page.waitForSelector(".paper-picture");
}

ward_shots.push(
    ["setup-carts", views.ward_view(), (page) => setup(page, 0)],
    [
        "setup-cart",
        views.ward_view(),
        (page) =>
            setup(page, 0, async () => {
                await press_item("OR-1")(page);
                await page.locator(".setup-lines .setup-item").first().click();
            }),
    ],
    ["setup-product", views.ward_view(), (page) => setup(page, 1, press_item("epi"))],
    ["setup-preview", views.ward_view(), (page) => setup(page, 1, () => choose_sheet(page, sheet_plan(), ".sheet-changes"))],
    ["setup-refused", views.ward_view(), (page) => setup(page, 1, () => choose_sheet(page, sheet_faults(), ".sheet-faults"))],
    ["setup-staff", views.ward_view(), (page) => setup(page, 2, press_item("N013"))],
    [
        "setup-sign",
        views.ward_view(),
        (page) =>
            setup(page, 2, async () => {
                await press_item("N012")(page);
                await page.locator(".setup-form .primary").click();
            }),
    ],
);

const board_shots = [
    ["board", views.board()],
    ["board-past", in_doubt(views.board({ past: awaited }))],
    ["board-clock-back", views.board({ clock_back })],
    ["board-badge", views.board(), (page) => page.locator(".accept button").nth(1).click()],
    ["file-board-substitutions", views.board(), (page) => board_file(page, 0)],
    ["file-board-publish", views.board(), (page) => board_file(page, 0, true)],
    ["file-board-policy", views.board(), (page) => board_file(page, 1)],
    ["file-board-change", views.board(), (page) => board_file(page, 1, true)],
    ["file-board-seals", views.board(), (page) => board_file(page, 2)],
    ["pick-list", views.board(), (page) => page.getByRole("button", { name: /^(拣货单|Pick list)$/ }).click()],
    ["history", views.board(), (page) => past(page)],
    ["history-cart", views.board(), (page) => past(page, ".weeks .cart-link", ".past-alerts")],
    ["history-check", views.board(), (page) => past(page, ".weeks button.cell", ".past-steps")],
    ["history-long", views.board(), async (page) => {
        await past(page);
        await page.getByRole("button", { name: /^(52 周|52 weeks)$/ }).click();
        await page.waitForSelector(".weeks table");
    }],
    ["history-station", views.board(), async (page) => {
        await past(page);
        await page.locator(".station-choice select").selectOption({ index: 2 });
    }],
    ["send", views.board(), (page) => send(page, 0)],
    ["send-refused", views.board(), async (page) => {
        await send(page, 0);
        await page.locator(".panel .button.primary").click();
        await page.waitForSelector(".send-refused");
    }],
    ["silence", views.board(), (page) => send(page, 1)],
    ["recalls", views.board(), (page) => recalls_of(page)],
    ["recall-new", views.board(), async (page) => {
        await recalls_of(page);
        await page.getByRole("button", { name: /^(新的召回|New recall)/ }).click();
    }],
    ["recall-withdraw", views.board(), async (page) => {
        await recalls_of(page);
        await page.getByRole("button", { name: /^(撤回这条召回|Withdraw this recall)/ }).click();
    }],
    ["setup-labels", views.board(), (page) => labels_of(page, "a4-24")],
    ["setup-labels-own", views.board(), (page) => labels_of(page, "sheet")],
    ["setup-labels-preview", views.board(), async (page) => {
        await labels_of(page, "a4-24");
        await page.locator(".label-preview").evaluate((part) => part.scrollIntoView());
    }],
    ["board-empty", views.board({ alerts: [], counts: { not_ready: 0, overdue: 0, open_critical: 0, open: 0 } })],
];

async function shoot(browser, server, [name, view, act, where_to = "?station=OR"], language, size) {
    server.view = view;
    const where = { size: sizes[size], language };
    const { page, context, complaints } = await open_page(browser, `${server.url}${where_to}`, where);
    await page.waitForSelector(where_to === "" ? "main" : ".page");
    if (where_to === "?station=OR") {
        await page.waitForSelector(".header .dot-on");
    }
    await act?.(page);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    await picture(page, folder, `${name}-${language}-${size}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    if (wide > 0 || complaints.length > 0) {
        console.log(name, language, size, wide > 0 ? `wider by ${wide}` : "", ...complaints);
    }
    await context.close();
}

const server = new FakeServer(pages);
server.gets = {
    ...history_gets(),
    ...label_gets,
    "/api/v1/recalls": { recalls: [half_done(), withdrawn()] },
    ...setup_gets(),
};
await server.listen();
const { browser, close } = await open_browser();
const wanted = process.argv[4] ?? "";
for (const language of ["zh-CN", "en"]) {
    for (const size of ["desk", "phone"]) {
        server.stations = views.stations;
        for (const shot of ward_shots.filter(([name]) => name.includes(wanted))) {
            await shoot(browser, server, shot, language, size);
        }
        server.stations = null;
        for (const shot of board_shots.filter(([name]) => name.includes(wanted))) {
            await shoot(browser, server, shot, language, size);
        }
        if (size === "desk" && "wall".includes(wanted)) {
            await shoot(browser, server, ["wall", views.board(), undefined, "?wall"], language, "wide");
        }
    }
}
await close();
await server.close();
