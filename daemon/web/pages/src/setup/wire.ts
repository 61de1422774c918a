// What the daemon tells of its setup, as schema/http.openapi.yaml has it; bodies as the journal
// records them (schema/entries).
import type { Name } from "../wire";

// One definition with the version that an edit of it names; `own` false: the pharmacy's.
export interface Row<B> {
    version: string;
    body: B;
    own: boolean;
}

export const identifier_kinds = [
    "gtin",
    "drug_trace_prefix",
    "drug_code",
    "udi_di",
    "hospital",
] as const;
export const product_kinds = ["drug", "consumable", "device"] as const;
export const roles = ["nurse", "head_nurse", "pharmacist", "manager", "administrator"] as const;
export const functions = ["", "airway", "breathing", "circulation", "drugs", "other"] as const;

export interface Identifier {
    kind: (typeof identifier_kinds)[number];
    value: string;
}

export interface ProductBody {
    id: string;
    kind: (typeof product_kinds)[number];
    name: Name;
    pinyin: string;
    strength: string;
    form: string;
    unit: string;
    high_alert: boolean;
    controlled: boolean;
    expires: boolean;
    lasa_group: string;
    function: string;
    identifiers: Identifier[];
    retired: boolean;
}

export interface StaffBody {
    id: string;
    name: string;
    role: (typeof roles)[number];
    badge: string; // as it was scanned just now; empty: the known one stays
    retired: boolean;
}

export interface StaffRow extends Row<StaffBody> {
    has_badge: boolean;
}

export interface StationBody {
    id: string;
    name: Name;
    phone: string;
}

export interface LineBody {
    id: string;
    tag: string;
    product: string;
    position: string;
    par: number | null; // null or NaN: not, or wrongly, typed; never sent so
    critical: boolean;
    count_by: "line" | "unit";
    function: string;
    holdings: [];
}

export const test_units = ["%", "MPa", "kPa", "J"] as const;

// Readings are decimal numbers as they are typed, null for none.
export interface TestBody {
    id: string;
    name: Name;
    critical: boolean;
    interval_days: number | null; // null: at each full check; NaN as a par
    unit: (typeof test_units)[number] | null; // null: answered yes or no
    least: string | null;
    most: string | null;
    selected: string | null;
    tolerance_percent: number | null; // as a par
    last: null;
}

export interface AccessoryBody {
    id: string;
    name: Name;
    last_usable_day: string | null;
}

export interface DeviceBody {
    id: string;
    tag: string;
    code: string;
    name: Name;
    position: string;
    critical: boolean;
    function: string;
    last_test: null;
    service_due: string | null;
    calibration_due: string | null;
    accessories: AccessoryBody[];
    tests: TestBody[];
}

export interface HoldingBody {
    lot: string;
    last_usable_day: string | null;
    quantity: number | null; // as a par
    damaged: number;
    serials: string[];
    evidence: "scanned" | "slot" | "typed" | "sealed";
    seen_at: string | null;
    sealed_at: string | null;
    product: string;
}

export interface StockBody {
    cart: string;
    line: string;
    holdings: HoldingBody[];
}

export interface CartBody {
    id: string;
    tag: string;
    name: Name;
    station: string;
    lines: LineBody[];
    devices: DeviceBody[];
    last_full_check: null;
    seal: null;
    retired: boolean;
    place: { building: string; floor: number | null; order: number | null; neighbours: string[] };
}

export interface CartRow {
    id: string;
    name: Name;
    station: string;
    lines: number;
    devices: number;
    retired: boolean;
    counted: boolean; // a check said, or is saying, what it holds
}

// A cart's list, and what its lines hold while no check has said so.
export interface CartAnswer {
    version: string;
    body: CartBody;
    stock: { version: string; body: StockBody }[] | null;
}

export interface Range {
    low: number; // both ends included
    high: number;
}

// Within what numbers and texts of a cart's list must lie.
export interface SetupBounds {
    par: Range;
    quantity: Range;
    floor: Range;
    order: Range;
    interval_days: Range;
    tolerance_percent: Range;
    units: { unit: string; low: string; high: string }[];
    name_bytes: number;
    code_bytes: number;
}

export interface Products {
    products: Row<ProductBody>[];
}

export interface StaffList {
    staff: StaffRow[];
    needs_badge: boolean; // false: nobody is known yet
}

export interface Carts {
    stations: Row<StationBody>[];
    carts: CartRow[];
    bounds: SetupBounds;
}

export interface Definition {
    kind:
        | "product.defined"
        | "staff.defined"
        | "station.defined"
        | "cart.defined"
        | "stock.recorded";
    version: string; // of what it replaces; empty: it is new
    body: object;
}

export interface FieldChange {
    part: string; // "line:ID", "device:ID"; empty: the thing itself
    field: string;
    from: string;
    to: string;
}

export interface SheetChange {
    kind: string;
    id: string;
    name: Name;
    fields?: FieldChange[];
}

export interface RowFault {
    row: number;
    column: string;
    fault: string;
    values: Record<string, string>;
}

export interface SheetFaults {
    faults: RowFault[];
    more_faults: boolean;
}

export interface SheetPlan {
    token: string;
    needs_badge: boolean;
    counts: { added: number; changed: number; same: number };
    badges: number; // rows that name a badge of somebody known: judged once it is signed
    added: SheetChange[];
    changed: SheetChange[];
    kept_stock: string[];
    kept_retired: string[];
    refusal: { message: string; values: Record<string, string> } | null;
}

export type SheetShown = SheetFaults | SheetPlan;
