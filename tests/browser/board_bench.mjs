// What the board takes with a real pharmacy behind it: node board_bench.mjs <built pages> <cartwatch>
// [board seconds]. Prints figures and judges none: another machine has others.
//
//   alert to paint   from a ward that tells an alert on its link to the painted row, 200 alerts
//   board            1,000 open alerts of 20 carts, 20 changes a second told by four wards, while the
//                    list is scrolled: frames, tasks over 50 ms (they are felt), the heap each minute
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { free_port, until } from "./daemons.mjs";
import { open_browser, open_page, sizes } from "./kit.mjs";
import { lines_a_cart, OwnWard } from "./own_ward.mjs";

const [built_pages, program, board_seconds = "60"] = process.argv.slice(2);

function at(values, share) {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}

const says = (values) =>
    `p50 ${at(values, 0.5).toFixed(1)}, p95 ${at(values, 0.95).toFixed(1)}, ` +
    `p99 ${at(values, 0.99).toFixed(1)}, most ${Math.max(...values).toFixed(1)} ms`;

class Pharmacy {
    async start() {
        this.folder = mkdtempSync(join(tmpdir(), "cartwatch-board-"));
        [this.web, this.link] = [await free_port(), await free_port()];
        const config = join(this.folder, "pharmacy.toml");
        writeFileSync(
            config,
            `node = "pharmacy"\nstate = "${join(this.folder, "state")}"\npages = "${built_pages}"\n` +
                `log_level = "warn"\n[web]\nport = ${this.web}\n[link]\nport = ${this.link}\n`,
        );
        this.process = spawn(program, ["pharmacy", "--config", config], { stdio: "inherit" });
        this.ended = new Promise((resolve) => this.process.once("exit", resolve));
        this.url = `http://127.0.0.1:${this.web}`;
        await until(async () => (await fetch(`${this.url}/healthz`)).ok, "the pharmacy is up");
    }

    async end() {
        this.process?.kill("SIGTERM");
        await this.ended;
        rmSync(this.folder, { recursive: true, force: true });
    }
}

async function with_board(chromium, act) {
    const pharmacy = new Pharmacy();
    const wards = [];
    try {
        await pharmacy.start();
        for (let i = 0; i < 4; i += 1) {
            const ward = new OwnWard(`ward-${i}`);
            await ward.call(pharmacy.link);
            ward.furnish(Array.from({ length: 5 }, (_one, cart) => `${i}-${cart}`));
            await ward.stored();
            wards.push(ward);
        }
        const opened = await open_page(chromium.browser, pharmacy.url, { size: sizes.wide });
        await opened.page.waitForSelector(".header .dot-on");
        await act({ ...opened, wards });
        await opened.context.close();
    } finally {
        wards.forEach((ward) => ward.leave());
        await pharmacy.end();
    }
}

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)); // the pace of what is fed in

// When each drug's name was first on its way to the screen, by the clock that both sides have.
function watch_rows() {
    const shown = {};
    window.rows_shown = shown;
    const look = () => {
        const found = document.body.textContent.matchAll(/药品 (\d+)/g);
        for (const [, number] of found) {
            shown[number] ??= performance.timeOrigin + performance.now();
        }
    };
    new MutationObserver(() =>
        requestAnimationFrame(() => {
            const after_frame = new MessageChannel();
            after_frame.port1.onmessage = look;
            after_frame.port2.postMessage(null);
        }),
    ).observe(document.body, { childList: true, subtree: true, characterData: true });
}

async function alerts(chromium) {
    const delays = [];
    for (let round = 0; round < 4; round += 1) {
        await with_board(chromium, async ({ page, wards }) => {
            await page.evaluate(watch_rows);
            const sent = [];
            for (let number = 0; number < lines_a_cart; number += 1) {
                sent.push(Date.now());
                wards[0].tell_alert("alert.raised", "0-0", number, 1, 3);
                await pause(100);
            }
            const all = (count) => Object.keys(window.rows_shown).length >= count;
            await page.waitForFunction(all, lines_a_cart);
            const shown = await page.evaluate(() => window.rows_shown);
            sent.forEach((time, number) => delays.push(shown[number] - time));
        });
    }
    console.log(`alert to paint (${delays.length})   ${says(delays)}`);
}

function watch_frames() {
    window.long_tasks = [];
    window.frames = [];
    new PerformanceObserver((list) =>
        window.long_tasks.push(...list.getEntries().map((one) => one.duration)),
    ).observe({ type: "longtask" });
    let last = performance.now();
    const frame = (now) => {
        window.frames.push(now - last);
        last = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}

async function heap_of(session) {
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize / 1e6;
}

async function board(chromium, seconds) {
    await with_board(chromium, async ({ page, wards, context }) => {
        for (const [i, ward] of wards.entries()) {
            for (let number = 0; number < 5 * lines_a_cart; number += 1) {
                const cart = `${i}-${Math.floor(number / lines_a_cart)}`;
                ward.tell_alert("alert.raised", cart, number % lines_a_cart, 1, 3);
            }
            await ward.stored();
        }
        await page.getByText("抢救车 3-4").first().waitFor();
        const session = await context.newCDPSession(page);
        const begun = await heap_of(session);
        await page.evaluate(watch_frames);
        await page.mouse.move(900, 600);
        const heaps = [];
        const changes_a_second = 20;
        const end = Date.now() + seconds * 1000;
        for (let change = 0; Date.now() < end; change += 1) {
            const ward = change % wards.length;
            const [cart, number] = [`${ward}-${change % 5}`, change % lines_a_cart];
            wards[ward].tell_alert("alert.changed", cart, number, 1, 1 + (change % 5));
            await page.mouse.wheel(0, change % 200 < 100 ? 120 : -120);
            if (change % (60 * changes_a_second) === 0) {
                heaps.push(await heap_of(session));
            }
            await pause(1000 / changes_a_second);
        }
        const grown = (await heap_of(session)) - begun;
        const { long_tasks, frames } = await page.evaluate(() => ({
            long_tasks: window.long_tasks,
            frames: window.frames,
        }));
        heaps.push(begun + grown);
        console.log(
            `board, ${seconds} s   frames ${says(frames)}; ${long_tasks.length} tasks over 50 ms, ` +
                `the longest ${Math.max(0, ...long_tasks).toFixed(0)} ms; ` +
                `heap ${[begun, ...heaps].map((one) => one.toFixed(1)).join(", ")} MB`,
        );
    });
}

const chromium = await open_browser();
try {
    await alerts(chromium);
    await board(chromium, Number(board_seconds));
} finally {
    await chromium.close();
}
