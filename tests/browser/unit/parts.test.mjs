// Days as people key them, sounds as monitors never make them, and rows that keep their place.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { days_between, parse_day } from "../../../daemon/web/pages/src/days.ts";
import { place_text } from "../../../daemon/web/pages/src/parts/place_text.ts";
import { raw_words } from "../../../daemon/web/pages/src/parts/raw_text.tsx";
import { drawn_groups, groups_of } from "../../../daemon/web/pages/src/pharmacy/groups.ts";
import { sounds } from "../../../daemon/web/pages/src/sounds.ts";
import { know_texts, language } from "../../../daemon/web/pages/src/texts.ts";
import { drawer_name } from "../../../daemon/web/pages/src/ward/drawers.ts";
import { by_urgency } from "../../../daemon/web/pages/src/ward/overview.tsx";
import { board, board_alerts, carts } from "../views.mjs";

/* global SOURCE_FOLDER */

test("an expiry is read in every form of a pack, and a month means its last day", () => {
    for (const [typed, day] of [
        ["2027-06-30", "2027-06-30"],
        ["20270630", "2027-06-30"],
        ["2027.6.3", "2027-06-03"],
        ["2027/06/30", "2027-06-30"],
        ["2027年6月30日", "2027-06-30"],
        ["2027年6月", "2027-06-30"],
        ["2027-06", "2027-06-30"],
        ["202702", "2027-02-28"],
        ["202802", "2028-02-29"],
        ["20280200", "2028-02-29"],
        ["270630", "2027-06-30"],
        [" 2027-12 ", "2027-12-31"],
    ]) {
        assert.equal(parse_day(typed), day, typed);
    }
});

test("after 失效期 the last usable day is the one before, of a month the one before its first", () => {
    for (const [typed, day] of [
        ["2027-06-30", "2027-06-29"],
        ["2027-06-01", "2027-05-31"],
        ["2027-01-01", "2026-12-31"],
        ["2028-03-01", "2028-02-29"],
        ["2027-06", "2027-05-31"],
        ["20270600", "2027-05-31"],
        ["202701", "2026-12-31"],
        ["2027-02-29", null],
        ["", null],
    ]) {
        assert.equal(parse_day(typed, "before"), day, typed);
    }
});

test("what is no day of the calendar is not taken for one", () => {
    for (const typed of ["", "2027", "20271301", "2027-02-29", "20270631", "2027-00", "270", "abc",
        "2027-06-30-1", "99999999", "1e5", "-1"]) {
        assert.equal(parse_day(typed), null, typed);
    }
});

test("days are counted over the change of month, year and leap day", () => {
    assert.equal(days_between("2026-11-22", "2026-11-22"), 0);
    assert.equal(days_between("2026-11-22", "2026-12-01"), 9);
    assert.equal(days_between("2028-02-28", "2028-03-01"), 2);
    assert.equal(days_between("2026-11-22", "2026-10-31"), -22);
});

test("no sound has more than two pulses, and none is longer than 350 ms", () => {
    for (const [kind, pulses] of Object.entries(sounds)) {
        assert.equal(pulses.length >= 1 && pulses.length <= 2, true, kind);
        pulses.forEach((pulse) => assert.equal(pulse.ms > 0 && pulse.ms <= 350, true, kind));
    }
    assert.equal(sounds.accept.reduce((sum, pulse) => sum + pulse.ms, 0) <= 120, true);
});

test("carts are listed worst first", () => {
    assert.deepEqual(by_urgency(carts()).map((one) => one.id), ["OR-1", "OR-2", "OR-3"]);
});

test("a drawer is the first word of a position", () => {
    for (const [position, name] of [["2层 左3", "2层"], ["2层-左3", "2层"], ["车顶", "车顶"], ["", ""]]) {
        assert.equal(drawer_name(position), name);
    }
});

test("alerts of one cart are one group, and what nobody took comes first", () => {
    const groups = groups_of(board());
    assert.deepEqual(groups.map((one) => one.key), ["ward-1/OR-1", "ward-3f/3F-1"]);
    assert.deepEqual(groups.map((one) => one.raised), [3, 0]);
    assert.equal(groups[0].severity, "critical");
});

test("while the list is held every row keeps its place, and what is new comes last", () => {
    const before = groups_of(board());
    const newer = { ...board_alerts()[0], node: "ward-120", cart: "A-1", raised_at: "2026-11-22T00:00:00.000Z" };
    const after = groups_of(board({ alerts: [newer, ...board_alerts()] }));
    const held = drawn_groups(before, after, true).map((one) => one.key);
    assert.deepEqual(held, ["ward-1/OR-1", "ward-3f/3F-1", "ward-120/A-1"]);
    const free = drawn_groups(before, after, false).map((one) => one.key);
    assert.deepEqual(free, ["ward-120/A-1", "ward-1/OR-1", "ward-3f/3F-1"]);
});

test("what closes while the list is held stays as a mark until it is let go", () => {
    const before = groups_of(board());
    const after = groups_of(board({ alerts: board_alerts().slice(3) }));
    const held = drawn_groups(before, after, true);
    assert.deepEqual(held.map((one) => [one.key, one.gone]), [["ward-1/OR-1", true], ["ward-3f/3F-1", false]]);
    assert.deepEqual(drawn_groups(held, after, false).map((one) => one.key), ["ward-3f/3F-1"]);
});

test("an English page says in English where something lies, and leaves what it does not know", () => {
    know_texts("en", JSON.parse(readFileSync(join(SOURCE_FOLDER, "texts/en.json"), "utf8")));
    language.value = "en";
    const said = {
        "第1层-03": "Drawer 1-03",
        "2层 左3": "Drawer 2 left 3",
        "第三抽屉 右": "Drawer 3 right",
        "第十二层": "第十二层",
        "车侧": "Side of the cart",
        "A-04": "A-04",
        "吊塔": "吊塔",
        "": "",
    };
    for (const [position, english] of Object.entries(said)) {
        assert.equal(place_text(position), english);
    }
    language.value = "zh-CN";
    assert.equal(place_text("2层 左3"), "2层 左3");
});

test("what no eye can see in a code stands there by its name", () => {
    assert.equal(raw_words("]d210A1\x1d17 27\x07"), "]d210A1<GS>17<SP>27<x07>");
});
