// What is made new in the setup, and what opens over another page: the camera over the board and the
// setup, the labels from a search. As ward_states.mjs has its states.
import { in_check, near } from "./state_views.mjs";
import * as views from "./views.mjs";
import { camera_says, press_find, press_item, setup } from "./ward_states.mjs";

const button = (page, name) => page.getByRole("button", { name }).first();
const in_carts = (act) => (page) => setup(page, 0, act);
const in_cart = (act) =>
    in_carts(async (page) => {
        await press_item("OR-1")(page);
        await page.waitForSelector(".setup-lines");
        await act(page);
    });

async function new_device(page) {
    await button(page, /^(新增设备|New device)$/).click();
    await to_eye(page.locator(".setup-line-fields"));
}

const to_eye = (part) => part.last().evaluate((one) => one.scrollIntoView({ block: "center" }));

export const new_ward_states = [
    ["setup-new-station", views.ward_view(), in_carts((page) => button(page, /^(新增站点|New station)$/).click())],
    ["setup-copy-cart", views.ward_view(), in_carts(async (page) => {
        await button(page, /^(新增急救车|New cart)$/).click();
        await page.getByLabel(/^(清单与哪辆车相同|Same list as)/).selectOption("OR-1");
        await page.locator(".setup-line").nth(3).waitFor();
    })],
    ["setup-new-device", views.ward_view(), in_cart(new_device)],
    ["setup-new-test", views.ward_view(), in_cart(async (page) => {
        await new_device(page);
        await button(page, /^(新增测试项|New test)$/).click();
        await page.locator(".setup-sub").first().getByLabel(/^(怎样回答|Answered by)/).selectOption("kPa");
        await to_eye(page.locator(".setup-sub"));
    })],
    ["setup-new-part", views.ward_view(), in_cart(async (page) => {
        await new_device(page);
        await button(page, /^(新增附件|New dated part)/).click();
        await to_eye(page.locator(".setup-sub"));
    })],
    ["setup-stock", views.ward_view(), in_cart(async (page) => {
        await button(page, /^(录入初始库存|Enter opening stock)$/).click();
        await page.locator(".setup-stock-line").nth(1).getByRole("button").first().click();
    })],
    ["camera-setup", views.ward_view(), (page, server) =>
        setup(page, 2, () => camera_says(page, server, null, ".offers")),
    ],
    ["label-reprint", in_check(near), async (page) => {
        await press_find(page);
        await page.getByRole("button", { name: /^(补打标签|Print label)/ }).first().click();
        await page.waitForSelector(".paper-picture");
    }],
];

export const new_board_states = [
    ["camera-board", views.board(), (page, server) => camera_says(page, server, null, ".offers")],
];
