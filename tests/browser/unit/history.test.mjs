// Weeks and the rules of a run chart, as values.
import assert from "node:assert/strict";
import { test } from "node:test";

import { fates_by, period_of } from "../../../daemon/web/pages/src/history/periods.ts";
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

test("a due date lies in its ISO week, month and quarter, at the turn of years and in leap years too", () => {
    const days = [
        ["2027-01-01", "2026-W53", "2027-01", "2027-Q1"],
        ["2024-12-30", "2025-W01", "2024-12", "2024-Q4"],
        ["2028-02-29", "2028-W09", "2028-02", "2028-Q1"],
        ["2028-03-31", "2028-W13", "2028-03", "2028-Q1"],
        ["2028-04-01", "2028-W13", "2028-04", "2028-Q2"],
        ["2026-11-22", "2026-W47", "2026-11", "2026-Q4"],
    ];
    for (const [day, week, month, quarter] of days) {
        assert.deepEqual(
            ["day", "week", "month", "quarter", "range"].map((kind) => period_of(day, kind)),
            [day, week, month, quarter, ""],
        );
    }
});

test("due dates add up by period, the latest first, whatever the period", () => {
    const dues = [
        ["2026-12-31", "missed"],
        ["2027-01-01", "on_time"],
        ["2027-01-04", "late"],
        ["2027-01-05", "open"],
    ].map(([due, fate]) => ({ due, fate, done: null }));
    const counted = (kind) =>
        fates_by(dues, kind).map((one) => [one.period, one.due, one.on_time, one.late, one.missed, one.open]);
    assert.deepEqual(counted("week"), [
        ["2027-W01", 2, 0, 1, 0, 1],
        ["2026-W53", 2, 1, 0, 1, 0],
    ]);
    assert.deepEqual(counted("month"), [
        ["2027-01", 3, 1, 1, 0, 1],
        ["2026-12", 1, 0, 0, 1, 0],
    ]);
    assert.deepEqual(counted("range"), [["", 4, 1, 1, 1, 1]]);
    assert.equal(fates_by(dues, "day").length, 4);
    assert.deepEqual(fates_by([], "range"), []);
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
