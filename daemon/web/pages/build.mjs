// Bundles the pages: node build.mjs <work folder> <output folder>. The work folder holds
// node_modules and a link to this folder's source; nothing is written into the source tree. Every
// asset bears the hash of its bytes in its name, so that a browser may keep it for ever.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, extname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { constants, gzipSync } from "node:zlib";

// Windows 7 PCs stop at this version, and wards still have them.
const oldest_browser = "chrome109";
// Licences of what ends up in the bundle.
const bundled = ["preact", "@preact/signals", "@preact/signals-core", "zxing-wasm"];

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
    // Compiled into the .wasm file, under the licence that Cartwatch has, too.
    const own = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "../../../LICENSE"), "utf8");
    texts.push(`ZXing-C++ (within zxing-wasm): github.com/zxing-cpp/zxing-cpp\n\n${own.trim()}\n`);
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

const common = {
    absWorkingDir: work,
    bundle: true,
    minify: true,
    format: "esm",
    target: oldest_browser,
    charset: "utf8",
    preserveSymlinks: true,
    legalComments: "none",
    outdir: "out",
    write: false,
    logLevel: "warning",
};

rmSync(output, { recursive: true, force: true });
mkdirSync(output, { recursive: true });

// What the camera needs is fetched when it is opened, from here: each part knows the next one's name.
const wasm = readFileSync(join(work, "node_modules/zxing-wasm/dist/reader/zxing_reader.wasm"));
const wasm_name = hashed("decoder.wasm", wasm);
write(wasm_name, wasm);
const worker = await build({
    ...common,
    entryPoints: [join(work, "src/camera/decoder_worker.ts")],
    define: { CARTWATCH_DECODER_WASM: JSON.stringify(`/${wasm_name}`) },
});
const worker_code = worker.outputFiles[0].contents;
const worker_name = hashed("decoder.js", worker_code);
write(worker_name, worker_code);

// Sheets to start from, kept with the description of their columns.
const sheets = join(dirname(fileURLToPath(import.meta.url)), "../../../schema/import");
const templates = {};
for (const kind of ["products", "carts", "staff"]) {
    const bytes = readFileSync(join(sheets, `${kind}.csv`));
    templates[kind] = `/${hashed(`${kind}.csv`, bytes)}`;
    write(templates[kind].slice(1), bytes);
}

// One language's texts are fetched, and not two.
const texts = {};
for (const language of ["zh-CN", "en"]) {
    const catalogue = JSON.parse(readFileSync(join(work, `texts/${language}.json`), "utf8"));
    const bytes = Buffer.from(JSON.stringify(catalogue));
    texts[language] = `/${hashed(`${language}.json`, bytes)}`;
    write(texts[language].slice(1), bytes);
}

const result = await build({
    ...common,
    entryPoints: [join(work, "src/boot.ts"), join(work, "src/main.tsx")],
    jsx: "automatic",
    jsxImportSource: "preact",
    splitting: true,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    metafile: true,
    define: {
        CARTWATCH_DECODER: JSON.stringify(`/${worker_name}`),
        CARTWATCH_TEXTS: JSON.stringify(texts),
        CARTWATCH_TEMPLATES: JSON.stringify(templates),
    },
});
const names = {};
for (const [path, { entryPoint, imports }] of Object.entries(result.metafile.outputs)) {
    const name = basename(path);
    if (extname(name) === ".css") {
        names.style = name;
    } else if (entryPoint?.endsWith("src/boot.ts")) {
        names.boot = name;
    } else if (entryPoint?.endsWith("src/main.tsx")) {
        names.script = name;
        // What the script fetches at once, asked for with it and not after it.
        names.preloads = imports
            .filter(({ kind }) => kind === "import-statement")
            .map((one) => `        <link rel="modulepreload" href="/${basename(one.path)}" />\n`)
            .join("");
    }
}
for (const file of result.outputFiles) {
    write(basename(file.path), file.contents);
}
const icon = readFileSync(join(work, "src/icon.svg"));
names.icon = hashed("icon.svg", icon);
write(names.icon, icon);
write("licences.txt", licences());
const page = readFileSync(join(work, "src/index.html"), "utf8");
// Written last: a folder with an index is a whole one.
write("index.html", page.replace(/\{(\w+)\}/g, (_whole, name) => names[name]));
