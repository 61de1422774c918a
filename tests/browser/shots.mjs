// Pictures of every screen and state in both languages: node shots.mjs <built pages> <folder> [part of
// a name]. For eyes; states_test.mjs looks at the same states for what no page may have.
import { picture } from "./kit.mjs";
import { wider_than_window } from "./page_faults.mjs";
import { StatePages, states } from "./states.mjs";

const [built, folder, wanted = ""] = process.argv.slice(2);
// A wall's screen is wide, and nobody carries it.
const sizes_of = (path) => (path === "?wall" ? ["desk", "wide"] : ["desk", "phone"]);

const pages = new StatePages();
await pages.start(built);
for (const language of ["zh-CN", "en"]) {
    for (const one of states.filter(({ state: [name] }) => name.includes(wanted))) {
        const [name, , , path] = one.state;
        for (const size of sizes_of(path)) {
            const { page, context, complaints } = await pages.open(one, { language, size });
            await picture(page, folder, `${name}-${language}-${size}`);
            const wide = await wider_than_window(page);
            if (wide > 0 || complaints.length > 0) {
                console.log(name, language, size, wide > 0 ? `wider by ${wide}` : "", ...complaints);
            }
            await context.close();
        }
    }
}
await pages.close();
