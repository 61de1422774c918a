// What a ward's page takes: node bench.mjs <cartwatch> [scans]. Prints figures and judges none:
// another machine has others. The board has board_bench.mjs.
//
//   first paint     from navigation on a cold cache; "list" is when its carts stand there
//   scan to paint   from a scan's Enter in the page to the painted verdict, durable commit included;
//                   "daemon" is the part from request to answer
import { ask, start_hospital, until } from "./daemons.mjs";
import { open_browser, open_page, scan } from "./kit.mjs";

const [program, scans_asked = "1000"] = process.argv.slice(2);

function percentile(values, share) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}

function say(name, values) {
    const of = (share) => percentile(values, share).toFixed(1).padStart(7);
    console.log(`${name.padEnd(26)} p50 ${of(0.5)} ms  p95 ${of(0.95)} ms  p99 ${of(0.99)} ms  (${values.length})`);
}

async function first_paints(browser, url, times) {
    const [paints, lists] = [[], []];
    for (let i = 0; i < times; i += 1) {
        const { page, context } = await open_page(browser, url); // a profile, and a cache, of its own
        await page.waitForSelector(".cart");
        lists.push(await page.evaluate(() => performance.now()));
        paints.push(
            await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime),
        );
        await context.close();
    }
    say("first paint", paints);
    say("first paint: list", lists);
}

// Before the page's own listener, which lets no key of a scan pass.
function note_enters() {
    const note = (event) => event.key === "Enter" && (window.entered = performance.now());
    window.addEventListener("keydown", note, true);
}

// Notes, for each Enter that ends a scan, when the verdict that followed it was painted.
function note_verdicts() {
    window.verdicts = [];
    window.entered = 0;
    new MutationObserver(() => {
        if (window.entered === 0) {
            return;
        }
        const from = window.entered;
        window.entered = 0;
        // After the frame that shows the change has been handed on.
        requestAnimationFrame(() => {
            const channel = new MessageChannel();
            channel.port1.onmessage = () => window.verdicts.push(performance.now() - from);
            channel.port2.postMessage(null);
        });
    }).observe(document.querySelector(".band"), { subtree: true, childList: true, characterData: true });
    performance.setResourceTimingBufferSize(100_000);
}

async function scans_to_paint(browser, hospital, times) {
    const { page, context } = await open_page(browser, `${hospital.urls.ward}/?station=OR`);
    await page.addInitScript(note_enters);
    await page.reload();
    await page.waitForSelector(".header .dot-on");
    const of_section = (section) => hospital.scans.filter((one) => one.section === section);
    const cart = of_section("OR-1");
    await scan(page, of_section("staff").find((one) => one.about.endsWith("N001")).text);
    await scan(page, cart.find((one) => one.about === "cart").text);
    await until(async () => (await ask(hospital.urls.ward, "/api/v1/view?station=OR")).check, "the check");
    await page.waitForSelector(".check .band");
    await page.evaluate(note_verdicts);
    const packs = cart.filter((one) => one.about.startsWith("pack of"));
    for (let i = 0; i < times; i += 1) {
        await scan(page, packs[i % packs.length].text);
        await page.waitForFunction((count) => window.verdicts.length >= count, i + 1);
    }
    const { verdicts, answers } = await page.evaluate(() => ({
        verdicts: window.verdicts,
        answers: performance
            .getEntriesByType("resource")
            .filter((one) => one.name.endsWith("/api/v1/scans"))
            .map((one) => one.duration),
    }));
    say("scan to paint", verdicts);
    say("scan to paint: daemon", answers);
    await context.close();
}

const hospital = await start_hospital(program);
const { browser, close } = await open_browser();
try {
    await first_paints(browser, `${hospital.urls.ward}/?station=OR`, 20);
    await scans_to_paint(browser, hospital, Number(scans_asked));
} finally {
    await close();
    await hospital.close();
}
