// The scanner that types, over key logs made up by a seeded generator: what is a scan, what is a
// person, and that a doubt is never a scan.
import assert from "node:assert/strict";
import { test } from "node:test";

import {
    char_gap_max_ms,
    command_wait_ms,
    quantity_digits_max,
    text_chars_max,
    unfinished_ms,
    Wedge,
} from "../../../daemon/web/pages/src/wedge.ts";
import { sign_of } from "../../../daemon/web/pages/src/key_layouts.ts";
import { key_of, layout_names } from "../key_places.mjs";

// Deterministic: the same logs in every run (mulberry32).
function random_of(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
        mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    };
}

const plain = {
    down: true,
    key: "Unidentified",
    ctrl: false,
    alt: false,
    meta: false,
    shift: false,
    repeat: false,
    editing: false,
};

// Keys of a text, one gap before each; `extra` goes into every event.
function keys_of(text, gap_of, start = 1000, extra = {}, layout = "us") {
    const events = [];
    let at = start;
    for (const char of text) {
        at += gap_of();
        if (char === "\x1d") {
            events.push({ ...plain, ...extra, code: "BracketRight", ctrl: true, at });
            continue;
        }
        const { code, shift, altgr } = key_of(char, layout);
        if (altgr) {
            events.push({ ...plain, ...extra, code: "AltRight", at: at - 1 });
        }
        if (shift) {
            events.push({ ...plain, ...extra, code: "ShiftLeft", shift: true, at: at - 1 });
        }
        events.push({ ...plain, ...extra, code, shift, at });
        events.push({ ...plain, ...extra, code, shift, down: false, at: at + 1 });
        if (shift) {
            events.push({ ...plain, ...extra, code: "ShiftLeft", down: false, at: at + 1 });
        }
        if (altgr) {
            events.push({ ...plain, ...extra, code: "AltRight", down: false, at: at + 1 });
        }
    }
    return { events, end: at };
}

function key(code, at, extra = {}) {
    return { ...plain, code, at, ...extra };
}

function run(events, wedge = new Wedge()) {
    return events.flatMap((event) => wedge.press(event).outcomes);
}

function scanned(text, gap_of, end_gap = 10, terminator = "Enter", extra = {}) {
    const { events, end } = keys_of(text, gap_of, 1000, extra);
    return run([...events, key(terminator, end + end_gap, extra)]);
}

function texts_of(outcomes) {
    return outcomes.map((one) => (one.kind === "scan" ? one.text : one.kind));
}

const house_tag = "9010000017";
const gs1 = "]d201069012345678921727063010A2407\x1d21SN/0042";

function random_text(random) {
    const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!\"%&'()*+,-./:;=?_\x1d";
    const length = 8 + Math.floor(random() * 60);
    return Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join("");
}

test("every printable character of every layout comes from its key", () => {
    for (const layout of layout_names) {
        for (let code = 0x20; code < 0x7f; code += 1) {
            const char = String.fromCharCode(code);
            const place = key_of(char, layout);
            const level = place.altgr ? 2 : place.shift ? 1 : 0;
            assert.equal(sign_of(layout, place.code, level), char, `${layout} ${place.code}`);
        }
    }
});

// What a scanner may be like, drawn anew for each log.
function any_scanner(random) {
    const pick = (list) => list[Math.floor(random() * list.length)];
    const slow = 5 + random() * 55;
    return {
        layout: pick(layout_names),
        gap: () => Math.min(60, 1 + random() * slow),
        end_gap: random() < 0.1 ? 47.3 : 5 + random() * 30,
        end: pick(["Enter", "NumpadEnter", "Tab"]),
        key: pick([{}, { key: "Process" }, { key: "X" }]), // an input method, Caps Lock, a host
        line_feed: random() < 0.3,
    };
}

test("10,000 key logs of all layouts, machines and gaps: every scan once, and nothing else", () => {
    const random = random_of(17);
    const wedge = new Wedge();
    let at = 1000;
    let torn = 0;
    for (let i = 0; i < 10_000; i += 1) {
        const scanner = any_scanner(random);
        const text = random_text(random);
        const tear = random() < 0.1 ? 1 + Math.floor(random() * (text.length - 1)) : -1;
        let n = 0;
        const gap = () => (n++ === tear ? char_gap_max_ms + 1 + random() * 200 : scanner.gap());
        wedge.layout = scanner.layout;
        const { events, end } = keys_of(text, gap, at, scanner.key, scanner.layout);
        events.push(key(scanner.end, end + scanner.end_gap, scanner.key));
        if (scanner.line_feed) {
            events.push(key("KeyJ", end + scanner.end_gap + 3, { ctrl: true }));
        }
        const outcomes = run(events, wedge);
        const seen = texts_of(outcomes);
        if (tear < 0) {
            assert.deepEqual(seen, [text], JSON.stringify({ i, text, ...scanner }));
        } else {
            torn += 1;
            assert.equal(seen.includes("quantity"), false);
            assert.equal(outcomes.some((one) => one.kind === "scan"), false, JSON.stringify({ i, text }));
        }
        at = end + 1000 + random() * 500;
    }
    assert.equal(torn > 800, true);
});

test("a key with AltGr makes its third sign only where the layout has one", () => {
    const altgr = (layout) => {
        const wedge = new Wedge();
        wedge.layout = layout;
        const { events, end } = keys_of("12345678", () => 5);
        const held = [key("AltRight", end + 4), key("KeyQ", end + 5), key("AltRight", end + 6, { down: false })];
        return texts_of(run([...events, ...held, key("Enter", end + 10)], wedge));
    };
    assert.deepEqual(altgr("de"), ["12345678@"]);
    assert.deepEqual(altgr("us"), ["12345678"]);
});

test("4,000 random scans with gaps of 5 to 60 ms arrive whole and in order", () => {
    const random = random_of(7);
    for (let i = 0; i < 4000; i += 1) {
        const text = random_text(random);
        assert.deepEqual(texts_of(scanned(text, () => 5 + random() * 55)), [text]);
    }
});

test("under an input method the key is Process, and the scan is the same", () => {
    for (const extra of [{ key: "Process" }, { key: "a" }, { key: "Unidentified" }]) {
        assert.deepEqual(texts_of(scanned(gs1, () => 4, 4, "Enter", extra)), [gs1]);
    }
});

test("the measured scanner with 47.3 ms before its Enter is read", () => {
    const gaps = [12.5, 18.8, 15.1, 16.0, 13.9, 18.8, 12.5, 17.2, 14.4, 16.6];
    let i = 0;
    const outcomes = scanned(house_tag, () => gaps[i++ % gaps.length], 47.3);
    assert.deepEqual(texts_of(outcomes), [house_tag]);
    assert.equal(outcomes[0].longest_gap <= 18.8 + 1e-9, true);
});

test("one gap of 47.3 ms within a scan is read, and so is the largest allowed, and no larger", () => {
    for (const [gap, whole] of [
        [47.3, true],
        [char_gap_max_ms - 1, true],
        [char_gap_max_ms, true],
        [char_gap_max_ms + 1, false],
        [250, false],
    ]) {
        let i = 0;
        const outcomes = scanned(house_tag, () => (i++ === 5 ? gap : 10));
        assert.deepEqual(texts_of(outcomes), [whole ? house_tag : "broken"], `gap ${gap}`);
    }
});

test("a scan torn at any place by any pause is never taken for a scan", () => {
    const random = random_of(11);
    for (let i = 0; i < 4000; i += 1) {
        const text = random_text(random);
        const at = 1 + Math.floor(random() * (text.length - 1));
        const pause = char_gap_max_ms + 1 + random() * 200;
        let n = 0;
        const outcomes = scanned(text, () => (n++ === at ? pause : 3 + random() * 12));
        assert.deepEqual(
            outcomes.filter((one) => one.kind === "scan" || one.kind === "quantity"),
            [],
            JSON.stringify({ text, at, pause }),
        );
    }
});

test("a person at 8 keys a second never makes a scan", () => {
    const random = random_of(13);
    for (let i = 0; i < 4000; i += 1) {
        const length = 1 + Math.floor(random() * 14);
        const text = Array.from({ length }, () => Math.floor(random() * 10)).join("");
        const outcomes = scanned(text, () => 75 + random() * 100, 125);
        const expected = length <= quantity_digits_max ? "quantity" : "typed";
        assert.deepEqual(outcomes.map((one) => one.kind), [expected], text);
    }
});

test("digits with Enter are an absolute quantity, up to four of them", () => {
    for (const [digits, quantity] of [["0", 0], ["7", 7], ["45", 45], ["9999", 9999]]) {
        assert.deepEqual(scanned(digits, () => 180, 300), [{ kind: "quantity", quantity }]);
    }
    assert.deepEqual(texts_of(scanned("10000", () => 180, 300)), ["typed"]);
});

test("two digits keyed at once are still a quantity, three machine-fast ones are no number", () => {
    assert.deepEqual(scanned("12", () => 15, 200), [{ kind: "quantity", quantity: 12 }]);
    assert.deepEqual(texts_of(scanned("120", () => 5, 5)), ["120"]);
});

test("a number left standing gives way to the scan that follows, and never joins it", () => {
    const number = keys_of("3", () => 0, 1000);
    const tag = keys_of(house_tag, () => 8, 1000 + 900);
    const outcomes = run([...number.events, ...tag.events, key("Enter", tag.end + 8)]);
    assert.deepEqual(texts_of(outcomes), [house_tag]);
});

test("what stands too close before a scan makes it a doubt", () => {
    const number = keys_of("3", () => 0, 1000);
    const tag = keys_of(house_tag, () => 8, 1000 + 200);
    const outcomes = run([...number.events, ...tag.events, key("Enter", tag.end + 8)]);
    assert.deepEqual(texts_of(outcomes), ["broken"]);
});

test("ten scans in two seconds are ten scans", () => {
    const wedge = new Wedge();
    const seen = [];
    for (let i = 0; i < 10; i += 1) {
        const text = `90100000${10 + i}`;
        const { events, end } = keys_of(text, () => 8, i * 200);
        seen.push(...run([...events, key("Enter", end + 8)], wedge).map((one) => [one.text, text]));
    }
    assert.equal(seen.length, 10);
    seen.forEach(([read, sent]) => assert.equal(read, sent));
});

test("Enter, the keypad's Enter and Tab end a scan; the LF after CR presses nothing", () => {
    for (const terminator of ["Enter", "NumpadEnter", "Tab"]) {
        assert.deepEqual(texts_of(scanned(house_tag, () => 8, 8, terminator)), [house_tag]);
    }
    const wedge = new Wedge();
    const { events, end } = keys_of(house_tag, () => 8);
    run([...events, key("Enter", end + 8)], wedge);
    const lf = wedge.press(key("KeyJ", end + 12, { ctrl: true }));
    assert.deepEqual(lf, { outcomes: [], prevent: true });
    const second = wedge.press(key("Enter", end + 14));
    assert.deepEqual(second, { outcomes: [], prevent: true });
});

test("every known form of the separator becomes GS", () => {
    const before = keys_of("0106901234567892", () => 6);
    const forms = {
        "Ctrl+]": (at) => [key("BracketRight", at, { ctrl: true })],
        F8: (at) => [key("F8", at)],
        "Alt+029": (at) => alt_code("029", at),
        "Alt+0029": (at) => alt_code("0029", at),
        "<GS>": (at) => keys_of("<GS>", () => 3, at - 3).events,
        "{GS}": (at) => keys_of("{GS}", () => 3, at - 3).events,
    };
    for (const [form, make] of Object.entries(forms)) {
        const separator = make(before.end + 6);
        const after = keys_of("21SN42", () => 6, separator[separator.length - 1].at);
        const outcomes = run([...before.events, ...separator, ...after.events, key("Enter", after.end + 6)]);
        assert.deepEqual(texts_of(outcomes), ["0106901234567892\x1d21SN42"], form);
    }
});

function alt_code(digits, at) {
    const alt = { alt: true };
    return [
        key("AltLeft", at, alt),
        ...[...digits].map((digit, i) => key(`Numpad${digit}`, at + 2 + i * 2, alt)),
        key("AltLeft", at + 12, { down: false }),
    ];
}

test("a scanner that sends everything with Alt codes is read", () => {
    const events = [...house_tag].flatMap((char, i) =>
        alt_code(String(char.charCodeAt(0)).padStart(3, "0"), 1000 + i * 20),
    );
    assert.deepEqual(texts_of(run([...events, key("Enter", 1000 + 210)])), [house_tag]);
});

test("Caps Lock changes nothing", () => {
    const { events, end } = keys_of("abcDEF12", () => 6);
    const caps = key("CapsLock", 900);
    assert.deepEqual(texts_of(run([caps, ...events, key("Enter", end + 6)])), ["abcDEF12"]);
});

test("a lone digit presses a button where that many wait, and is a number where not", () => {
    for (const [choices, code, presses] of [
        [0, "Digit1", false],
        [2, "Digit1", true],
        [2, "Digit2", true],
        [2, "Numpad2", true],
        [2, "Digit3", false],
        [9, "Digit9", true],
        [9, "Digit0", false],
    ]) {
        const wedge = new Wedge();
        wedge.choices = choices;
        run([key(code, 1000)], wedge);
        assert.deepEqual(wedge.tick(1000 + command_wait_ms - 1), []);
        const expected = presses ? [{ kind: "command", code }] : [];
        assert.deepEqual(wedge.tick(1000 + command_wait_ms), expected, `${code} of ${choices}`);
    }
});

test("a lone command key is a command after its wait, and not before", () => {
    const wedge = new Wedge();
    run([key("KeyZ", 1000)], wedge);
    assert.deepEqual(wedge.tick(1000 + command_wait_ms - 1), []);
    assert.deepEqual(wedge.tick(1000 + command_wait_ms), [{ kind: "command", code: "KeyZ" }]);
    assert.deepEqual(wedge.tick(1000 + command_wait_ms + 1), []);
});

test("a scan that begins with a command letter gives no command", () => {
    for (const text of ["Z12345678", "m12345678", "E0000001", "/1234567", "DLNMZEDL"]) {
        const wedge = new Wedge();
        const { events, end } = keys_of(text, () => 60);
        const outcomes = events.flatMap((event) => [
            ...wedge.press(event).outcomes,
            ...wedge.tick(event.at + 59),
        ]);
        outcomes.push(...wedge.press(key("Enter", end + 60)).outcomes);
        assert.deepEqual(texts_of(outcomes), [text]);
    }
});

test("a command after a number left standing is a command", () => {
    const wedge = new Wedge();
    run([key("Digit3", 1000), key("KeyZ", 1600)], wedge);
    assert.deepEqual(wedge.tick(1600 + command_wait_ms), [{ kind: "command", code: "KeyZ" }]);
    assert.equal(wedge.pending, "");
});

test("a burst without its Enter is given up aloud, and its late Enter presses nothing", () => {
    const wedge = new Wedge();
    const { events, end } = keys_of(house_tag, () => 8);
    run(events, wedge);
    assert.deepEqual(wedge.tick(end + unfinished_ms - 1), []);
    assert.deepEqual(texts_of(wedge.tick(end + unfinished_ms)), ["broken"]);
    assert.equal(wedge.press(key("Enter", end + unfinished_ms + 50)).prevent, true);
});

test("in a field only scans are taken, and the person's keys are the field's", () => {
    const editing = { editing: true };
    const typed = keys_of("shen", () => 150, 1000, editing);
    const wedge = new Wedge();
    const taken = [...typed.events, key("Enter", typed.end + 200, editing)].map((e) => wedge.press(e));
    assert.deepEqual(taken.flatMap((one) => one.outcomes), []);
    assert.equal(taken.some((one) => one.prevent), false);
    assert.deepEqual(wedge.tick(typed.end + 5000), []);
    assert.deepEqual(texts_of(scanned(house_tag, () => 8, 8, "Enter", editing)), [house_tag]);
});

test("what was keyed in a field is forgotten when the field is left", () => {
    const wedge = new Wedge();
    run([key("Digit1", 1000, { editing: true }), key("Digit2", 1200, { editing: true })], wedge);
    assert.deepEqual(run([key("Enter", 1500)], wedge), []);
});

test("Enter and a space on nothing are the browser's, so that the focused button works", () => {
    const wedge = new Wedge();
    assert.equal(wedge.press(key("Enter", 1000)).prevent, false);
    assert.equal(wedge.press(key("Space", 2000)).prevent, false);
    assert.equal(wedge.press(key("Tab", 3000)).prevent, false);
});

test("chords of the browser are left alone", () => {
    const wedge = new Wedge();
    for (const code of ["KeyC", "KeyR", "KeyT", "KeyJ"]) {
        const taken = wedge.press(key(code, 1000, { ctrl: true }));
        assert.deepEqual(taken, { outcomes: [], prevent: false }, code);
    }
});

test("a stuck key ends as a broken scan and holds no more memory than the longest code", () => {
    const { events, end } = keys_of("7".repeat(text_chars_max + 5000), () => 2);
    const outcomes = run([...events, key("Enter", end + 2)]);
    assert.equal(outcomes.length, 1);
    assert.equal(outcomes[0].kind, "broken");
    assert.equal(outcomes[0].text.length <= text_chars_max, true);
});

test("repeats of a held key are not counted", () => {
    const held = [1000, 1030, 1060, 1090].map((at, i) => key("Digit5", at, { repeat: i > 0 }));
    assert.deepEqual(run([...held, key("Enter", 1400)]), [{ kind: "quantity", quantity: 5 }]);
});
