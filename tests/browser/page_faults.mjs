// What no page may have, whatever it shows: small targets, a sideways scroll, what axe finds.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

// Buttons below 44 px in either direction.
export function too_small(page) {
    return page.$$eval("button", (buttons) =>
        buttons
            .map((button) => ({ box: button.getBoundingClientRect(), text: button.textContent }))
            .filter(({ box }) => box.width > 0 && (box.height < 43.5 || box.width < 43.5))
            .map(({ box, text }) => `${text}: ${box.width} × ${box.height}`),
    );
}

export function wider_than_window(page) {
    return page.evaluate(() =>
        Math.max(0, document.documentElement.scrollWidth - window.innerWidth),
    );
}

// The script goes in by the test's own channel: the page's policy allows none but its own.
export async function faults_of(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document));
    return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ")}`);
}

const panel_height_min = 100; // px: its head and a line

// Panels and what they show that a full page has pressed together.
export const squeezed = (page) =>
    page.$$eval(
        ".panel, .panel video",
        (all, least) =>
            all
                .filter((one) => one.offsetParent !== null && one.clientHeight < least)
                .map((one) => `${one.className || one.tagName}: ${one.clientHeight} px high`),
        panel_height_min,
    );
