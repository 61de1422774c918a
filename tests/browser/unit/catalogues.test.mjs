// The two catalogues say the same things, every text that the source asks for is in them, nothing
// in them is unused, and no word of the screen stands outside them.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { fill } from "../../../daemon/web/pages/src/texts.ts";

/* global SOURCE_FOLDER */
const catalogue = (name) => JSON.parse(readFileSync(join(SOURCE_FOLDER, "texts", name), "utf8"));
const zh = catalogue("zh-CN.json");
const en = catalogue("en.json");

function sources(folder = join(SOURCE_FOLDER, "src")) {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
        const path = join(folder, entry.name);
        if (entry.isDirectory()) {
            return sources(path);
        }
        return /\.tsx?$/.test(path) ? [{ path, text: readFileSync(path, "utf8") }] : [];
    });
}

function without_comments(text) {
    return text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(^|\s)\/\/[^\n]*/g, "$1");
}

function placeholders(template) {
    return [...new Set([...template.matchAll(/\{(\w+)/g)].map((found) => found[1]))].sort();
}

test("both catalogues have the same keys in the same order", () => {
    assert.deepEqual(Object.keys(zh), Object.keys(en));
    assert.equal(Object.keys(zh).length > 300, true);
});

test("both texts of a key are filled with the same values, and neither is empty", () => {
    for (const key of Object.keys(zh)) {
        assert.deepEqual(placeholders(zh[key]), placeholders(en[key]), key);
        assert.notEqual(zh[key].trim(), "", key);
        assert.notEqual(en[key].trim(), "", key);
    }
});

test("Chinese texts are Chinese and English texts are not", () => {
    const neutral = new Set(["app.en", "app.zh", "list.comma", "action.for", "step.line_counted",
        "step.scan_noted", "cart.function", "history.per_cent", "history.of", "history.lot_row",
        "pick.units"]);
    for (const key of Object.keys(zh).filter((one) => !neutral.has(one))) {
        assert.match(zh[key], /[\u4e00-\u9fff]/, key);
        assert.doesNotMatch(en[key], /[\u3000-\u9fff]/, key);
    }
});

test("no text has a doubled space, nor one between Chinese and Chinese, a measure filled in or not", () => {
    const values_of = (template, value) =>
        Object.fromEntries(placeholders(template).map((name) => [name, value]));
    const all = [...Object.entries(zh), ...Object.entries(en)];
    // A terminal has columns, and no markup.
    for (const [key, template] of all.filter(([name]) => !name.startsWith("watch."))) {
        assert.doesNotMatch(template, / {2}/, key);
        assert.doesNotMatch(template, /\p{Script=Han} \p{Script=Han}/u, key);
        const filled = fill(template, values_of(template, "25 分钟"));
        assert.doesNotMatch(filled, /25 分钟 \p{Script=Han}/u, key);
    }
    assert.equal(fill(zh["history.wait"], { median: "6 分钟", p90: "25 分钟", over: 4, still: 1 }),
        "中位 6 分钟，九成在 25 分钟内（4 次，还有 1 次未完）");
});

test("brackets and braces of every text close, and plurals have both forms", () => {
    for (const [key, template] of [...Object.entries(zh), ...Object.entries(en)]) {
        const rest = template.replace(/\{\w+(\|[^|}]*\|[^|}]*)?\}/g, "");
        assert.doesNotMatch(rest, /[{}|]/, key);
        assert.doesNotMatch(rest.replace(/\[[^[\]]*\]/g, ""), /[[\]]/, key);
    }
});

test("every key that the source names is in the catalogues, and every key is asked for", () => {
    const all = sources().map((one) => one.text).join("\n");
    const named = new Set([...all.matchAll(/"([a-z_]+\.[a-z_]+(?:\.[a-z_0-9]+)?)"/g)].map((m) => m[1]));
    const groups = [...all.matchAll(/word\(\s*"([a-z_.]+)"/g)].map((found) => found[1]);
    const lists = ["readiness", "what", "verdict", "rule", "tag", "finding_why", "finding", "role", "refusal"];
    const computed = [...all.matchAll(/text\(`([a-z_]+)\./g)].map((found) => found[1]);
    const printed = ["watch", "pack"]; // by the program alone: texts_test.cpp, pack_test.cpp
    const prefixes = [...groups, ...lists, ...computed, ...printed].map((group) => `${group}.`);
    for (const key of Object.keys(zh)) {
        const asked = named.has(key) || prefixes.some((prefix) => key.startsWith(prefix));
        assert.equal(asked, true, `${key} is never shown`);
    }
    const known = (key) =>
        key in zh || key.startsWith("cartwatch.") || key.endsWith(".defined") || key === "stock.recorded" || groups.includes(key);
    const unknown = [...named].filter((key) => !known(key));
    assert.deepEqual(unknown, []);
});

test("no source holds a Chinese word, and no element an English one", () => {
    // Words that forms and dates are read by, not shown.
    const read_not_shown = /\[\.\/年月\]|\[日\\s\]/g;
    for (const { path, text } of sources()) {
        const code = without_comments(text).replace(read_not_shown, "");
        assert.doesNotMatch(code, /[\u3000-\u9fff\uff00-\uffef]/, path);
        if (path.endsWith(".tsx")) {
            const element = /<[a-zA-Z][^<>]*>\s*([^<>{}]*[A-Za-z]{2,}[^<>{}]*)\s*<\//g;
            const words = [...code.matchAll(element)].map((found) => found[1].trim());
            assert.deepEqual(words, [], path);
            assert.doesNotMatch(code, /(?:aria-label|title|placeholder|alt)="[^"]*[A-Za-z]/, path);
        }
    }
});

test("a part in brackets is left out where its value is not known", () => {
    assert.equal(fill("{name}[, lot {lot}] is gone", { name: "A", lot: "" }), "A is gone");
    assert.equal(fill("{name}[, lot {lot}] is gone", { name: "A", lot: "7" }), "A, lot 7 is gone");
    assert.equal(fill("{count} {count|day|days}", { count: 1 }), "1 day");
    assert.equal(fill("{count} {count|day|days}", { count: 2 }), "2 days");
    assert.equal(fill("{count} {count|day|days}", { count: "1" }), "1 day");
});

test("a value is never read as a template", () => {
    assert.equal(fill("read [{text}]", { text: "{name} [x] $&" }), "read {name} [x] $&");
});
