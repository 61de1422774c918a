// A camera's picture of printed codes: zint draws the symbols, Chromium plays them as its camera.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const ink = 25;
const carton = 225;
const frames_a_second = 10;
const frames = 5; // Chromium plays them round and round

// zint's modules, row by row: its text form is hexadecimal, four modules a digit.
function modules_of(args, width) {
    const text = execFileSync("zint", [...args, "--direct", "--filetype=txt"], { encoding: "utf8" });
    const rows = text.split("\n").map((line) => line.replace(/\s/g, ""));
    return rows
        .filter((row) => row !== "")
        .map((row) => [...row].flatMap((digit) => bits_of(digit)).slice(0, width ?? undefined));
}

function bits_of(digit) {
    const value = Number.parseInt(digit, 16);
    return [8, 4, 2, 1].map((bit) => (value & bit) !== 0);
}

function matrix_of(args) {
    const rows = modules_of(["--barcode=DATAMATRIX", "--square", ...args]);
    return rows.map((row) => row.slice(0, rows.length)); // square
}

export function data_matrix(gs1) {
    return matrix_of(["--gs1", `--data=${gs1}`]);
}

export function plain_data_matrix(text) {
    return matrix_of([`--data=${text}`]);
}

export function ean_13(twelve_digits) {
    const [bars] = modules_of(["--barcode=EANX", `--data=${twelve_digits}`], 95);
    return Array.from({ length: 30 }, () => bars);
}

// A grey picture, 255 white, with symbols of { modules, x, y, px } on it.
export function pack_picture(width, height, symbols) {
    const grey = Buffer.alloc(width * height, carton);
    for (const { modules, x, y, px } of symbols) {
        modules.forEach((row, i) =>
            row.forEach((dark, j) => {
                for (let line = 0; dark && line < px; line += 1) {
                    const at = (y + i * px + line) * width + x + j * px;
                    grey.fill(ink, at, at + px);
                }
            }),
        );
    }
    return { width, height, grey };
}

// As Chromium's --use-file-for-fake-video-capture reads it: YUV 4:2:0, without colour. As many bytes
// for every picture of a size.
export function y4m_bytes({ width, height, grey }) {
    const colour = Buffer.alloc(2 * Math.ceil(width / 2) * Math.ceil(height / 2), 128);
    const frame = Buffer.concat([Buffer.from("FRAME\n"), grey, colour]);
    const head = `YUV4MPEG2 W${width} H${height} F${frames_a_second}:1 Ip A1:1 C420jpeg\n`;
    const all = Array.from({ length: frames }, () => frame);
    return Buffer.concat([Buffer.from(head), ...all]);
}

export function write_y4m(file, picture) {
    writeFileSync(file, y4m_bytes(picture));
}

// The picture as a file that a browser and the daemon read: an uncompressed BMP is enough for the
// one, the other takes PNG and JPEG only.
export function bmp({ width, height, grey }) {
    const row_bytes = Math.ceil((width * 3) / 4) * 4;
    const file = Buffer.alloc(54 + row_bytes * height);
    file.write("BM");
    file.writeUInt32LE(file.length, 2);
    file.writeUInt32LE(54, 10);
    file.writeUInt32LE(40, 14);
    file.writeInt32LE(width, 18);
    file.writeInt32LE(-height, 22); // rows from the top
    file.writeUInt16LE(1, 26);
    file.writeUInt16LE(24, 28);
    for (let y = 0; y < height; y += 1) {
        for (let x = 0; x < width; x += 1) {
            file.fill(grey[y * width + x], 54 + y * row_bytes + 3 * x, 57 + y * row_bytes + 3 * x);
        }
    }
    return file;
}
