// Goal: the board with very much on it stays readable and quick. Set answers show what the page does
// with them.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { fake_ward } from "./fake_ward.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
const { open } = ward;
let server;
beforeEach(() => (server = ward.server));

test("a board of very many carts shows the worst, says how many more there are, and shows them", async (t) => {
    server.stations = null;
    const [critical, , , high] = views.board_alerts();
    const many = Array.from({ length: 100 }, (_one, i) => ({
        ...(i < 45 ? critical : { ...high, severity: "high", state: "raised" }),
        cart: `C-${i}`,
    }));
    server.view = views.board({ alerts: many });
    const { page } = await open(t, {}, "");
    const more = page.getByRole("button", { name: /再显示/ });

    assert.match(await more.textContent(), /60 辆车，其中 5 辆/);
    assert.equal(await page.locator(".group").count(), 40);
    await more.click();
    await page.waitForSelector(".group >> nth=79");
    await more.click();
    await page.waitForSelector(".group >> nth=99");
    assert.equal(await more.count(), 0);
});
