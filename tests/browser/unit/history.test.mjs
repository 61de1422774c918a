// Weeks and the rules of a run chart, as values.
import assert from "node:assert/strict";
import { test } from "node:test";

import {
    crossings_required,
    judge,
    longest_allowed,
    median_of,
} from "../../../daemon/web/pages/src/history/run_chart.ts";
import {
    cell_of,
    monday_of,
    mondays,
    week_number,
    weekly_share,
} from "../../../daemon/web/pages/src/history/weeks.ts";

test("a day's week begins on its Monday and has the number of ISO 8601", () => {
    const weeks = [
        ["2026-11-22", "2026-11-16", 47],
        ["2026-11-23", "2026-11-23", 48],
        ["2027-01-01", "2026-12-28", 53], // a Friday: of the year before
        ["2024-12-30", "2024-12-30", 1], // a Monday: of the year after
    ];
    for (const [day, monday, number] of weeks) {
        assert.equal(monday_of(day), monday);
        assert.equal(week_number(monday), number, day);
    }
    assert.deepEqual(mondays("2026-11-10", "2026-11-23"), ["2026-11-09", "2026-11-16", "2026-11-23"]);
});

test("limits of runs and crossings are those that Anhøj gives", () => {
    for (const [points, run, crossings] of [[12, 7, 3], [20, 7, 6], [24, 8, 8], [52, 9, 20]]) {
        assert.equal(longest_allowed(points), run, `${points} points`);
        assert.equal(crossings_required(points), crossings, `${points} points`);
    }
});

test("a median is the one in the middle, or the mean of two", () => {
    assert.equal(median_of([3, 1, 2]), 2);
    assert.equal(median_of([4, 1, 2, 3]), 2.5);
    assert.equal(median_of([]), null);
});

test("a shift is told, chance is not, and few points say nothing", () => {
    const up_and_down = Array.from({ length: 20 }, (_one, i) => (i % 2 ? 100 : 80));
    assert.equal(judge(up_and_down).signal, "none");
    const shifted = [...Array(10).fill(70), ...Array(10).fill(95)];
    assert.deepEqual(
        { ...judge(shifted), median: undefined },
        {
            ...{ median: undefined, points: 20, longest_run: 10, longest_allowed: 7 },
            ...{ crossings: 1, crossings_required: 6, signal: "both" },
        },
    );
    assert.equal(judge([90, 80, 90]).signal, "too_few");
    assert.equal(judge(Array(13).fill(100)).signal, "none"); // all on the median
});

test("a run of exactly the allowed length is no sign, one more is", () => {
    // Eleven weeks above the median and eleven below it: seven in a row are allowed.
    const weeks = (marks) => [...marks].map((mark) => (mark === "+" ? 90 : 70));
    const allowed = judge(weeks("+++++++--+--+--+--+---"));
    assert.deepEqual([allowed.longest_run, allowed.signal], [7, "none"]);
    const one_more = judge(weeks("++++++++---+---+---+--"));
    assert.deepEqual([one_more.longest_run, one_more.signal], [8, "run"]);
});

const due = (day, fate, done = null) => ({ due: day, fate, done });
const check = (day, readiness = "ready", kind = "full") => ({ id: day, working_day: day, readiness, kind });

test("a week is the worst of its due dates, and opens the check that kept it", () => {
    const monday = "2026-11-16";
    const cell = (dues, checks, first_check = "2026-01-05") =>
        cell_of({ dues, checks, first_check }, monday);
    assert.equal(cell([], [], null).state, "before");
    assert.equal(cell([], [], "2026-11-23").state, "before");
    assert.equal(cell([], [], "2026-11-22").state, "none");
    assert.equal(cell([], []).state, "none");
    assert.equal(cell([], [check("2026-11-17")]).state, "checked");
    assert.equal(cell([], [check("2026-11-17", "ready", "sealed")]).state, "none");
    const early = cell([due("2026-11-18", "on_time", "2026-11-14")], [check("2026-11-14")]);
    assert.equal(early.state, "on_time");
    assert.equal(early.check.id, "2026-11-14");
    const both = [due("2026-11-16", "on_time", "2026-11-16"), due("2026-11-20", "missed")];
    assert.equal(cell(both, [check("2026-11-16")]).state, "missed");
    const bad = cell([due("2026-11-18", "on_time", "2026-11-18")], [check("2026-11-18", "not_ready")]);
    assert.equal(bad.state, "not_ready");
    assert.equal(cell([due("2026-11-22", "open")], []).state, "open");
    assert.equal(cell([due("2026-11-23", "open")], []).state, "none"); // the next Monday
});

test("the share of a week is of its due dates; weeks without any are no points", () => {
    const cart = { dues: [due("2026-11-02", "on_time"), due("2026-11-16", "late")], checks: [] };
    const other = { dues: [due("2026-11-18", "on_time")], checks: [] };
    assert.deepEqual(weekly_share([cart, other], ["2026-11-02", "2026-11-09", "2026-11-16"]), [
        { week: "2026-11-02", share: 100 },
        { week: "2026-11-16", share: 50 },
    ]);
});
