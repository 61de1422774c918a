// A past as a daemon tells it, for page tests with set answers: three carts over twelve weeks.
import { gets } from "./file_views.mjs";

const week_ms = 7 * 86_400_000;
const first = Date.parse("2026-08-31T00:00:00Z"); // a Monday

const day_of = (instant) => new Date(instant).toISOString().slice(0, 10);

export function check_row(number, day, more = {}) {
    return {
        ...{ id: `ward-1/${number}`, kind: "full", working_day: day, by: "张敏", witness: null },
        ...{ opened_at: `${day}T02:00:00.000Z`, closed_at: `${day}T02:06:10.000Z` },
        ...{ readiness: "ready", in_order: 17, required: 17, ready_until: null, not_scanned: 0 },
        ...{ undone: 1, parked: 0, seal: `04577${String(number).padStart(2, "0")}`, voided: false },
        ...more,
    };
}

// Due on Wednesdays; each word is what became of one week's due date.
function cart(id, zh, en, station, fates) {
    const checks = [];
    const dues = fates.map((fate, week) => {
        const due = day_of(first + week * week_ms + 2 * 86_400_000);
        const late = day_of(first + week * week_ms + 4 * 86_400_000);
        const done = { on_time: due, not_ready: due, late }[fate] ?? null;
        if (done) {
            const worth = fate === "not_ready" ? { readiness: "not_ready", in_order: 15 } : {};
            checks.push(check_row(week + 1, done, worth));
        }
        return { due, fate: fate === "not_ready" ? "on_time" : fate, done };
    });
    const place = { station, station_id: "OR", first_check: checks[0]?.working_day ?? null };
    return { node: "ward-1", id, name: { zh, en }, ...place, never_checked: false, dues, checks };
}

const theatre = { zh: "手术室", en: "Operating theatre" };
const third = { zh: "三楼护士站", en: "3rd floor nurse station" };
const ok = "on_time";

export const carts = () => [
    cart("OR-1", "手术室 1 号车", "Theatre cart 1", theatre, [
        ...[ok, ok, "late", ok, "missed", ok, ok, "not_ready", ok, ok, ok, ok],
    ]),
    cart("OR-2", "麻醉插管箱", "Intubation box", theatre, [
        ...[ok, ok, ok, "late", ok, ok, "late", ok, ok, "missed", ok, "open"],
    ]),
    {
        ...{ node: "ward-2", id: "N3-1", name: { zh: "三楼抢救车", en: "3rd floor cart" } },
        ...{ station: third, station_id: "N3", never_checked: true, first_check: null },
        ...{ dues: [], checks: [] },
    },
];

const wait = (over, still, median_s, p90_s) => ({ critical: { over, still, median_s, p90_s } });

// The 64 digits of an entry's hash.
const hash = (digit) => digit.repeat(64);
export const journal = { node: "ward-1", first: 1, last: 4711, hash: hash("a") };
export const pharmacy_journal = { node: "pharmacy", first: 1, last: 77, hash: hash("c") };

export function history_figures() {
    const of_cart = (node, cart, ready_days, lines, typed, skipped) => ({
        ...{ node, cart, ready_s: ready_days * 86_400, total_s: 83 * 86_400 },
        ...{ lines, typed, skipped },
    });
    return {
        ...{ from: "2026-08-31", to: "2026-11-22", overrides_goal: 2, overrides_limit: 5 },
        carts: [
            of_cart("ward-1", "OR-1", 80.5, 187, 1, 1),
            of_cart("ward-1", "OR-2", 71, 120, 6, 4),
            of_cart("ward-2", "N3-1", 0, 0, 0, 0),
        ],
    };
}

const place = (cart, zh, en, position, lot, last_usable_day) => ({
    ...{ node: "ward-1", cart, cart_name: { zh, en }, position, lot, last_usable_day },
});

// The months asked for; one swap of a controlled drug and one of another.
export function expiry_ahead(query) {
    const count = Number(query?.get("months") ?? 6);
    const months = Array.from({ length: count }, (_, i) => ({
        month: new Date(Date.UTC(2026, 10 + i, 1)).toISOString().slice(0, 7),
        ...{ lots: (i % 5) + 1, units: (i * 37) % 90, unused: ((i * 37) % 90) >> 2 },
    }));
    const swap = (product, zh, en, units, controlled) => ({
        ...{ product, name: { zh, en }, strength: "1 mg/1 mL", unit: "支", units, controlled, used: 52 },
        from: place("OR-2", "麻醉插管箱", "Intubation box", "1层 左2", "20260317A", "2027-02-01"),
        to: place("OR-1", "手术室 1 号车", "Theatre cart 1", "2层 右1", "20280609B", "2028-06-30"),
    });
    return {
        ...{ today: "2026-11-22", expired: 1, months, horizon_days: 180, use_days: 365 },
        ...{ unused: 23, saved: 7, more_swaps: false },
        swaps: [
            swap("adrenaline", "肾上腺素注射液", "Adrenaline injection", 5, false),
            swap("morphine", "盐酸吗啡注射液", "Morphine injection", 2, true),
        ],
    };
}

const ahead = (days_left, last_usable_day, zh, en, quantity) => ({
    ...{ node: "ward-1", cart: "OR-1", cart_name: { zh: "手术室 1 号车", en: "Theatre cart 1" } },
    ...{ position: "1层 左2", product: en, name: { zh, en }, strength: "1 mg/1 mL", unit: "支" },
    ...{ lot: `A${days_left + 100}`, last_usable_day, days_left, quantity },
});

export function history(more = {}) {
    return {
        ...{ from: "2026-08-31", to: "2026-11-22", today: "2026-11-22" },
        ...{ now: "2026-11-22T04:03:00.000Z", interval_days: 7, carts: carts(), more_carts: false },
        waits: { to_accept: wait(4, 1, 380, 1500), to_restock: wait(4, 1, 8640, 32400) },
        stations: [
            {
                ...{ node: "ward-1", id: "OR", name: theatre },
                waits: { to_accept: wait(3, 1, 240, 1500), to_restock: wait(3, 1, 7200, 32400) },
            },
            {
                ...{ node: "ward-2", id: "N3", name: third },
                waits: { to_accept: wait(1, 0, 900, 900), to_restock: wait(1, 0, 10800, 10800) },
            },
        ],
        pharmacy: "pharmacy",
        journals: [pharmacy_journal, journal, { node: "ward-2", first: 1, last: 12, hash: hash("b") }],
        forecast: [
            ahead(-2, "2026-11-20", "阿托品注射液", "Atropine injection", 1),
            ahead(23, "2026-12-15", "去甲肾上腺素注射液", "Norepinephrine injection", 5),
            ahead(80, "2027-02-10", "肾上腺素注射液", "Epinephrine injection", 2),
        ],
        ...{ more_forecast: false, alerts: [], more_alerts: false },
        ...more,
    };
}

// What a daemon with this past, and with the files, answers to.
export const history_gets = () => ({
    ...gets(),
    "/api/v1/history": (query) => (query.get("cart") ? cart_history() : history()),
    "/api/v1/history/check": check_record,
    "/api/v1/history/expiry": expiry_ahead,
    "/api/v1/history/figures": history_figures,
});

// One cart alone, with its alerts.
export function cart_history() {
    const alert = {
        ...{ subject: "naloxone", name: { zh: "纳洛酮注射液", en: "Naloxone injection" } },
        ...{ strength: "0.4 mg/1 mL", severity: "critical", quantity: 2 },
        ...{ raised_at: "2026-11-18T02:06:10.000Z", accepted_at: "2026-11-18T02:09:10.000Z" },
        ...{ accepted_by: "王强", dispatched_at: null, ended_at: "2026-11-18T04:30:10.000Z" },
        withdrawn: false,
    };
    return history({
        carts: carts().slice(0, 1),
        alerts: [{ ...alert, ended_at: null, raised_at: "2026-11-20T02:06:10.000Z" }, alert],
    });
}

export const raw = "]d20106901234567892172706301\u001d0A2407";

const step = (number, action, more) => ({
    ...{ number, at: `2026-11-18T02:0${number}:00.000Z`, action, subject: null, name: null },
    ...{ quantity: null, lot: null, verdict: null, raw: null, passed: null, test: null },
    ...{ reading: null, undone: false, by: { id: "N012", name: "张敏" } },
    ...more,
});

export function check_record() {
    const name = { zh: "肾上腺素注射液", en: "Epinephrine injection" };
    const line = {
        ...{ line: "epi", name, strength: "1 mg/1 mL", position: "1层 左1", par: 5 },
        ...{ critical: true, result: "counted", quantity: 4, damaged: 0, taken_out: 0 },
        ...{ evidence: "scanned", at: "2026-11-18T02:03:00.000Z" },
        lots: [{ lot: "A2407", last_usable_day: "2027-06-30", quantity: 4 }],
    };
    const shortage = {
        ...{ kind: "shortage", severity: "high", subject: "epi", name, lot: null, quantity: 1 },
        ...{ reasons: { absent: 1 }, last_usable_day: null, days_left: null, band: null },
        ...{ test: null, reading: null, limits: null },
    };
    return {
        ...check_row(12, "2026-11-18", { readiness: "degraded", in_order: 16 }),
        ...{ node: "ward-1", cart: "OR-1", cart_name: { zh: "手术室 1 号车", en: "Theatre cart 1" } },
        ...{ station: theatre, lines: [line], lines_of: null, findings: [shortage], steps_whole: true },
        ...{ now: "2026-11-22T04:03:00.000Z" },
        journal: { node: "ward-1", first: 4100, last: 4163, hash: hash("c") },
        steps: [
            step(3, "line_counted", { subject: "epi", name, quantity: 4, lot: "A2407", raw }),
            step(2, "line_counted", { subject: "epi", name, quantity: 5, lot: "A2407", raw, undone: true }),
            step(1, "code_parked", { raw: "6901234567892" }),
        ],
    };
}
