// What a daemon answers for the files beside a list: substitutes, the rules, the stock of seals.
const name = (zh, en) => ({ zh, en });

export const pharmacist = { id: "P001", name: "王强" };
export const epinephrine = {
    id: "epi",
    name: name("肾上腺素注射液", "Epinephrine injection"),
    strength: "1 mg/1 mL",
    pinyin: "SSXSZSY",
};
export const atropine = {
    id: "atropine",
    name: name("阿托品注射液", "Atropine injection"),
    strength: "0.5 mg/1 mL",
    pinyin: "ATPZSY",
};

export function substitution(more = {}) {
    return {
        product: epinephrine.id,
        name: epinephrine.name,
        strength: epinephrine.strength,
        substitute: {
            product: "epi-pen",
            name: name("肾上腺素自动注射笔", "Epinephrine auto-injector"),
            strength: "0.3 mg",
        },
        cart: "OR-1",
        line: null,
        until: "2026-12-06",
        warning: "每支 0.3 mg，一次用三支",
        published_at: "2026-11-20T02:00:00.000Z",
        published_by: pharmacist,
        withdrawn: null,
        in_force: true,
        ...more,
    };
}

export const ended = () =>
    substitution({
        ...{ product: atropine.id, name: atropine.name, strength: atropine.strength },
        ...{ cart: null, in_force: false },
        withdrawn: { at: "2026-11-21T02:00:00.000Z", by: pharmacist, reason: "已到货" },
    });

export function policy(more = {}) {
    return {
        ...{ check_interval_days: 7, delivery_days: 1, near_expiry_days: [180, 90, 30] },
        ...{ shortest_life_days: 90, working_day_begins_hour: 6, accept_within_minutes: 15 },
        ...{ resolve_critical_within_hours: 2, restock_within_hours: 24, sealed_within_days: 30 },
        ...{ sealed_counts_as_weekly: false, sealed_interval_days: 0, handover_interval_days: 0 },
        ...{ shift_hours: [], sealed_each_shift: false, handover_each_shift: false },
        ...{ witness: "controlled", by_unit: "off", serialised_by_unit: false, blind_lines: 2 },
        ...{ pace_seconds_per_line: 1, same_label_times: 5, list_order_checks: 3 },
        ...more,
    };
}

export function policy_view(more = {}) {
    const first = policy({ check_interval_days: 5, witness: "controlled_and_high_alert" });
    const second = { ...first, near_expiry_days: [90, 30] };
    const change = (seq, at, set) => ({ seq, at, by: pharmacist, policy: set });
    return {
        policy: second,
        defaults: policy(),
        changes: [
            change(40, "2026-11-21T01:15:00.000Z", second),
            change(7, "2026-09-01T00:30:00.000Z", first),
        ],
        more: false,
        ...more,
    };
}

function series(first, last, more) {
    return {
        ...{ first, last, issued_at: "2026-11-01T02:00:00.000Z", issued_by: pharmacist },
        ...{ count: 10, left: 0, next: null, on_cart: 0, broken: 10 },
        ...{ gap_count: 0, gaps: [], voided_count: 0, voided: [] },
        ...more,
    };
}

export function seal_stock() {
    const voided = [
        {
            number: "0457725",
            at: "2026-11-12T02:00:00.000Z",
            by: { id: "H01", name: "陈护士长" },
            reason: "拆封时折断",
        },
    ];
    const now = series("0457721", "0457730", {
        ...{ left: 3, next: "0457728", on_cart: 2, broken: 2, voided_count: 1, voided },
        ...{ gap_count: 2, gaps: ["0457723", "0457724"] },
    });
    return {
        nodes: [
            {
                node: "ward-1",
                never_issued: 1,
                stations: [
                    { station: "N3", name: name("三楼护士站", "3rd floor station"), series: [] },
                    {
                        station: "OR",
                        name: name("手术室", "Operating theatre"),
                        series: [now, series("0457711", "0457720", {})],
                    },
                ],
            },
        ],
    };
}

export const gets = () => ({
    "/api/v1/recalls": { recalls: [] },
    "/api/v1/products": { products: [epinephrine, atropine] },
    "/api/v1/policy": policy_view(),
    "/api/v1/seals": seal_stock(),
    "/api/v1/substitutions": { substitutions: [substitution(), ended()] },
});
