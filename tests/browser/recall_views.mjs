// Recalls as a pharmacy tells of them, for page tests with set answers: one half done, one withdrawn.
const name = (zh, en) => ({ zh, en });
export const epinephrine = {
    id: "epi",
    name: name("肾上腺素注射液", "Epinephrine injection"),
    strength: "1 mg/1 mL", pinyin: "SSXSZSY",
};
export const atropine = {
    id: "atropine",
    name: name("阿托品注射液", "Atropine injection"),
    strength: "0.5 mg/1 mL", pinyin: "ATPZSY",
};
const pharmacist = { id: "P001", name: "王强" };

function place(now, removed) {
    return {
        cart: "OR-1",
        cart_name: name("手术室抢救车", "Theatre crash cart"),
        line: "epi",
        position: "1 层 3 格",
        held: 5,
        now,
        possible: 0,
        removed,
        removed_proved: removed,
        unaccounted: 5 - now - removed,
        removed_at: removed > 0 ? "2026-11-22T03:30:00.000Z" : null,
        removed_by: removed > 0 ? { id: "N001", name: "李敏" } : null,
    };
}

// A line of another cart whose units are on file without a lot, or were until somebody looked.
function without_lot(possible, cart) {
    return {
        ...place(0, 0),
        ...{ cart, cart_name: name(`${cart} 号车`, `Cart ${cart}`), possible, held: 0, unaccounted: 0 },
    };
}

export function half_done() {
    const nothing = { now: 0, possible: 0, removed: 0, unaccounted: 0, places: [] };
    return {
        seq: 12,
        product: epinephrine.id,
        name: epinephrine.name,
        strength: epinephrine.strength,
        lot: "Z9",
        reason: "厂家通知：可见异物",
        issued_at: "2026-11-22T02:00:00.000Z",
        issued_by: pharmacist,
        withdrawn: null,
        done: false,
        ...{ waiting: 1, now: 2, possible: 3, removed: 2, unaccounted: 1 },
        wards: [
            {
                ...{ node: "ward-1", answered_at: "2026-11-22T02:00:01.000Z" },
                ...{ now: 2, possible: 3, removed: 2, unaccounted: 1 },
                places: [place(2, 2), without_lot(3, "OR-2"), without_lot(0, "OR-3")],
            },
            { ...nothing, node: "ward-120", answered_at: null },
            { ...nothing, node: "ward-3f", answered_at: "2026-11-22T02:00:01.000Z" },
        ],
    };
}

export function withdrawn() {
    return {
        ...half_done(),
        ...{ seq: 3, product: atropine.id, name: atropine.name, strength: atropine.strength },
        ...{ lot: null, wards: [], waiting: 0, now: 0, possible: 0, removed: 0, unaccounted: 0 },
        withdrawn: { at: "2026-11-20T02:00:00.000Z", by: pharmacist, reason: "误发" },
    };
}
