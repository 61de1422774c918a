// Views as the contract shapes them, for page tests: an operating theatre's two carts, a check half
// done, a board with two carts' alerts. Invented people, products' public names.
import { devices } from "./device_views.mjs";
import { own_tag } from "./key_places.mjs";

export { devices };

export const now = "2026-11-22T04:03:00.000Z";
export const today = "2026-11-22";

const name = (zh, en) => ({ zh, en });

let replies = 0;

export function reply(kind, message, values = {}, more = {}) {
    return {
        kind,
        message,
        values,
        verdict: null,
        line: null,
        device: null,
        lot: null,
        last_usable_day: null,
        days_left: null,
        step: 0,
        readings: [],
        warnings: [],
        number: ++replies,
        ...more,
    };
}

export function finding(kind, severity, subject, zh, en, more = {}) {
    return {
        kind,
        severity,
        subject,
        name: zh ? name(zh, en) : null,
        lot: null,
        quantity: null,
        reasons: null,
        last_usable_day: null,
        days_left: null,
        band: null,
        test: null,
        reading: null,
        limits: null,
        ...more,
    };
}

// [id, zh, en, strength, unit, position, par, flags]
const products = [
    ["epi", "肾上腺素注射液", "Epinephrine injection", "1 mg/1 mL", "支", "1层 左1", 10, "ch"],
    ["norepi", "去甲肾上腺素注射液", "Norepinephrine injection", "2 mg/1 mL", "支", "1层 左2", 5, "ch"],
    ["atropine", "阿托品注射液", "Atropine injection", "0.5 mg/1 mL", "支", "1层 左3", 10, "c"],
    ["amiodarone", "胺碘酮注射液", "Amiodarone injection", "150 mg/3 mL", "支", "1层 右1", 3, "ch"],
    ["lidocaine", "利多卡因注射液", "Lidocaine injection", "0.1 g/5 mL", "支", "1层 右2", 5, ""],
    ["dopamine", "多巴胺注射液", "Dopamine injection", "20 mg/2 mL", "支", "1层 右3", 5, "h"],
    ["dexa", "地塞米松磷酸钠注射液", "Dexamethasone injection", "5 mg/1 mL", "支", "2层 左1", 5, ""],
    ["bicarb", "碳酸氢钠注射液", "Sodium bicarbonate injection", "0.5 g/10 mL", "支", "2层 左2", 4, ""],
    ["glucose", "50%葡萄糖注射液", "Glucose injection 50%", "20 mL", "支", "2层 左3", 5, ""],
    ["naloxone", "纳洛酮注射液", "Naloxone injection", "0.4 mg/1 mL", "支", "2层 右1", 2, "c"],
    ["kcl", "氯化钾注射液", "Potassium chloride injection", "1 g/10 mL", "支", "2层 右2", 2, "h"],
    ["syringe", "一次性注射器", "Syringe", "20 mL", "个", "3层 左1", 10, ""],
    ["tube7", "气管插管", "Tracheal tube", "ID 7.0", "根", "3层 左2", 2, "c"],
    ["mask", "球囊面罩", "Bag-valve mask", "成人 adult", "个", "3层 右1", 1, "c"],
];

function line([id, zh, en, strength, unit, position, par, flags], i) {
    return {
        id,
        tag: own_tag(2, 100 + i),
        product: id,
        name: name(zh, en),
        strength,
        pinyin: id === "epi" ? "SSXSZSY" : "",
        unit,
        high_alert: flags.includes("h"),
        controlled: false,
        lasa_group: null,
        lasa_twin: null,
        position,
        blind: false,
        par,
        critical: flags.includes("c"),
        count_by: "line",
        state: "open",
        counted: null,
        on_file: par,
        usable: null,
        lots: [lot("A2407", "2027-08-31", 282, par)],
        proof: { evidence: "scanned", at: now },
    };
}

export function lot(number, day, days, quantity, more = {}) {
    return {
        lot: number,
        last_usable_day: day,
        days_left: days,
        quantity,
        damaged: 0,
        expired: days < 0,
        counted: false,
        sent: false,
        ...more,
    };
}

function set(lines, id, change) {
    const found = lines.find((one) => one.id === id);
    Object.assign(found, change);
}

// Half done: four in order, one short, one near expiry, one expired and taken out.
export function half_done_lines() {
    const lines = products.map(line);
    const counted = (id, count) =>
        set(lines, id, { state: "ok", counted: count, usable: count });
    counted("epi", 10);
    counted("atropine", 10);
    counted("lidocaine", 5);
    counted("dopamine", 5);
    set(lines, "norepi", {
        state: "attention",
        counted: 5,
        usable: 5,
        lasa_twin: name("肾上腺素注射液 1 mg/1 mL", "Epinephrine injection 1 mg/1 mL"),
        lots: [lot("A2399", "2026-12-15", 23, 5, { counted: true })],
    });
    set(lines, "dexa", { state: "attention", counted: 3, usable: 3 });
    set(lines, "naloxone", { state: "missing", counted: 0, usable: 0, lots: [] });
    set(lines, "bicarb", { lots: [lot("B1102", "2026-10-31", -22, 2, { expired: true })] });
    set(lines, "kcl", { lots: [lot("K77", "2027-02-10", 80, 2), lot("K80", "2027-04-30", 159, 1)] });
    return lines;
}

let step_number = 0;

function step(seconds, action, subject, zh, en, more = {}) {
    step_number += 1;
    return {
        number: step_number,
        at: new Date(Date.parse(now) - seconds * 1000).toISOString(),
        action,
        subject,
        name: zh ? name(zh, en) : null,
        quantity: null,
        lot: null,
        verdict: null,
        raw: null,
        passed: null,
        test: null,
        reading: null,
        undone: false,
        ...more,
    };
}

export function steps() {
    return [
        step(9, "line_counted", "norepi", "去甲肾上腺素注射液", "Norepinephrine injection", {
            quantity: 5,
            verdict: "near_expiry",
        }),
        step(14, "code_parked", null, null, null, { raw: "6901234567892" }),
        step(21, "line_counted", "dexa", "地塞米松磷酸钠注射液", "Dexamethasone injection", {
            quantity: 3,
        }),
        step(26, "line_missing", "naloxone", "纳洛酮注射液", "Naloxone injection", { quantity: 0 }),
        step(31, "line_counted", "lidocaine", "利多卡因注射液", "Lidocaine injection", {
            quantity: 5,
        }),
        step(36, "line_counted", "dopamine", "多巴胺注射液", "Dopamine injection", {
            quantity: 4,
            undone: true,
        }),
        step(44, "device_tested", "defib", "除颤仪", "Defibrillator", { passed: true }),
    ];
}

const shortages = [
    finding("shortage", "critical", "naloxone", "纳洛酮注射液", "Naloxone injection", {
        quantity: 2,
        reasons: { absent: 2 },
    }),
    finding("shortage", "normal", "dexa", "地塞米松磷酸钠注射液", "Dexamethasone injection", {
        quantity: 2,
        reasons: { absent: 2 },
    }),
    finding("near_expiry", "notice", "norepi", "去甲肾上腺素注射液", "Norepinephrine injection", {
        lot: "A2399",
        last_usable_day: "2026-12-15",
        days_left: 23,
        band: 30,
    }),
];

export function would_close(more = {}) {
    return {
        readiness: "not_ready",
        in_order: 12,
        required: 17,
        ready_until: null,
        not_scanned: [
            { subject: "glucose", name: name("50%葡萄糖注射液", "Glucose injection 50%"), lot: null },
            { subject: "mask", name: name("球囊面罩", "Bag-valve mask"), lot: "K7" },
        ],
        findings: shortages,
        ...more,
    };
}

export function check(more = {}) {
    const lines = half_done_lines();
    const tools = devices();
    tools[0].state = "passed";
    return {
        id: "ward-1/7",
        cart: "OR-1",
        cart_name: name("手术室 1 号车", "Theatre cart 1"),
        kind: "full",
        old_seal: { number: "0457701", intact: false, ready_until: null },
        use: null,
        seal_due: false,
        opened_at: "2026-11-22T03:58:48.000Z",
        checker: { id: "N012", name: "张敏" },
        done: 8,
        total: 17,
        exceptions: 3,
        reviewed: false,
        seal: null,
        lines,
        devices: tools,
        steps: steps(),
        parked: ["6901234567892"],
        would_close: would_close(),
        ...more,
    };
}

const due = (kind, on, days, state, by_shift = false) => ({ kind, on, days, state, by_shift });

function cart(id, zh, en, readiness, more = {}) {
    return {
        id,
        tag: own_tag(0, id.charCodeAt(id.length - 1)),
        name: name(zh, en),
        readiness,
        functions: { drugs: readiness },
        nearest: null, nearest_for: {},
        ready_until: null,
        last_full_check: "2026-11-16",
        last_sealed_check: null,
        last_handover: null,
        last_check: null,
        next_due: "2026-11-23",
        days_to_due: 1, due: [due("full", "2026-11-23", 1, "tomorrow")],
        seal: { number: "0457722", intact: true, ready_until: "2026-11-23" },
        in_order: 17,
        required: 17,
        use: null, open_check: null, findings: [], alerts: [],
        ...more,
    };
}

export function carts() {
    return [
        cart("OR-3", "走廊车", "Corridor cart", "ready", {
            ready_until: "2026-11-28",
            next_due: "2026-11-28",
            days_to_due: 6, due: [due("full", "2026-11-28", 6, "later")],
        }),
        cart("OR-1", "手术室 1 号车", "Theatre cart 1", "not_ready", {
            in_order: 15,
            findings: shortages,
            seal: { number: "0457701", intact: false, ready_until: null },
            alerts: [
                {
                    subject: "naloxone",
                    name: name("纳洛酮注射液", "Naloxone injection"),
                    severity: "critical",
                    quantity: 2,
                    state: "accepted",
                    delivered: true,
                    accepted_by: "王强",
                    expected_at: "2026-11-22T04:30:00.000Z",
                    dispatched: null,
                    silence: null,
                    escalated: [],
                },
                {
                    subject: "dexa",
                    name: name("地塞米松磷酸钠注射液", "Dexamethasone injection"),
                    severity: "normal",
                    quantity: 2,
                    state: "raised",
                    delivered: false,
                    accepted_by: null,
                    expected_at: null,
                    dispatched: null,
                    silence: null,
                    escalated: [],
                },
            ],
        }),
        cart("OR-2", "麻醉插管箱", "Intubation box", "overdue", {
            next_due: "2026-11-20",
            days_to_due: -2, due: [due("full", "2026-11-20", -2, "late"), due("handover", "2026-11-22", 0, "today", true)],
            findings: [finding("check_overdue", "high", "", null, null)],
        }),
    ];
}

export const stations = {
    node: "ward-1",
    role: "ward",
    stations: [
        { id: "OR", name: name("手术室", "Operating theatre") },
        { id: "3F", name: name("三楼护士站", "3rd floor nurse station") },
    ],
};

export function ward_view(more = {}) {
    return {
        role: "ward",
        node: "ward-1",
        now,
        today,
        station: stations.stations[0],
        link: { state: "connected", waiting: 0, waiting_since: null, problem: null },
        clock_back: null,
        ...{ recording: true, past: null },
        carts: carts(),
        session: {
            staff: null,
            cart: null,
            line: null,
            lot: null,
            device: null,
            test: null,
            kind: "full",
            seal: null,
            drawer: null,
            witness_due: false,
            needs_expiry: false,
        },
        check: null,
        last: null,
        ...more,
    };
}

export function session(more = {}) {
    return { ...ward_view().session, staff: { id: "N012", name: "张敏" }, cart: "OR-1", ...more };
}

function alert(cart_id, subject, zh, en, more = {}) {
    const theatre = cart_id === "OR-1";
    return {
        node: theatre ? "ward-1" : "ward-3f",
        cart: cart_id,
        cart_name: theatre
            ? name("手术室 1 号车", "Theatre cart 1")
            : name("三楼急救车", "3rd floor cart"),
        station: theatre
            ? { ...stations.stations[0], phone: "6021" }
            : { ...stations.stations[1], phone: "6033" },
        subject,
        name: name(zh, en),
        strength: "",
        unit: "支",
        kind: "line",
        high_alert: false,
        lasa_twin: null,
        position: "2层 右1",
        severity: "normal",
        quantity: 2,
        par: 2,
        usable: 0,
        reasons: { absent: 2 },
        kinds: ["shortage"],
        failed: [],
        episode: 1,
        state: "raised",
        raised_at: "2026-11-22T04:01:00.000Z",
        changed_at: "2026-11-22T04:01:00.000Z",
        accepted_by: null,
        accepted_at: null,
        expected_at: null,
        unsent: 2,
        dispatched: null,
        silence: null,
        escalated: [],
        ...more,
    };
}

export function board_alerts() {
    return [
        alert("OR-1", "naloxone", "纳洛酮注射液", "Naloxone injection", {
            strength: "0.4 mg/1 mL",
            severity: "critical",
        }),
        alert("OR-1", "defib", "除颤仪", "Defibrillator", {
            kind: "device",
            unit: "",
            severity: "critical",
            quantity: 0,
            par: 0,
            reasons: {},
            kinds: ["device_failed"],
            failed: [
                {
                    test: "battery",
                    name: name("电池电量", "Battery charge"),
                    reading: "12 %",
                    limits: "≥ 50 %",
                },
            ],
            position: "车顶",
        }),
        alert("OR-1", "norepi", "去甲肾上腺素注射液", "Norepinephrine injection", {
            strength: "2 mg/1 mL",
            severity: "high",
            high_alert: true,
            quantity: 3,
            par: 5,
            usable: 2,
            reasons: { expired: 2, absent: 1 },
            kinds: ["shortage", "expired"],
            lasa_twin: name("肾上腺素注射液", "Epinephrine injection"),
        }),
        alert("3F-1", "atropine", "阿托品注射液", "Atropine injection", {
            strength: "0.5 mg/1 mL",
            severity: "high",
            quantity: 4,
            par: 10,
            usable: 6,
            reasons: { damaged: 1, absent: 3 },
            state: "accepted",
            raised_at: "2026-11-22T03:20:00.000Z",
            accepted_by: "王强",
            accepted_at: "2026-11-22T03:24:00.000Z",
            expected_at: "2026-11-22T04:30:00.000Z",
        }),
    ];
}

export function board(more = {}) {
    return {
        role: "pharmacy",
        node: "pharmacy",
        now,
        today,
        clock_back: null,
        ...{ recording: true, past: null },
        ...{ session: { staff: null }, recalls_mark: "1" },
        counts: { not_ready: 1, overdue: 1, open_critical: 2, open: 4 },
        alerts: board_alerts(),
        carts: [
            board_cart("ward-1", "OR-1", "手术室 1 号车", "Theatre cart 1", "not_ready"),
            board_cart("ward-1", "OR-2", "麻醉插管箱", "Intubation box", "overdue"),
            board_cart("ward-3f", "3F-1", "三楼急救车", "3rd floor cart", "degraded"),
            board_cart("ward-120", "A-1", "120 急救箱", "Ambulance bag", "ready"),
        ],
        wards: [
            ward("ward-1", stations.stations[0].name, true, now),
            ward("ward-3f", stations.stations[1].name, true, "2026-11-22T04:02:55.000Z"),
            ward("ward-120", name("120 急救站", "Ambulance station"), false, "2026-11-22T02:01:00.000Z"),
        ],
        ...more,
    };
}

function board_cart(node, id, zh, en, readiness) {
    const [day, left] = readiness === "overdue" ? ["2026-11-20", -2] : ["2026-11-28", 6];
    return {
        node,
        id,
        name: name(zh, en),
        station: "OR",
        readiness,
        ready_until: readiness === "ready" ? "2026-11-28" : null,
        next_due: day, due: [due("full", day, left, left < 0 ? "late" : "later")], last_full_check: "2026-11-21",
    };
}

function ward(node, station, connected, last_contact) {
    return {
        node,
        stations: [station],
        connected,
        last_contact,
        last_entry_at: last_contact,
        ...{ problem: null, entries: 1201 },
    };
}
