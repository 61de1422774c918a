// Goal: no state of any screen has what no page may have: something that axe finds, a target that a
// gloved finger misses, a sideways scroll. Every state that shots.mjs takes pictures of, in both
// languages, on a desk's screen and a telephone's.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { faults_of, squeezed, too_small, wider_than_window } from "./page_faults.mjs";
import { StatePages, states } from "./states.mjs";

const pages = new StatePages();

before(() => pages.start(process.env.CARTWATCH_BUILT_PAGES));
after(() => pages.close());

// Each state in both languages and both sizes; axe, which takes the longest, looks at one of each.
const turns = [
    [{ language: "zh-CN", size: "desk" }, { language: "en", size: "phone" }],
    [{ language: "en", size: "desk" }, { language: "zh-CN", size: "phone" }],
];

// A wall's screen is wide, and nobody carries it.
const on_wall = ({ state: [, , , path] }, { language, size }) => ({
    language,
    size: path === "?wall" && size === "phone" ? "wide" : size,
});

for (const [i, one] of states.entries()) {
    const [name] = one.state;
    test(`${name}: axe finds nothing, targets are large enough, nothing is clipped`, async (t) => {
        const [looked, other] = turns[i % 2];
        for (const turn of i % 4 < 2 ? [looked, other] : [other, looked]) {
            const { page, context } = await pages.open(one, on_wall(one, turn));
            t.after(() => context.close());
            const where = JSON.stringify(turn);
            assert.deepEqual(await too_small(page), [], where);
            assert.equal(await wider_than_window(page), 0, where);
            assert.deepEqual(await squeezed(page), [], where);
            if (turn === looked) {
                assert.deepEqual(await faults_of(page), [], where);
            }
        }
    });
}
