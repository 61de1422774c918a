// What a camera has seen until it is sure: two frames must agree, and the codes beside the first one
// are waited for.
import assert from "node:assert/strict";
import { test } from "node:test";

import {
    lost_ms,
    of_photo,
    settle_max_ms,
    settle_ms,
    Sightings,
} from "../../../daemon/web/pages/src/camera/sightings.ts";

const code = (text) => ({ text, corners: [] });
const texts = (settled) => settled && settled.map((one) => one.text).sort();

test("nothing is settled before two frames agree and the time for neighbours is over", () => {
    const sightings = new Sightings();
    assert.equal(sightings.take([code("A")], 0), null);
    assert.equal(sightings.take([code("A")], 100), null);
    assert.equal(sightings.take([], settle_ms - 1), null);
    assert.deepEqual(texts(sightings.take([], settle_ms)), ["A"]);
});

test("one frame alone is never believed", () => {
    const sightings = new Sightings();
    sightings.take([code("A")], 0);
    assert.equal(sightings.take([], settle_ms), null);
    assert.equal(sightings.take([], lost_ms), null);
    assert.equal(sightings.take([code("A"), code("A")], 10 * lost_ms), null); // twice in one frame
    assert.equal(sightings.take([], 10 * lost_ms + settle_max_ms), null);
});

test("a code that one frame missed is waited for", () => {
    const sightings = new Sightings();
    sightings.take([code("A")], 0);
    sightings.take([code("A"), code("B")], 200);
    assert.equal(sightings.take([code("A")], settle_ms), null); // B was seen once
    assert.deepEqual(texts(sightings.take([code("A"), code("B")], 500)), ["A", "B"]);
});

test("what was seen once is not waited for longer than the limit", () => {
    for (const [at, settled] of [
        [settle_max_ms - 1, null],
        [settle_max_ms, ["A"]],
        [settle_max_ms + 1, ["A"]],
    ]) {
        const sightings = new Sightings();
        sightings.take([code("A"), code("misread")], 0);
        sightings.take([code("A")], 300);
        sightings.take([code("A")], 600);
        assert.deepEqual(texts(sightings.take([code("A")], at)), settled);
    }
});

test("a pack that went away leaves nothing behind", () => {
    const sightings = new Sightings();
    sightings.take([code("A")], 0);
    sightings.take([code("B")], lost_ms + 1);
    sightings.take([code("B")], lost_ms + 100);
    assert.deepEqual(texts(sightings.take([], lost_ms + 1 + settle_ms)), ["B"]);
});

test("after it settled it begins anew", () => {
    const sightings = new Sightings();
    sightings.take([code("A")], 0);
    assert.deepEqual(texts(sightings.take([code("A")], settle_ms)), ["A"]);
    assert.equal(sightings.take([code("A")], settle_ms + 10), null);
    assert.deepEqual(texts(sightings.take([code("A")], 2 * settle_ms + 10)), ["A"]);
});

test("a photograph shows each text once", () => {
    assert.deepEqual(texts(of_photo([code("A"), code("B"), code("A")])), ["A", "B"]);
});
