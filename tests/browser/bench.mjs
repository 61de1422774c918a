// What the pages take: node bench.mjs <built pages> <cartwatch> [scans [board seconds]]. Prints
// figures and judges none: another machine has others.
//
//   first paint     from navigation on a cold cache, real ward; "list" is when its carts stand there
//   scan to paint   from a scan's Enter in the page to the painted verdict, real ward, durable commit
//                   included; "daemon" is the part from request to answer
//   board           1,000 open alerts, 20 changes a second from a server with set answers, while the
//                   list is scrolled: tasks over 50 ms (they are felt), and the heap at both ends
import { ask, start_hospital, until } from "./daemons.mjs";
import { FakeServer } from "./fake_server.mjs";
import { open_browser, open_page, scan } from "./kit.mjs";
import * as views from "./views.mjs";

const [pages, program, scans_asked = "1000", board_seconds = "60"] = process.argv.slice(2);

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

function many_alerts(count) {
    const [one] = views.board_alerts();
    return Array.from({ length: count }, (_none, i) => ({
        ...one,
        ...{ cart: `C-${Math.floor(i / 3)}`, cart_name: { zh: `${Math.floor(i / 3)} 号车`, en: "" } },
        ...{ subject: `line-${i}`, severity: i % 10 === 0 ? "critical" : "high" },
    }));
}

async function busy_board(browser, seconds) {
    const server = new FakeServer(pages);
    await server.listen();
    server.stations = null;
    server.view = views.board({ alerts: many_alerts(1000) });
    const { page, context } = await open_page(browser, server.url);
    await page.waitForSelector(".group");
    await page.evaluate(() => {
        window.tasks = [];
        const observer = new PerformanceObserver((list) =>
            window.tasks.push(...list.getEntries().map((one) => one.duration)),
        );
        observer.observe({ type: "longtask" });
        const list = document.querySelector(".groups");
        window.scrolling = setInterval(() => list.scrollBy(0, 40), 50);
    });
    const heap = async () => {
        const session = await context.newCDPSession(page);
        await session.send("HeapProfiler.collectGarbage");
        const { usedSize } = await session.send("Runtime.getHeapUsage");
        await session.detach();
        return usedSize / 1e6;
    };
    const before = await heap();
    const end = Date.now() + seconds * 1000;
    let changes = 0;
    while (Date.now() < end) {
        const alerts = server.view.alerts.map((one, i) =>
            i === changes % 1000 ? { ...one, quantity: (changes % 5) + 1 } : one,
        );
        server.push({ ...server.view, alerts });
        changes += 1;
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const after = await heap();
    const tasks = await page.evaluate(() => window.tasks);
    console.log(
        `board of 1,000 alerts       ${(changes / seconds).toFixed(1)} changes/s for ${seconds} s: `
        + `${tasks.length} tasks over 50 ms, the longest ${Math.max(0, ...tasks).toFixed(0)} ms; `
        + `heap ${before.toFixed(1)} → ${after.toFixed(1)} MB`,
    );
    await context.close();
    await server.close();
}

const hospital = await start_hospital(program);
const { browser, close } = await open_browser();
try {
    await first_paints(browser, `${hospital.urls.ward}/?station=OR`, 20);
    await scans_to_paint(browser, hospital, Number(scans_asked));
    await busy_board(browser, Number(board_seconds));
} finally {
    await close();
    await hospital.close();
}
