// How fast a scanner types, and whether the page's limit fits it.
import assert from "node:assert/strict";
import { test } from "node:test";

import { timing_of } from "../../../daemon/web/pages/src/scanner_check/timing.ts";
import { char_gap_max_ms } from "../../../daemon/web/pages/src/wedge.ts";

test("nothing is said of a scanner whose keys were not heard", () => {
    assert.equal(timing_of([]), null);
});

test("median, 95th percentile and longest of the gaps, in any order", () => {
    const gaps = Array.from({ length: 100 }, (_one, i) => ((i * 37) % 100) + 1);
    const timing = timing_of(gaps);
    assert.deepEqual([timing.median, timing.p95, timing.longest], [50, 95, 100]);
    assert.deepEqual(timing_of([4]), { median: 4, p95: 4, longest: 4, limit: 80, fits: true });
});

test("a limit that leaves half as much again as the longest gap, and never less than the page's", () => {
    assert.equal(char_gap_max_ms, 80);
    for (const [longest, limit] of [
        [21, 80],
        [53.3, 80],
        [53.4, 90],
        [60, 90],
        [400, 600],
    ]) {
        assert.deepEqual(
            [timing_of([3, longest]).limit, timing_of([3, longest]).fits],
            [limit, limit === 80],
            String(longest),
        );
    }
});
