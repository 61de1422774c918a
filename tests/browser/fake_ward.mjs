// What page tests with set answers begin and end with: one Chromium a file, one server a test.
import assert from "node:assert/strict";
import { after, before, beforeEach } from "node:test";

import { FakeServer } from "./fake_server.mjs";
import { open_browser, open_page } from "./kit.mjs";
import * as views from "./views.mjs";

const pages = process.env.CARTWATCH_BUILT_PAGES;

// A ward's view in the midst of a check, the norepinephrine current.
export function in_check(last = null, session = {}, check = {}) {
    return views.ward_view({
        session: views.session({ line: "norepi", ...session }),
        check: views.check(check),
        last,
    });
}

// To be called once a file. `server` is new for each test; `open` gives a page that is connected.
export function fake_ward() {
    const ward = {
        server: null,
        chromium: null,
        async open(t, options = {}, path = "?station=OR") {
            const opened = await open_page(ward.chromium.browser, ward.server.url + path, options);
            t.after(() => opened.context.close());
            await opened.page.waitForSelector(".header .dot-on");
            return opened;
        },
    };
    before(async () => {
        assert.notEqual(pages, undefined, "CARTWATCH_BUILT_PAGES names the built pages");
        ward.chromium = await open_browser();
    });
    beforeEach(async () => {
        await ward.server?.close();
        ward.server = new FakeServer(pages);
        await ward.server.listen();
        ward.server.stations = views.stations;
        ward.server.view = views.ward_view();
    });
    after(async () => {
        await ward.server?.close();
        await ward.chromium?.close();
    });
    return ward;
}
