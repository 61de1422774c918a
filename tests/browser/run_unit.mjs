// Runs the tests of the pages' pure parts: node run_unit.mjs <work folder of the pages> <folder to
// build in>. They are bundled first, because Node does not read TypeScript.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const [work, output] = process.argv.slice(2).map((folder) => resolve(folder));
if (!work || !output) {
    console.error("usage: node run_unit.mjs <work folder of the pages> <folder to build in>");
    process.exit(2);
}
const here = join(dirname(fileURLToPath(import.meta.url)), "unit");
const tests = readdirSync(here).filter((name) => name.endsWith(".test.mjs"));
const { buildSync } = createRequire(join(work, "package.json"))("esbuild");
mkdirSync(output, { recursive: true });
buildSync({
    entryPoints: tests.map((name) => join(here, name)),
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node18",
    outdir: output,
    outExtension: { ".js": ".mjs" },
    nodePaths: [join(work, "node_modules")],
    define: { SOURCE_FOLDER: JSON.stringify(resolve(here, "../../../daemon/web/pages")) },
    logLevel: "warning",
});
const bundles = tests.map((name) => join(output, name));
const run = spawnSync(process.execPath, ["--test", ...bundles], { stdio: "inherit" });
process.exit(run.status ?? 1);
