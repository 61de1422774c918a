// What keeps labels from being printed is said before the daemon is asked, by the same limits.
import assert from "node:assert/strict";
import { test } from "node:test";

import { address_of, pages_of, problem_of, usual_measures } from "../../../daemon/web/pages/src/labels/order.ts";

const limits = {
    ...{ page_side_min: 20, page_side_max: 420, sheet_width: 210, sheet_height: 297 },
    ...{ label_width_min: 30, label_height_min: 20, bars_label_height_min: 28, columns_max: 20 },
    ...{ rows_max: 40, offset_max: 5, offset_step: 0.5, margin: 2, labels_max: 10_000 },
    ...{ zpl_labels_max: 1_000, only_max: 120 },
};
const a4_24 = {
    ...{ name: "a4-24", roll: false, page_width: 210, page_height: 297, columns: 3, rows: 8 },
    ...{ width: 64, height: 33.9, left: 7, top: 12.9, step_x: 66, step_y: 33.9 },
};
const order = (more) => ({
    ...{ what: "carts", cart: "", codes: [], paper: "a4-24", own: usual_measures },
    ...{ offset_x: 0, offset_y: 0, start: 1, bars: "auto" },
    ...more,
});
const problem = (more, labels = 4) => problem_of(order(more), labels, [a4_24], limits);
const sheet = (more) => ({ paper: "sheet", own: { ...usual_measures, ...more } });
const roll = (more) => ({ paper: "roll", own: { ...usual_measures, width: 50, height: 30, ...more } });

test("what a printer can do has no problem, up to the last of every limit", () => {
    for (const more of [
        ...[{}, { start: 24 }, { offset_x: -5 }, { offset_y: 4.5 }, { bars: "always" }, sheet({})],
        ...[sheet({ columns: 1, left: 146.5 }), roll({}), { ...roll({}), offset_x: 2 }],
    ]) {
        assert.equal(problem(more), null, JSON.stringify(more));
    }
});

test("each problem has its name", () => {
    for (const [more, name] of [
        [{ paper: "a5" }, "number"],
        [{ offset_x: 0.3 }, "number"],
        [{ offset_y: 5.5 }, "number"],
        [{ offset_x: NaN }, "number"],
        [sheet({ columns: 0 }), "number"],
        [sheet({ columns: 2.5 }), "number"],
        [sheet({ width: 29.9 }), "number"],
        [sheet({ step_x: 60 }), "number"],
        [sheet({ columns: 1, left: 146.6 }), "page"],
        [sheet({ rows: 8 }), "page"],
        [{ ...roll({}), offset_x: 2.5 }, "offset"],
        [{ start: 25 }, "start"],
        [{ start: NaN }, "start"],
        [{ ...roll({ height: 27.9 }), bars: "always" }, "bars"],
        [{ codes: Array.from({ length: 121 }, String) }, "many"],
    ]) {
        assert.equal(problem(more), name, JSON.stringify(more));
    }
    assert.equal(problem({}, 0), "none");
    assert.equal(problem({}, 10_001), "many");
});

test("pages are counted from the first free label", () => {
    assert.equal(pages_of(a4_24, 1, 24), 1);
    assert.equal(pages_of(a4_24, 2, 24), 2);
    assert.equal(pages_of(a4_24, 24, 25), 2);
});

test("an address names what is not usual, and of a cart's lines the cart", () => {
    const query = (more, format, rest) =>
        Object.fromEntries(new URL(address_of(order(more), format, rest), "http://ward").searchParams);
    assert.deepEqual(query({}, "pdf"), { what: "carts", paper: "a4-24", format: "pdf" });
    assert.deepEqual(query({ what: "lines", cart: "OR 1", start: 3, offset_x: -0.5 }, "svg", { page: 2 }), {
        ...{ what: "lines", paper: "a4-24", format: "svg", offset_x: "-0.5", page: "2" },
        ...{ start: "3", only: "OR 1" },
    });
    assert.deepEqual(query({ ...roll({}), codes: ["9", "8"], cart: "OR-1" }, "zpl", { dpi: 300 }), {
        ...{ what: "carts", paper: "roll", format: "zpl", width: "50", height: "30", dpi: "300", only: "9,8" },
    });
    assert.deepEqual(query({ start: 3, codes: ["9"], offset_y: 1 }, "pdf", { what: "calibration" }), {
        ...{ what: "calibration", paper: "a4-24", format: "pdf", offset_y: "1" },
    });
});
