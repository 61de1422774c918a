// What tells one name from a look-alike: the signs between what both begin and end with.
import assert from "node:assert/strict";
import { test } from "node:test";

import { emphasis_against } from "../../../daemon/web/pages/src/setup/look_alikes.ts";

test("the signs that differ are found at the beginning, in the middle and at the end", () => {
    const marked = (name, other) => {
        const { before, different, after } = emphasis_against(name, other);
        return `${before}[${different}]${after}`;
    };
    assert.equal(marked("去甲肾上腺素", "肾上腺素"), "[去甲]肾上腺素");
    assert.equal(marked("多巴酚丁胺", "多巴胺"), "多巴[酚丁]胺");
    assert.equal(marked("DOBUTamine", "DOPamine"), "DO[BUT]amine");
    assert.equal(marked("阿托品", "阿托品"), "阿托品[]");
    assert.equal(marked("", "阿托品"), "[]");
    assert.equal(marked("aa", "a"), "a[a]");
});
