// Bundles the pages: node build.mjs <work folder> <output folder>. The work folder holds
// node_modules and a link to this folder's source; nothing is written into the source tree. Every
// asset bears the hash of its bytes in its name, so that a browser may keep it for ever.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, extname, join, resolve } from "node:path";
import { constants, gzipSync } from "node:zlib";

// Windows 7 PCs stop at this version, and wards still have them.
const oldest_browser = "chrome109";
// Licences of what ends up in the bundle.
const bundled = ["preact", "@preact/signals", "@preact/signals-core"];

const [work, output] = process.argv.slice(2).map((folder) => resolve(folder));
if (!work || !output) {
    console.error("usage: node build.mjs <work folder> <output folder>");
    process.exit(2);
}
const { build } = createRequire(join(work, "package.json"))("esbuild");

function licences() {
    const texts = bundled.map((name) => {
        const folder = join(work, "node_modules", name);
        const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
        const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
        const text = file ? readFileSync(join(folder, file), "utf8").trim() : "see package.json";
        return `${name} ${version}\n\n${text}\n`;
    });
    return texts.join("\n----\n\n");
}

function hashed(name, bytes) {
    const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 10).toUpperCase();
    return `${basename(name, extname(name))}-${hash}${extname(name)}`;
}

function write(name, bytes) {
    writeFileSync(join(output, name), bytes);
    writeFileSync(join(output, `${name}.gz`), gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
}

const result = await build({
    entryPoints: [join(work, "src/main.tsx")],
    absWorkingDir: work,
    bundle: true,
    minify: true,
    format: "esm",
    target: oldest_browser,
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    preserveSymlinks: true,
    legalComments: "none",
    outdir: "out",
    write: false,
    logLevel: "warning",
});

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });
const names = {};
for (const file of result.outputFiles) {
    const name = hashed(basename(file.path), file.contents);
    names[extname(name) === ".css" ? "style" : "script"] = name;
    write(name, file.contents);
}
const icon = readFileSync(join(work, "src/icon.svg"));
names.icon = hashed("icon.svg", icon);
write(names.icon, icon);
write("licences.txt", licences());
const page = readFileSync(join(work, "src/index.html"), "utf8");
// Written last: a folder with an index is a whole one.
write("index.html", page.replace(/\{(\w+)\}/g, (_whole, name) => names[name]));
