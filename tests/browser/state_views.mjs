// What the daemons say in the states that are looked at (ward_states.mjs, board_states.mjs).
import * as views from "./views.mjs";

export const norepi = {
    name: "去甲肾上腺素注射液",
    name_en: "Norepinephrine injection",
    strength: "2 mg/1 mL",
    unit: "支",
    position: "1层 左2",
    par: "5",
    total: "5",
    quantity: "5",
    lot: "A2399",
    last_usable_day: "2026-12-15",
    days_left: "23",
    band: "30",
    also: "new_lot",
};
export const epi = { ...norepi, name: "肾上腺素注射液", name_en: "Epinephrine injection", lot: "A2407" };
export const bicarb = { ...norepi, name: "碳酸氢钠注射液", name_en: "Sodium bicarbonate injection" };

export function in_check(last, session = {}, more = {}) {
    return views.ward_view({
        session: views.session({ line: "norepi", ...session }),
        check: views.check(more),
        last,
    });
}

export const near = views.reply("attention", "near_expiry", norepi, {
    verdict: "near_expiry",
    line: "norepi",
    lot: "A2399",
    last_usable_day: "2026-12-15",
    days_left: 23,
});
export const accepted = views.reply("accept", "ok", { ...epi, quantity: "10", total: "10", par: "10" }, {
    verdict: "ok",
    line: "epi",
    lot: "A2407",
    last_usable_day: "2027-08-31",
    days_left: 282,
});
export const expired = views.reply(
    "reject",
    "expired",
    { ...bicarb, lot: "B1102", last_usable_day: "2026-10-31" },
    { verdict: "expired", line: "bicarb", lot: "B1102", last_usable_day: "2026-10-31", days_left: -22 },
);
export const unknown = views.reply("reject", "unknown_code", { text: "6901234567892" }, {
    verdict: "unknown_code",
});
export const undone = views.reply("command", "undone", {
    step: "7",
    what: "line_counted",
    name: "多巴胺注射液",
    name_en: "Dopamine injection",
    lot: "",
    quantity: "4",
    text: "",
});
export const which = views.reply(
    "reject",
    "which_lot",
    { ...norepi, name: "氯化钾注射液", name_en: "Potassium chloride injection", lots: "K77, K80" },
    { line: "kcl" },
);
export const device = views.reply(
    "command",
    "test_device",
    { name: "电动吸引器", name_en: "Suction unit", position: "车侧" },
    { device: "suction" },
);
export const review = views.reply("attention", "review_missing", {
    count: "2",
    names: "50%葡萄糖注射液、球囊面罩",
    names_en: "Glucose injection 50%, Bag-valve mask",
});

export const offline = { state: "connecting", waiting: 37, waiting_since: "2026-11-22T02:11:00.000Z", problem: null };
export const revoked = { ...offline, problem: { code: "revoked", text: "" } };
export const awaited = {
    reason: "restored",
    began_at: "2026-11-22T04:00:00.000Z",
    peers: [
        { node: "ward-1", hearing: "heard", owed: 0 },
        { node: "ward-120", hearing: "awaited", owed: 0 },
    ],
};
export const ward_past = { ...awaited, peers: [{ node: "pharmacy", hearing: "awaited", owed: 0 }] };
export const clock_back = { day: "2026-11-22", known: "2036-11-22", behind_pharmacy: false, waits_for_badge: false };
export const ready = { readiness: "ready", in_order: 17, not_scanned: [], findings: [] };

export const use = {
    opened_at: "2026-11-22T03:49:00.000Z",
    lines: [
        {
            ...{ line: "epi", name: { zh: "肾上腺素注射液", en: "Epinephrine injection" }, par: 10 },
            ...{ used: 3, left: 7, left_counted: true, unexplained: 0 },
        },
        {
            ...{ line: "amiodarone", name: { zh: "胺碘酮注射液", en: "Amiodarone injection" }, par: 3 },
            ...{ used: 2, left: 0, left_counted: true, unexplained: 1 },
        },
    ],
};
export const sealed = {
    kind: "sealed",
    old_seal: { number: "0457722", intact: true, ready_until: "2026-11-28" },
    ...{ seal_due: true, done: 0, total: 0, exceptions: 0, devices: [], steps: [], parked: [] },
    lines: views.half_done_lines().map((one) => ({ ...one, state: "not_asked" })),
    would_close: views.would_close({ ...ready, ready_until: "2026-11-28" }),
};
export const no_match = views.reply("reject", "seal_mismatch", {
    ...{ cart_name: "手术室 1 号车", cart_name_en: "Theatre cart 1" },
    ...{ number: "0457733", expected: "0457722" },
});
export const unclear = views.reply(
    "reject",
    "unclear_code",
    { name: "肾上腺素", name_en: "Epinephrine", readings: "B2 2028-12-31 / B217281231" },
    {
        readings: [
            { lot: "B2", last_usable_day: "2028-12-31", serial: "S9" },
            { lot: "B217281231", last_usable_day: null, serial: null },
        ],
        warnings: ["missing_separator_suspected"],
    },
);
