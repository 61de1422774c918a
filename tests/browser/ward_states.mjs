// Every state of a ward's page that is looked at, by eyes and by axe: [name, view, what is done in the
// page before it (given the page and the server), what follows the server's address].
import { in_doubt } from "./doubt.mjs";
import { scan } from "./kit.mjs";
import { sheet_faults, sheet_plan } from "./setup_views.mjs";
import {
    epi, bicarb, in_check, near, accepted, expired, unknown, undone, which, device, review,
    offline, revoked, ward_past, clock_back, ready, use, sealed, no_match, unclear,
} from "./state_views.mjs";
import { open_past } from "./open_past.mjs";
import * as views from "./views.mjs";

const epi_names = { zh: "肾上腺素注射液", en: "Epinephrine injection" };

export const ward_states = [
    ["overview", views.ward_view()],
    ["overview-badge", views.ward_view({
        session: { ...views.ward_view().session, staff: { id: "N012", name: "张敏" } },
        last: views.reply("accept", "badge_known", { by: "张敏" }),
        link: offline,
    })],
    ["link-problem", views.ward_view({ link: revoked })],
    ["past", in_doubt(views.ward_view({ link: offline, past: ward_past }))],
    ["clock-back", views.ward_view({ clock_back })],
    ["clock-behind", views.ward_view({ clock_back: { ...clock_back, behind_pharmacy: true } })],
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

ward_states.push(
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
        await open_past(page);
    }],
);

const head_nurse = views.ward_view({
    session: { ...views.ward_view().session, staff: { id: "H01", name: "陈护士长" } },
});
ward_states.push(
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

// Opens the setup at the ward, one of its parts, and what stands in it.
export async function setup(page, tab, act) {
    await page.locator(".footer .button", { hasText: /更多|More/ }).click();
    await page.locator(".more-buttons button", { hasText: /^(设置|Setup)$/ }).click();
    await page.locator(".setup-tabs button").nth(tab).click();
    await page.waitForSelector(".setup-item");
    await act?.(page);
}

async function choose_sheet(page, server, answer, shown) {
    server.answer = () => answer;
    await page.setInputFiles('input[type="file"]', { name: "sheet.csv", mimeType: "text/csv", buffer: Buffer.from("id") });
    await page.waitForSelector(shown);
}

export const press_item = (text) => (page) => page.locator(".setup-item", { hasText: text }).first().click();

export async function press_find(page) {
    await page.keyboard.press("Slash");
    await page.locator(".fields input").fill("注射");
}

ward_states.push(
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
    ["setup-preview", views.ward_view(), (page, server) => setup(page, 1, () => choose_sheet(page, server, sheet_plan(), ".sheet-changes"))],
    ["setup-refused", views.ward_view(), (page, server) => setup(page, 1, () => choose_sheet(page, server, sheet_faults(), ".sheet-faults"))],
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

// The camera's page shows what states.mjs lays before it: two codes.
async function open_camera(page) {
    await page.getByRole("button", { name: /^(摄像头|Camera)$/ }).click();
}

export async function camera_says(page, server, chosen, shown) {
    server.answer = ({ path, body }) => {
        if (path !== "/api/v1/scans/choose") {
            return { reply: accepted, view: server.view };
        }
        const codes = body.texts.map((text) => ({ awaited: true, name: epi_names, text }));
        return { chosen, codes };
    };
    await open_camera(page);
    await page.waitForSelector(shown);
}

const refused_by_browser = () => {
    const refuse = () => Promise.reject(new DOMException("", "NotAllowedError"));
    navigator.mediaDevices.getUserMedia = refuse;
};

async function lose_daemon(page, server) {
    server.drop();
    await page.waitForSelector(".strip-warn");
}

ward_states.push(
    ["line-lost", views.ward_view({ link: offline })],
    ["check-line-lost", { ...in_check(near), link: offline }],
    ["daemon-lost", views.ward_view(), lose_daemon],
    ["check-daemon-lost", in_check(accepted, { line: "epi" }), lose_daemon],
    ["camera-done", in_check(near), (page, server) => camera_says(page, server, 0, ".band-accept")],
    ["camera-asks", in_check(near), (page, server) => camera_says(page, server, null, ".offers")],
    ["camera-home", views.ward_view(), (page, server) => camera_says(page, server, null, ".offers")],
    ["camera-refused", in_check(near), async (page) => {
        await page.evaluate(refused_by_browser);
        await open_camera(page);
        await page.waitForSelector(".panel .row .button:nth-child(2)");
    }],
    ["setup-faults", views.ward_view(), (page) => setup(page, 0, async () => {
        await press_item("OR-1")(page);
        await page.locator(".setup-lines .setup-item").first().click();
        await page.getByLabel(/^(基数|Par)$/).first().fill("2.5");
        await page.locator(".setup-fault").first().waitFor();
    })],
    ["setup-badge", views.ward_view(), (page) => setup(page, 2, async () => {
        await press_item("N013")(page);
        await page.locator(".setup-badge .button").click();
        await page.waitForSelector(".setup-badge .setup-sign");
    })],
);
