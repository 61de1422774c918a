// Opens a page in one of the states that are looked at (ward_states.mjs, board_states.mjs), against a
// server with set answers, in a Chromium whose camera shows a pack with two codes.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { board_states } from "./board_states.mjs";
import { FakeServer } from "./fake_server.mjs";
import { history_gets } from "./history_views.mjs";
import { open_browser, open_page, sizes } from "./kit.mjs";
import { label_gets } from "./label_views.mjs";
import { new_board_states, new_ward_states } from "./new_states.mjs";
import { data_matrix, ean_13, pack_picture, write_y4m } from "./printed_pack.mjs";
import { half_done, withdrawn } from "./recall_views.mjs";
import { setup_gets } from "./setup_views.mjs";
import * as views from "./views.mjs";
import { ward_states } from "./ward_states.mjs";

export const states = [
    ...[...ward_states, ...new_ward_states].map((state) => ({ role: "ward", state })),
    ...[...board_states, ...new_board_states].map((state) => ({ role: "pharmacy", state })),
];

const two_codes = () =>
    pack_picture(1280, 720, [
        { modules: data_matrix("[01]09521234543213[17]261231[10]ABC123"), x: 260, y: 200, px: 6 },
        { modules: ean_13("690123456789"), x: 700, y: 300, px: 4 },
    ]);

export class StatePages {
    async start(pages) {
        this.folder = mkdtempSync(join(tmpdir(), "cartwatch-states-"));
        const camera = join(this.folder, "camera.y4m");
        write_y4m(camera, two_codes());
        this.server = new FakeServer(pages);
        this.server.gets = {
            ...history_gets(),
            ...label_gets,
            "/api/v1/recalls": { recalls: [half_done(), withdrawn()] },
            ...setup_gets(),
        };
        this.plain_answer = this.server.answer;
        await this.server.listen();
        this.chromium = await open_browser([
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            `--use-file-for-fake-video-capture=${camera}`,
        ]);
    }

    // `view` null: the daemon answers nothing.
    async open({ role, state: [, view, act, path] }, { language, size }) {
        const { server } = this;
        server.mend();
        server.answer = this.plain_answer;
        server.failing = view === null ? "/api/v1/stations" : "";
        server.stations = role === "ward" ? views.stations : null;
        server.view = view;
        const address = server.url + (path ?? (role === "ward" ? "?station=OR" : ""));
        const opened = await open_page(this.chromium.browser, address, { language, size: sizes[size] });
        await opened.page.waitForSelector(role === "ward" && path === undefined ? ".header .dot-on" : "main");
        await act?.(opened.page, server);
        await opened.page.evaluate(
            () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
        );
        return opened;
    }

    async close() {
        await this.chromium?.close();
        await this.server?.close();
        rmSync(this.folder, { recursive: true, force: true });
    }
}
