// What a daemon answers of its setup: a few products, people, stations and one cart; a sheet as it
// would change them, and one with wrong rows.
const name = (zh, en) => ({ zh, en });
let version = 0;
const row = (body, more = {}) => {
    version += 1;
    return { version: version.toString(16).padStart(16, "0"), body, own: true, ...more };
};

function product(id, zh, en, pinyin, strength, more = {}) {
    return {
        ...{ id, kind: "drug", name: name(zh, en), pinyin, strength, form: "注射液", unit: "支" },
        ...{ high_alert: false, controlled: false, expires: true, lasa_group: "" },
        ...{ function: "circulation", identifiers: [], retired: false },
        ...more,
    };
}

export const setup_products = () => ({
    products: [
        row(
            product("epi", "肾上腺素注射液", "Epinephrine injection", "SSXSZSY", "1 mg/1 mL", {
                high_alert: true,
                lasa_group: "adrenaline",
                identifiers: [{ kind: "gtin", value: "09521000000100" }],
            }),
        ),
        row(
            product("norepi", "去甲肾上腺素注射液", "Norepinephrine injection", "QJSSXSZSY", "2 mg/1 mL", {
                lasa_group: "adrenaline",
            }),
        ),
        row(product("atropine", "阿托品注射液", "Atropine injection", "ATPZSY", "0.5 mg/1 mL", { retired: true })),
        row(product("amio", "胺碘酮注射液", "Amiodarone injection", "ADTZSY", "150 mg/3 mL"), { own: false }),
    ],
});

const person = (id, its_name, role, more = {}) =>
    row({ id, name: its_name, role, badge: "", retired: false }, { has_badge: true, ...more });

export const setup_staff = (more = {}) => ({
    needs_badge: true,
    staff: [
        person("N012", "张敏", "nurse"),
        person("N013", "李娜", "nurse", { has_badge: false }),
        person("H001", "陈静", "head_nurse"),
        person("P001", "王强", "pharmacist", { own: false }),
    ],
    ...more,
});

const station = (id, zh, en, phone) => row({ id, name: name(zh, en), phone });

export const setup_carts = () => ({
    stations: [station("OR", "手术室", "Operating theatre", "6101"), station("N3", "三楼护士站", "Ward 3", "6303")],
    carts: [
        {
            ...{ id: "OR-1", name: name("手术室 1 号车", "Theatre cart 1"), station: "OR" },
            ...{ lines: 3, devices: 1, retired: false, counted: false },
        },
        {
            ...{ id: "N3-1", name: name("三楼急救车", "Ward 3 cart"), station: "N3" },
            ...{ lines: 12, devices: 2, retired: false, counted: true },
        },
    ],
    bounds: {
        ...{ par: { low: 0, high: 9999 }, quantity: { low: 0, high: 9999 } },
        ...{ floor: { low: -200, high: 200 }, order: { low: 0, high: 9999 } },
        ...{ interval_days: { low: 1, high: 366 }, tolerance_percent: { low: 1, high: 100 } },
        units: [
            { unit: "%", low: "0", high: "100" },
            { unit: "MPa", low: "0", high: "40" },
            { unit: "kPa", low: "0", high: "101.325" },
            { unit: "J", low: "0", high: "500" },
        ],
        ...{ name_bytes: 256, code_bytes: 64 },
    },
});

const function_test = (id, zh, en, more = {}) => ({
    ...{ id, name: name(zh, en), critical: true, interval_days: null, unit: null, least: null },
    ...{ most: null, selected: null, tolerance_percent: 15, last: null },
    ...more,
});

export const stock_row = (line_id, holdings = []) =>
    row({ cart: "OR-1", line: line_id, holdings });

export const held_lot = (lot, day, quantity) => ({
    ...{ lot, last_usable_day: day, quantity, damaged: 0, serials: [], evidence: "typed" },
    ...{ seen_at: null, sealed_at: null, product: "" },
});

function line(product_id, position, par, critical) {
    return {
        ...{ id: product_id, tag: "9200000012", product: product_id, position, par, critical },
        ...{ count_by: "line", function: "circulation", holdings: [] },
    };
}

export const setup_cart = () => {
    const { version: known, body } = row({
        ...{ id: "OR-1", tag: "9000000010", name: name("手术室 1 号车", "Theatre cart 1"), station: "OR" },
        ...{ last_full_check: null, seal: null, retired: false },
        place: { building: "外科楼", floor: 4, order: 1, neighbours: [] },
        lines: [
            line("epi", "第1层-01", 10, true),
            line("norepi", "第1层-02", 5, true),
            line("amio", "第1层-03", 3, false),
        ],
        devices: [
            {
                ...{ id: "defib", tag: "9300000019", code: "ASSET-77", name: name("除颤仪", "Defibrillator") },
                ...{ position: "车顶", critical: true, function: "circulation", last_test: null },
                ...{ service_due: "2027-03-31", calibration_due: null },
                accessories: [{ id: "pads", name: name("电极片", "Pads"), last_usable_day: "2027-02-28" }],
                tests: [
                    function_test("selftest", "自检", "Self-test"),
                    function_test("energy", "放电能量", "Energy", { unit: "J", selected: "200", interval_days: 7 }),
                ],
            },
        ],
    });
    const stock = ["epi", "norepi", "amio"].map((id) =>
        stock_row(id, id === "epi" ? [held_lot("A1", "2027-09-30", 6)] : []),
    );
    return { version: known, body, stock };
};

const change = (part, field, from, to) => ({ part, field, from, to });

export const sheet_plan = (more = {}) => ({
    token: "a".repeat(64),
    needs_badge: true,
    counts: { added: 1, changed: 2, same: 37 },
    badges: 0,
    added: [{ kind: "product", id: "vaso", name: name("垂体后叶注射液", "Pituitary injection") }],
    changed: [
        {
            ...{ kind: "product", id: "epi", name: name("肾上腺素注射液", "Epinephrine injection") },
            fields: [change("", "high_alert", "no", "yes"), change("", "gtins", "", "09521000000100")],
        },
        {
            ...{ kind: "cart", id: "OR-1", name: name("手术室 1 号车", "Theatre cart 1") },
            fields: [change("line:epi", "par", "10", "12"), change("line:amio", "removed", "amio", "")],
        },
    ],
    kept_stock: ["OR-1"],
    kept_retired: [],
    refusal: null,
    ...more,
});

export const sheet_faults = () => ({
    more_faults: false,
    faults: [
        { row: 2, column: "gtins", fault: "gtin_length", values: { value: "123" } },
        { row: 5, column: "kind", fault: "none_of", values: { value: "毒药", words: "drug, consumable, device" } },
        { row: 9, column: "id", fault: "row_twice", values: { value: "epi" } },
    ],
});

export const setup_gets = () => ({
    "/api/v1/setup/products": setup_products(),
    "/api/v1/setup/staff": setup_staff(),
    "/api/v1/setup/carts": setup_carts(),
    "/api/v1/setup/cart": setup_cart(),
});
