// Every state of the pharmacy's page that is looked at; as ward_states.mjs has them.
import { in_doubt } from "./doubt.mjs";
import { awaited, clock_back } from "./state_views.mjs";
import { open_past } from "./open_past.mjs";
import * as views from "./views.mjs";

export const board_states = [
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
    ["history", views.board(), (page) => open_past(page)],
    ["history-cart", views.board(), (page) => open_past(page, ".weeks .cart-link", ".past-alerts")],
    ["history-check", views.board(), (page) => open_past(page, ".weeks button.cell", ".past-steps")],
    ["history-long", views.board(), async (page) => {
        await open_past(page);
        await page.getByRole("button", { name: /^(52 周|52 weeks)$/ }).click();
        await page.waitForSelector(".weeks table");
    }],
    ["history-station", views.board(), async (page) => {
        await open_past(page);
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
    ["board-daemon-lost", views.board(), async (page, server) => {
        server.drop();
        await page.waitForSelector(".strip-warn");
    }],
    ["wall", views.board(), undefined, "?wall"],
    ["wall-daemon-lost", views.board(), async (page, server) => {
        server.drop();
        await page.waitForSelector(".strip-warn");
    }, "?wall"],
    // No daemon answers: the page does not even know whose it is.
    ["unreachable", null, (page) => page.locator("main [role=alert]").waitFor()],
];

async function board_file(page, file, form) {
    await page.locator(".file-buttons .button").nth(file).click();
    await page.waitForSelector(".panel .file-row");
    if (form) {
        await page.locator(".panel .primary").click();
    }
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
