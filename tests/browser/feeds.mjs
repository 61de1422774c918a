// The three ways in which a code reaches a ward: keys that a scanner types into the page, a scanner of
// the daemon's own, and the camera. Each has scan(text), the text as a scanner that tells the kind of
// symbol sends it: "]d2…" for a GS1 DataMatrix, "]d1…" for a plain one.
import { closeSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";

import { scan } from "./kit.mjs";
import { data_matrix, pack_picture, plain_data_matrix, write_y4m, y4m_bytes } from "./printed_pack.mjs";

const [width, height] = [640, 480];
const module_px = 8;
// A picture that was on its way when the next one was laid before the camera is not shown later.
const frames_on_their_way = 4;

export class KeysFeed {
    constructor({ page }) {
        this.page = page;
    }

    scan(text) {
        return scan(this.page, text);
    }
}

export class SocketFeed {
    constructor({ hospital }) {
        this.gun = hospital.gun;
    }

    async scan(text) {
        this.gun.write(`${text}\r\n`);
    }
}

// The elements of a pack in brackets, as zint takes them.
const bracketed = (text) => text.replace(/^01(\d{14})17(\d{6})10(.*)$/, "[01]$1[17]$2[10]$3");

function picture_of(text) {
    const code = text.slice("]d1".length);
    const modules = text.startsWith("]d2") ? data_matrix(bracketed(code)) : plain_data_matrix(code);
    return pack_picture(width, height, [{ modules, x: 200, y: 120, px: module_px }]);
}

// What Chromium's camera shows is read from this file again and again.
export const camera_file = (folder) => join(folder, "camera.y4m");

export function show_nothing(folder) {
    write_y4m(camera_file(folder), pack_picture(width, height, []));
}

// Written over what is there: the browser has the file open.
function show(folder, picture) {
    const file = openSync(camera_file(folder), "r+");
    const bytes = y4m_bytes(picture);
    writeSync(file, bytes, 0, bytes.length, 0);
    closeSync(file);
}

// To be run in the page before it: keeps the camera's stream in the test's reach.
export function note_stream() {
    const media = navigator.mediaDevices;
    const ask = media.getUserMedia.bind(media);
    media.getUserMedia = async (wish) => (window.camera_stream = await ask(wish));
}

// Settles when the camera has delivered so many more pictures.
async function pictures_passed(count) {
    const video = document.createElement("video");
    video.srcObject = window.camera_stream.clone();
    await video.play();
    for (let i = 0; i < count; i += 1) {
        await new Promise((done) => video.requestVideoFrameCallback(done));
    }
    video.srcObject.getTracks().forEach((track) => track.stop());
}

export class CameraFeed {
    constructor({ page, folder }) {
        this.page = page;
        this.folder = folder;
    }

    async scan(text) {
        show(this.folder, picture_of(text));
        if ((await this.page.locator(".camera-view").count()) === 0) {
            await this.page.getByRole("button", { name: "摄像头", exact: true }).click();
            return;
        }
        const next = this.page.getByRole("button", { name: "扫下一个" });
        await next.waitFor();
        await this.page.evaluate(pictures_passed, frames_on_their_way);
        await next.click();
    }
}
