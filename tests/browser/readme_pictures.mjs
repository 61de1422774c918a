// The pictures that README shows: node readme_pictures.mjs <built pages> <folder>. Of the same states
// that shots.mjs takes and states_test.mjs looks at, so that README shows the pages as they are.
import { join } from "node:path";

import { StatePages, states } from "./states.mjs";

const shown = { "check-accept": "ward-check-zh.png", board: "pharmacy-board-zh.png" };

const [built, folder] = process.argv.slice(2);
const pages = new StatePages();
await pages.start(built);
for (const [name, file] of Object.entries(shown)) {
    const one = states.find(({ state }) => state[0] === name);
    const { page, context } = await pages.open(one, { language: "zh-CN", size: "desk" });
    await page.screenshot({ path: join(folder, file) });
    await context.close();
}
await pages.close();
