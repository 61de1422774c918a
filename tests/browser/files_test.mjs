// Goal: at the board and at the ward a person sees which substitutes are in force, by which rules
// the hospital works and who changed them, and what is left of the seals; and changes each by badge.
// Set answers show what the pages do with them; the last test has real daemons.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { ask, start_hospital, until } from "./daemons.mjs";
import { fake_ward } from "./fake_ward.mjs";
import * as files from "./file_views.mjs";
import { open_page, own_tag, scan, sizes } from "./kit.mjs";
import { faults_of, too_small, wider_than_window } from "./page_faults.mjs";
import * as views from "./views.mjs";

const ward = fake_ward();
let server;

beforeEach(() => {
    server = ward.server;
    server.gets = files.gets();
    server.answer = (post) =>
        post.path === "/api/v1/products/read"
            ? pack_read(post.body.text)
            : { reply: views.reply("accept", "policy_set", { by: "王强" }), view: server.view };
});

const badge = own_tag(5, 7);

function pack_read(text) {
    const known = [files.epinephrine, files.atropine].filter((_one, i) => text.endsWith(`0${i}`));
    return { products: known, lot: null, last_usable_day: null, serial: null };
}

async function open_board(t, options) {
    server.stations = null;
    server.view = views.board();
    return ward.open(t, options, "");
}

const file_names = {
    substitutions: /^(替代品|Substitutes)$/,
    policy: /^(规则|Rules)$/,
    seals: /^(封条库存|Seal stock)$/,
};

async function open_board_file(t, kind, options) {
    const opened = await open_board(t, options);
    await opened.page.getByRole("button", { name: file_names[kind] }).click();
    await opened.page.waitForSelector(".panel .file-row");
    return opened;
}

async function open_ward_file(t, kind, options) {
    server.stations = views.stations;
    server.view = views.ward_view();
    const opened = await ward.open(t, options);
    await opened.page.getByRole("button", { name: /^(更多|More)$/ }).click();
    await opened.page.getByRole("button", { name: file_names[kind] }).click();
    await opened.page.waitForSelector(".panel .file-row");
    return opened;
}

const is_in_sight = (page, selector) =>
    page.locator(selector).evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= -1 && bottom <= window.innerHeight;
    });

const posts_to = (path) => server.posts.filter((post) => post.path === path);
const clear_focus = (page) => page.locator(".panel-head h2").click();

test("substitutes in force stand first, with place, end and warning; others say how they ended", async (t) => {
    const { page, complaints } = await open_board_file(t, "substitutions");

    const [first, second] = await page.locator(".file-row").allTextContents();
    assert.match(first, /肾上腺素自动注射笔 0.3 mg 可代替 肾上腺素注射液 1 mg\/1 mL/);
    assert.match(first, /有效至 2026-12-06，剩 14 天/);
    assert.match(first, /只限 手术室 1 号车.*每支 0.3 mg，一次用三支/);
    assert.match(second, /阿托品注射液.*王强.*停用：已到货.*全部急救车/);
    assert.deepEqual(complaints, []);
});

test("a substitute is published from two scanned packs, a day, a warning and a badge", async (t) => {
    const { page } = await open_board_file(t, "substitutions");
    await page.getByRole("button", { name: "发布替代品" }).click();
    await scan(page, "0106901234567800");
    await page.locator(".recall-product").first().waitFor();
    await scan(page, "0106901234567801");
    await page.locator(".recall-product").nth(1).waitFor();
    await page.getByLabel("用在哪里").selectOption("OR-1");
    const publish = page.getByRole("button", { name: "发布", exact: true });

    await publish.click();
    await page.waitForSelector(".band-reject");
    assert.match(await page.textContent(".band"), /没有发布/);
    await page.getByLabel("最后一天（必填）").fill("2026.12.6");
    await page.getByLabel("给护士的提醒（必填）").fill("剂量不同");
    await publish.click();
    await page.getByText("请扫工牌确认。").waitFor();
    assert.deepEqual(posts_to("/api/v1/substitutions/publish"), []);
    await scan(page, badge);

    await until(async () => posts_to("/api/v1/substitutions/publish").length === 1, "published");
    assert.deepEqual(posts_to("/api/v1/substitutions/publish")[0].body, {
        ...{ product: "epi", substitute: "atropine", cart: "OR-1", until: "2026-12-06" },
        ...{ warning: "剂量不同", badge },
    });
});

test("a substitute is ended with a reason and a badge", async (t) => {
    const { page } = await open_board_file(t, "substitutions", { language: "en" });
    await page.getByRole("button", { name: "End it…" }).click();
    await page.getByRole("button", { name: "End now" }).click();
    await page.waitForSelector(".band-reject");
    await page.getByLabel("Reason (required)").fill("back in stock");
    await page.getByRole("button", { name: "End now" }).click();
    await clear_focus(page);
    await scan(page, badge);

    await until(async () => posts_to("/api/v1/substitutions/withdraw").length === 1, "ended");
    assert.deepEqual(posts_to("/api/v1/substitutions/withdraw")[0].body, {
        ...{ product: "epi", substitute: "epi-pen", cart: "OR-1" },
        ...{ reason: "back in stock", badge },
    });
});

test("the rules say what is in force, and who changed what when", async (t) => {
    const { page, complaints } = await open_board_file(t, "policy");

    const values = await page.locator(".policy-values > div").allTextContents();
    assert.equal(values.length, 22);
    assert.ok(values.includes("全面检查间隔（天）5"), values.join("\n"));
    assert.ok(values.includes("近效期分档（天）90 / 30"));
    const [last, first] = await page.locator(".policy-history .file-row").allTextContents();
    assert.match(last, /王强 修改近效期分档（天）：由 180 \/ 90 \/ 30 改为 90 \/ 30$/);
    assert.match(first, /2026-09-01.*全面检查间隔（天）：由 7 改为 5需双人签名：由 麻精药品 改为 麻精和高警示药品$/);
    assert.deepEqual(complaints, []);
});

test("where older changes are not shown, the last one shown is compared with nothing", async (t) => {
    const all = files.policy_view({ more: true });
    server.gets["/api/v1/policy"] = all;
    const { page } = await open_board_file(t, "policy");

    const rows = await page.locator(".policy-history .file-row").allTextContents();
    assert.doesNotMatch(rows.at(-1), /改为/);
    await page.getByText("更早的修改见日志。").waitFor();
});

test("a rule is changed by badge, and what the person saw goes with it", async (t) => {
    const { page } = await open_board_file(t, "policy");
    await page.getByRole("button", { name: "修改规则" }).click();
    const save = page.getByRole("button", { name: "保存" });
    await save.click();
    await page.waitForSelector(".band-reject");
    assert.match(await page.textContent(".band"), /与现行规则相同/);
    await page.getByLabel("每次盲盘的行数").fill("11");
    await save.click();
    await page.getByText("有数值超出范围").waitFor();
    assert.equal(await page.locator(".policy-form .wrong").count(), 1);

    await page.getByLabel("每次盲盘的行数").fill("3");
    await page.getByLabel("近效期分档（天）").fill("120, 60、30");
    await page.getByLabel("逐支清点").selectOption("controlled");
    await page.getByLabel("有序列号的逐盒清点").selectOption("yes");
    await save.click();
    await page.getByText("请扫工牌确认。").waitFor();
    await scan(page, badge);

    await until(async () => posts_to("/api/v1/policy/set").length === 1, "the policy");
    const before = files.policy_view().policy;
    assert.deepEqual(posts_to("/api/v1/policy/set")[0].body, {
        before,
        policy: {
            ...before,
            ...{ blind_lines: 3, near_expiry_days: [120, 60, 30] },
            ...{ by_unit: "controlled", serialised_by_unit: true },
        },
        badge,
    });
});

test("a form that somebody else was faster than goes on from what is in force now", async (t) => {
    const { page } = await open_board_file(t, "policy");
    await page.getByRole("button", { name: "修改规则" }).click();
    await page.getByLabel("每次盲盘的行数").fill("3");
    await page.getByLabel("近效期分档（天）").fill("120 60");
    const shown = files.policy_view();
    const now = { ...shown.policy, check_interval_days: 6, shift_hours: [7, 19], blind_lines: 1 };
    server.gets["/api/v1/policy"] = { ...shown, policy: now };
    const taken = server.answer;
    server.answer = (post) =>
        post.path === "/api/v1/policy/set" && post.body.before.check_interval_days !== 6
            ? { reply: views.reply("reject", "policy_changed_meanwhile", {}), view: server.view }
            : taken(post);
    const save = page.getByRole("button", { name: "保存" });
    await save.click();
    await page.getByText("请扫工牌确认。").waitFor();
    await scan(page, badge);
    const meanwhile = page.locator(".policy-meanwhile li");
    await meanwhile.first().waitFor();

    const said = (await meanwhile.allTextContents()).join();
    assert.match(said, /由 5 改为 6/);
    assert.match(said, /7 \/ 19/);
    assert.equal(await page.getByLabel("各班开始时间").inputValue(), "7 19");
    assert.equal(await page.getByLabel("每次盲盘的行数").inputValue(), "3"); // what was set stays
    assert.equal(await page.getByLabel("近效期分档（天）").inputValue(), "120 60");
    assert.deepEqual(await faults_of(page), []);
    await save.click();
    await page.getByText("请扫工牌确认。").waitFor();
    await scan(page, badge);
    await until(async () => posts_to("/api/v1/policy/set").length === 2, "the policy, again");

    assert.deepEqual(posts_to("/api/v1/policy/set")[1].body, {
        ...{ before: now, badge },
        policy: { ...now, blind_lines: 3, near_expiry_days: [120, 60] },
    });
});

test("what each shift owes is asked for once it is known when shifts begin", async (t) => {
    const { page } = await open_board_file(t, "policy");
    await page.getByRole("button", { name: "修改规则" }).click();
    const save = page.getByRole("button", { name: "保存" });
    const hours = page.getByLabel("各班开始时间");
    const wrong = page.locator(".policy-form .wrong");
    await page.getByLabel("每班交接班检查").selectOption("yes");
    for (const typed of ["", "8", "8 8", "8 24", "0 4 8 12 16 20 22"]) {
        await hours.fill(typed);
        await save.click();
        await page.getByText("有数值超出范围").waitFor();
        assert.ok((await wrong.count()) > 0, `"${typed}" was taken`);
    }
    await hours.fill("8、16、0");
    assert.equal(await wrong.count(), 0);
    await save.click();
    await page.getByText("请扫工牌确认。").waitFor();
    await scan(page, badge);

    await until(async () => posts_to("/api/v1/policy/set").length === 1, "the policy");
    const before = files.policy_view().policy;
    const shifts = { shift_hours: [8, 16, 0], handover_each_shift: true };
    assert.deepEqual(posts_to("/api/v1/policy/set")[0].body.policy, { ...before, ...shifts });
});

test("a file that cannot be read says so and is asked for again with the next view", async (t) => {
    const { page } = await open_board_file(t, "policy");
    const answer = server.gets["/api/v1/policy"];
    delete server.gets["/api/v1/policy"];
    server.failing = "/api/v1/policy";
    server.push(views.board());
    await page.getByText("暂时读不到").waitFor();
    assert.ok((await page.locator(".policy-values > div").count()) > 0, "what is known stays");

    server.failing = "";
    server.gets["/api/v1/policy"] = { ...answer, changes: [] };
    server.push(views.board());
    await page.getByText("还没有人改过").waitFor();
    assert.equal(await page.locator(".file-lost").count(), 0);
});

test("the stock of seals says what is left, what was passed over and what was voided", async (t) => {
    const { page, complaints } = await open_ward_file(t, "seals");

    const all = await page.textContent(".panel");
    assert.match(all, /三楼护士站：剩 0 枚还没有领入封条/);
    assert.match(all, /手术室：剩 3 枚/);
    assert.match(all, /0457721 – 0457730（10 枚）剩 3 枚，下一枚 0457728在车上 2 枚，已拆 2 枚/);
    assert.match(all, /跳过 2 枚，去向不明：0457723、0457724/);
    assert.match(all, /0457725：拆封时折断，陈护士长/);
    assert.match(all, /车上见过 1 枚没有领入记录的封条/);
    assert.deepEqual(complaints, []);
});

test("seals are issued and voided by whoever scanned a badge, and the panel stays", async (t) => {
    const { page } = await open_ward_file(t, "seals");
    await page.getByRole("button", { name: "领入封条" }).click();
    await page.getByLabel("起始号").fill("0457731");
    await page.getByLabel("结束号").fill("0457740");
    const issue = page.getByRole("button", { name: "领入 0457731 – 0457740" });
    assert.ok(await issue.isDisabled());
    await clear_focus(page);
    const signed_in = views.session({ staff: { id: "H01", name: "陈护士长" } });
    server.answer = () => {
        server.view = views.ward_view({ session: signed_in });
        return { reply: views.reply("accept", "badge_known", { by: "陈护士长" }), view: server.view };
    };
    await scan(page, badge);
    await page.getByText("由 陈护士长 操作").waitFor();
    await issue.click();

    await until(async () => posts_to("/api/v1/commands").length === 1, "the seals");
    assert.deepEqual(posts_to("/api/v1/commands")[0].body.command, {
        ...{ do: "issue_seals", station: "OR", first: "0457731", last: "0457740" },
    });
    await page.getByRole("button", { name: "作废封条" }).click();
    await page.getByLabel("封条号").fill("0457729");
    await page.getByLabel("原因（必填）").fill("丢失");
    await page.getByRole("button", { name: "作废 0457729" }).click();
    await until(async () => posts_to("/api/v1/commands").length === 2, "the void one");
    assert.deepEqual(posts_to("/api/v1/commands")[1].body.command, {
        ...{ do: "void_seal", number: "0457729", reason: "丢失" },
    });
    assert.ok((await page.locator(".panel .file-row").count()) > 0);
});

test("a file gives way to a check that begins", async (t) => {
    const { page } = await open_ward_file(t, "policy");
    server.push(views.ward_view({
        check: views.check(),
        last: views.reply("accept", "check_opened", {}),
    }));
    await page.waitForSelector(".check");
    assert.equal(await page.locator(".policy-values").count(), 0);
});

for (const size of ["desk", "phone"]) {
    test(`files at ${size}: nothing clipped, targets large enough, axe finds nothing`, async (t) => {
        const forms = {
            substitutions: /发布替代品|Publish a substitute/,
            policy: /修改规则|Change the rules/,
            seals: /领入封条|Issue seals/,
        };
        for (const language of ["zh-CN", "en"]) {
            for (const kind of Object.keys(forms)) {
                const where = { size: sizes[size], language };
                const open = kind === "seals" ? open_ward_file : open_board_file;
                const { page } = await open(t, kind, where);
                assert.ok(await is_in_sight(page, ".panel-head"), `${kind} ${language}`);
                assert.deepEqual(await faults_of(page), [], `${kind} ${language}`);
                await page.getByRole("button", { name: forms[kind] }).click();

                assert.deepEqual(await too_small(page), [], `${kind} ${language}`);
                assert.equal(await wider_than_window(page), 0, `${kind} ${language}`);
                assert.deepEqual(await faults_of(page), [], `${kind} ${language}`);
            }
        }
    });
}

test("the overview's footer is one row at a desk, in both languages", async (t) => {
    for (const language of ["zh-CN", "en"]) {
        const { page } = await ward.open(t, { language });
        const tops = await page
            .locator(".footer .button")
            .evaluateAll((buttons) => buttons.map((one) => one.getBoundingClientRect().top));
        assert.equal(new Set(tops).size, 1, `${language}: ${tops}`);
    }
});

test("a rule set at a real pharmacy is in force at the ward, with who changed it", async (t) => {
    const hospital = await start_hospital(process.env.CARTWATCH_PROGRAM);
    t.after(() => hospital.close());
    const who = hospital.scans
        .filter((one) => one.section === "staff")
        .find((one) => one.about.endsWith("P001")).text;
    const { page, context, complaints } = await open_page(
        ward.chromium.browser,
        hospital.urls.pharmacy,
    );
    t.after(() => context.close());
    await page.getByRole("button", { name: file_names.policy }).click();
    await page.getByRole("button", { name: "修改规则" }).click();
    await page.getByLabel("每次盲盘的行数").fill("3");
    await page.getByRole("button", { name: "保存" }).click();
    await clear_focus(page);
    await scan(page, who);

    await page.locator(".policy-history .file-row", { hasText: "每次盲盘的行数：由 2 改为 3" }).waitFor();
    const at_ward = await until(async () => {
        const known = await ask(hospital.urls.ward, "/api/v1/policy");
        return known.policy.blind_lines === 3 ? known : null;
    }, "the ward has the rule");
    assert.equal(at_ward.changes[0].by.id, "P001");
    assert.deepEqual(complaints, []);
});

test("a real ward's head nurse issues seals after a scan of her badge, and voids one", async (t) => {
    const hospital = await start_hospital(process.env.CARTWATCH_PROGRAM);
    t.after(() => hospital.close());
    const badge_of = (id) =>
        hospital.scans
            .filter((one) => one.section === "staff")
            .find((one) => one.about.endsWith(id)).text;
    const url = `${hospital.urls.ward}/?station=OR`;
    const { page, context, complaints } = await open_page(ward.chromium.browser, url);
    t.after(() => context.close());
    await page.getByRole("button", { name: "更多" }).click();
    await page.getByRole("button", { name: file_names.seals }).click();
    await page.getByRole("button", { name: "领入封条" }).click();
    await page.getByLabel("起始号").fill("0900001");
    await page.getByLabel("结束号").fill("0900010");
    await clear_focus(page);
    await scan(page, badge_of("H001"));
    await page.getByRole("button", { name: "领入 0900001 – 0900010" }).click();
    await page.locator(".seal-series .file-row", { hasText: "下一枚 0900001" }).waitFor();
    await page.getByRole("button", { name: "作废封条" }).click();
    await page.getByLabel("封条号").fill("0900001");
    await page.getByLabel("原因（必填）").fill("折断");
    await page.getByRole("button", { name: "作废 0900001" }).click();

    await page.locator(".seal-voided li", { hasText: "0900001：折断，陈静 作废" }).waitFor();
    const at_pharmacy = await until(async () => {
        const { nodes } = await ask(hospital.urls.pharmacy, "/api/v1/seals");
        const series = nodes.flatMap((node) => node.stations.flatMap((one) => one.series));
        return series.find((one) => one.first === "0900001" && one.voided_count === 1) ?? null;
    }, "the pharmacy knows of it");
    assert.equal(at_pharmacy.next, "0900002");
    assert.deepEqual(complaints, []);
});
