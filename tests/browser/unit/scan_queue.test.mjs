// The queue of scans: in order, one at a time, nothing lost to a broken line, nothing applied twice.
import assert from "node:assert/strict";
import { test } from "node:test";

import { queue_max, ScanQueue } from "../../../daemon/web/pages/src/scan_queue.ts";

// A daemon on a bad line: applies what reaches it once a key, and may lose the way back.
function bad_line(loses) {
    const applied = new Map();
    let tries = 0;
    const send = async (_path, body, key) => {
        tries += 1;
        const fate = loses(tries);
        if (fate === "before") {
            return { kind: "lost" };
        }
        applied.set(key, applied.get(key) ?? body);
        return fate === "after" ? { kind: "lost" } : { kind: "answer", answer: body };
    };
    return { applied, send };
}

function queue_on(send, more = {}) {
    const seen = { answers: [], refusals: [], waits: [] };
    let key = 0;
    let settle;
    const empty = new Promise((done) => (settle = done));
    const queue = new ScanQueue({
        send,
        answered: (answer) => seen.answers.push(answer),
        refused: ({ detail }) => seen.refusals.push(detail),
        waiting: (count, blocked) => {
            seen.waits.push([count, blocked]);
            if (count === 0) {
                settle();
            }
        },
        wait: async () => undefined,
        new_key: () => String((key += 1)),
        ...more,
    });
    return { queue, seen, empty };
}

test("fifty scans over a line that loses a third come out once each, in order", async () => {
    const { applied, send } = bad_line((n) => (n % 3 === 0 ? "before" : n % 7 === 0 ? "after" : ""));
    const { queue, seen, empty } = queue_on(send);
    const sent = Array.from({ length: 50 }, (_one, i) => `scan ${i}`);
    sent.forEach((text) => assert.equal(queue.push("/api/v1/scans", text), true));
    await empty;
    await Promise.resolve();
    assert.deepEqual([...applied.values()], sent);
    assert.deepEqual(seen.answers, sent);
    assert.equal(seen.waits.some(([, blocked]) => blocked), true);
});

test("never two requests at once", async () => {
    let running = 0;
    let most = 0;
    const { queue, empty } = queue_on(async (_path, body) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((done) => setImmediate(done));
        running -= 1;
        return { kind: "answer", answer: body };
    });
    for (let i = 0; i < 10; i += 1) {
        queue.push("/api/v1/scans", i);
    }
    await empty;
    assert.equal(most, 1);
});

test("a refusal is told and the next scan goes on", async () => {
    const { queue, seen, empty } = queue_on(async (_path, body) =>
        body === "bad" ? { kind: "refused", detail: "no" } : { kind: "answer", answer: body },
    );
    ["a", "bad", "b"].forEach((text) => queue.push("/api/v1/scans", text));
    await empty;
    await Promise.resolve();
    assert.deepEqual(seen.answers, ["a", "b"]);
    assert.deepEqual(seen.refusals, ["no"]);
});

test("the queue says when it is full, just under, at and over its bound", () => {
    const { queue } = queue_on(() => new Promise(() => undefined));
    for (let i = 0; i < queue_max; i += 1) {
        assert.equal(queue.push("/api/v1/scans", i), true, String(i));
    }
    assert.equal(queue.push("/api/v1/scans", "one more"), false);
    assert.equal(queue.push("/api/v1/scans", "and another"), false);
});
