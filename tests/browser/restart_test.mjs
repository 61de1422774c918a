// Goal: a nurse goes on scanning while the ward's daemon is killed and comes back. The page says that
// it is alone, keeps every scan, and hands all of them in, in order and once.
import assert from "node:assert/strict";
import { test } from "node:test";

import { ask, real_hospital, until } from "./daemons.mjs";
import { open_page, scan } from "./kit.mjs";

const cart = "OR-1";
const { hospital, chromium } = real_hospital();

const view = () => ask(hospital.urls.ward, "/api/v1/view?station=OR");
const of_section = (section) => hospital.scans.filter((one) => one.section === section);

test("no scan is lost or doubled when the daemon is killed in the midst of a check", async () => {
    const { page, context } = await open_page(chromium.browser, `${hospital.urls.ward}/?station=OR`);
    await page.waitForSelector(".header .dot-on");
    await scan(page, of_section("staff").find((one) => one.about.endsWith("N001")).text);
    await scan(page, of_section(cart).find((one) => one.about === "cart").text);
    await until(async () => (await view()).check?.cart === cart, "the check is open");
    const packs = of_section(cart)
        .filter((one) => one.about.startsWith("pack of"))
        .slice(0, 8)
        .map((one) => one.text);
    for (const text of packs.slice(0, 3)) {
        await scan(page, text);
    }
    await until(async () => (await view()).check.steps.length >= 3, "three packs");

    await hospital.kill_ward();
    for (const text of packs.slice(3)) {
        await scan(page, text);
    }
    await page.waitForSelector('.strip-warn >> text="5 次扫码等待提交，恢复连接后按顺序提交。"');
    await hospital.start_again();

    const { check } = await until(async () => {
        const now = await view();
        return now.check?.steps.length >= packs.length ? now : null;
    }, "all scans are handed in");
    await page.waitForSelector(".strip-warn", { state: "detached", timeout: 60_000 });
    const steps = check.steps.map((step) => step.raw).reverse();
    assert.deepEqual(steps, packs);
    await context.close();
});

test("pages come with a policy that lets them fetch from the daemon alone and run its files alone", async () => {
    for (const url of Object.values(hospital.urls)) {
        const answer = await fetch(url);
        const policy = answer.headers.get("content-security-policy");
        const unsafe = policy.match(/'[^']*unsafe[^']*'/g);
        assert.deepEqual(unsafe, ["'wasm-unsafe-eval'"], policy); // the keyword for WebAssembly
        assert.match(policy, /default-src 'self'/);
        assert.doesNotMatch(policy, /https?:|\*/);
    }
});
