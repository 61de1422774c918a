// What the daemons answer, as types: the shapes of schema/http.openapi.yaml. No behaviour here, and
// nothing that the page invents. Days are "YYYY-MM-DD", instants RFC 3339 with milliseconds.
import type { LinkProblem, LinkStatus, Past } from "./wire_link";
import type { DueCheck } from "./due";

export interface Name {
    zh: string;
    en: string;
}

export type ReplyKind = "accept" | "attention" | "reject" | "command";

// One way to read a pack's code that can be read in several.
export interface PackReading {
    lot: string | null;
    last_usable_day: string | null;
    serial: string | null;
}

export interface Reply {
    kind: ReplyKind;
    message: string;
    values: Record<string, string>;
    verdict: string | null;
    line: string | null;
    device: string | null;
    lot: string | null;
    last_usable_day: string | null;
    days_left: number | null;
    step: number;
    readings: PackReading[]; // those to choose from
    warnings: string[]; // what was repaired in a scan, or is doubted
    number: number; // counts what the station was told
}

export type Readiness = "ready" | "degraded" | "overdue" | "not_ready";
export type Severity = "critical" | "high" | "normal" | "notice";
export type Reasons = Partial<Record<"recalled" | "expired" | "damaged" | "absent", number>>;

export interface Finding {
    kind: string;
    severity: Severity;
    subject: string;
    name: Name | null;
    lot: string | null;
    quantity: number | null;
    reasons: Reasons | null;
    last_usable_day: string | null;
    days_left: number | null;
    band: number | null;
    test: Name | null; // of a device
    reading: string | null;
    limits: string | null;
}

export type AlertState = "raised" | "accepted" | "dispatched";

export interface CartAlert {
    subject: string;
    name: Name | null;
    severity: Severity;
    quantity: number;
    state: AlertState;
    delivered: boolean;
    accepted_by: string | null;
    expected_at: string | null;
    dispatched: Dispatched | null;
    silence: Silence | null;
    escalated: Escalated[];
}

// What the pharmacy sent for an alert.
export interface Dispatched {
    by: string | null;
    at: string;
    reason: string | null; // for fewer than asked
    units: SentUnits[];
}

export interface SentUnits {
    lot: string;
    last_usable_day: string | null;
    quantity: number;
    serials: string[];
    substitute: Name | null; // what they are in place of what was asked for
}

export interface Silence {
    by: string | null;
    reason: string;
    until: string;
}

export interface Escalated {
    rule: "not_accepted" | "not_resolved" | "not_restocked";
    at: string;
}

export interface Person {
    id: string;
    name: string;
}

// A cart that is ready, and where it stands.
export interface NearbyCart {
    node: string;
    cart: string;
    name: Name;
    station: Name | null;
    building: string;
    floor: number | null;
}

export type CheckKind = "full" | "sealed" | "after_use" | "handover" | "restock";

export interface Seal {
    number: string;
    intact: boolean;
    ready_until: string | null; // bound to the number when the cart was closed
}

export interface LastCheck {
    id: string;
    by: Person;
    at: string;
    remarks: { kind: string; value: number }[];
}

// The last emergency that a cart was opened for.
export interface CartUse {
    by: Person | null;
    opened_at: string;
    checked: boolean; // a full check was closed since
    ready_at: string | null;
}

export interface UsedLine {
    line: string;
    name: Name | null;
    par: number;
    used: number;
    left: number;
    left_counted: boolean;
    unexplained: number;
}

export interface Cart {
    use: CartUse | null;
    id: string;
    tag: string | null;
    name: Name;
    readiness: Readiness;
    functions: Record<string, Readiness>;
    nearest: NearbyCart | null; // of a cart that is not ready or overdue
    nearest_for: Record<string, NearbyCart | null>; // by function that is not ready
    ready_until: string | null;
    last_full_check: string | null;
    last_sealed_check: string | null;
    last_handover: string | null;
    last_check: LastCheck | null; // the full one that was closed last
    next_due: string | null;
    days_to_due: number | null;
    due: DueCheck[];
    seal: Seal | null;
    in_order: number;
    required: number;
    open_check: { id: string; checker: Person; opened_at: string; kind: CheckKind } | null;
    findings: Finding[];
    alerts: CartAlert[];
}

export interface Lot {
    lot: string;
    last_usable_day: string | null;
    days_left: number | null;
    quantity: number | null; // null on a blind line
    damaged: number | null;
    expired: boolean;
    counted: boolean;
    sent: boolean; // by the pharmacy, and not seen yet
    substitute: Name | null; // what it is where it lies in place of the line's own product
}

export interface Line {
    id: string;
    tag: string | null;
    product: string;
    name: Name;
    strength: string;
    pinyin: string; // initials of the Chinese name
    unit: string;
    high_alert: boolean;
    controlled: boolean;
    lasa_group: string | null;
    lasa_twin: Name | null;
    position: string;
    blind: boolean; // its number must be entered; nothing says which until then
    par: number | null;
    critical: boolean;
    count_by: "line" | "unit";
    state: "open" | "ok" | "attention" | "missing" | "not_asked";
    counted: number | null;
    on_file: number | null;
    usable: number | null;
    lots: Lot[];
    proof: { evidence: string; at: string | null } | null;
}

export interface Device {
    id: string;
    tag: string | null;
    name: Name;
    position: string;
    critical: boolean;
    state: "open" | "passed" | "failed";
    tests: DeviceTest[]; // none: tested as a whole
}

export interface DeviceTest {
    id: string;
    name: Name;
    critical: boolean;
    unit: string | null; // null: answered passed or failed
    limits: string | null;
    state: "open" | "passed" | "failed";
    reading: string | null; // in this check
    last_on: string | null; // before it
    last_reading: string | null;
}

export interface Step {
    number: number;
    at: string;
    action: string;
    subject: string | null;
    name: Name | null;
    quantity: number | null;
    lot: string | null;
    verdict: string | null;
    raw: string | null;
    passed: boolean | null; // of a device's test
    test: Name | null;
    reading: string | null;
    undone: boolean;
}

export interface WouldClose {
    readiness: Readiness;
    in_order: number;
    required: number;
    ready_until: string | null;
    not_scanned: { subject: string; name: Name | null; lot: string | null }[];
    findings: Finding[];
}

export interface Check {
    id: string;
    cart: string;
    cart_name: Name;
    kind: CheckKind;
    old_seal: Seal | null; // on record
    seal_due: boolean; // it is asked for and was not read
    use: { opened_at: string; lines: UsedLine[] } | null; // an emergency that is scanned out
    opened_at: string;
    checker: Person;
    done: number;
    total: number;
    exceptions: number;
    reviewed: boolean;
    seal: string | null;
    lines: Line[];
    devices: Device[];
    steps: Step[]; // newest first
    parked: string[];
    would_close: WouldClose;
}

// The machine's clock is behind the latest day that was judged here, or behind the pharmacy's.
export interface ClockBack {
    day: string;
    known: string;
    behind_pharmacy: boolean; // known is the pharmacy's: no cart is called ready, and no badge mends it
    waits_for_badge: boolean;
}

export interface View {
    role: "ward";
    node: string;
    now: string;
    today: string;
    clock_back: ClockBack | null;
    order: number; // of views since the daemon's start
    run: string; // names that start
    station: { id: string; name: Name };
    link: LinkStatus;
    recording: boolean;
    past: Past | null;
    carts: Cart[];
    session: {
        staff: Person | null;
        cart: string | null;
        line: string | null;
        lot: string | null;
        device: string | null;
        test: string | null;
        kind: CheckKind; // what begins next
        seal: string | null; // read before a badge, or not the one on record
        drawer: string | null; // asked for last
        witness_due: boolean; // the checker has signed: a second badge is due
        needs_expiry: boolean; // a scan or a number waits for a date
    };
    check: Check | null;
    last: Reply | null;
}

export interface BoardAlert {
    node: string;
    cart: string;
    cart_name: Name;
    station: { id: string; name: Name; phone: string };
    subject: string;
    name: Name;
    strength: string;
    unit: string;
    kind: "line" | "device";
    high_alert: boolean;
    lasa_twin: Name | null;
    position: string;
    severity: Severity;
    quantity: number;
    par: number;
    usable: number;
    reasons: Reasons;
    kinds: string[];
    failed: { test: string; name: Name; reading: string | null; limits: string | null }[];
    episode: number;
    state: AlertState;
    raised_at: string;
    changed_at: string;
    accepted_by: string | null;
    accepted_at: string | null;
    expected_at: string | null;
    unsent: number; // units asked for and not sent
    dispatched: Dispatched | null;
    silence: Silence | null;
    escalated: Escalated[];
}

export interface BoardCart {
    node: string;
    id: string;
    name: Name;
    station: string;
    readiness: Readiness;
    ready_until: string | null;
    next_due: string | null;
    due: DueCheck[];
    use: CartUse | null;
    last_full_check: string | null;
}

export interface Ward {
    node: string;
    stations: Name[];
    connected: boolean;
    last_contact: string | null;
    last_entry_at: string | null;
    entries: number;
    problem: LinkProblem | null;
}

export interface Board {
    role: "pharmacy";
    node: string;
    now: string;
    today: string;
    clock_back: ClockBack | null;
    order: number;
    run: string;
    recording: boolean;
    past: Past | null;
    session: { staff: Person | null };
    counts: { not_ready: number; overdue: number; open_critical: number; open: number };
    alerts: BoardAlert[];
    carts: BoardCart[];
    wards: Ward[];
    recalls_mark: string; // another one whenever the recalls have changed
}

export interface Stations {
    node: string;
    role: "ward" | "pharmacy";
    stations: { id: string; name: Name }[];
}

// Which of several codes before a camera is meant (POST /api/v1/scans/choose).
export interface Choice {
    chosen: number | null;
    codes: { awaited: boolean; name: Name | null; text: string }[];
}

// A command of the ward's page (POST /api/v1/commands).
export type Command =
    | { do: "select_line"; line: string; lot?: string }
    | { do: "seal"; number: string }
    | { do: "select_device"; device: string; test?: string }
    | { do: "quantity"; quantity: number; line?: string }
    | { do: "missing"; line?: string }
    | { do: "damaged"; quantity: number; line?: string }
    | { do: "take_out_expired"; line?: string }
    | { do: "expiry"; last_usable_day: string; lot?: string; line?: string }
    | { do: "test"; passed: boolean; device?: string; test?: string }
    | { do: "reading"; value: string; device?: string; test?: string }
    | { do: "test"; passed: boolean; device?: string }
    | { do: "seal_said"; said: "emergency" | "mistake" | "record_wrong" }
    | { do: "kind"; kind: "full" | "handover" }
    | { do: "used" }
    | { do: "count_left" }
    | { do: "restock" }
    | { do: "next_drawer" }
    | { do: "help" }
    | { do: "issue_seals"; station: string; first: string; last: string }
    | { do: "void_seal"; number: string; reason: string }
    | ({ do: "choose_reading" } & PackReading)
    | { do: "undo" }
    | { do: "close" }
    | { do: "cancel" }
    | { do: "link_code"; raw: string; product: string };

// The scanner check (GET /api/v1/scanner_check and what is posted below it).
export type TestCode = "digits" | "letters" | "gs1";

export interface TestSymbol {
    code: TestCode;
    data: string;
    width: number; // modules
    height: number; // 1: bars
    quiet: number;
    dark: [number, number, number, number][];
}

export interface ScannerProfile {
    layout: "us" | "uk" | "de" | "fr";
    letters: string;
    identifiers: string;
    separator: string;
    prefix: string;
    suffix: string;
    line_end: boolean;
    checked_at: string | null;
}

export interface KnownScanner {
    name: string;
    identity: string;
    kind: string;
    layout: "us" | "uk" | "de" | "fr";
    present: boolean;
    reason: string;
    detail: string;
    profile: ScannerProfile | null;
}

export interface ScannerCheckInfo {
    codes: TestSymbol[];
    scanners: KnownScanner[];
    page: KnownScanner;
}

export interface ScannerFault {
    fault: string;
    grade: "handled" | "advised" | "required";
    sheet: string;
    code: TestCode | null;
    detail: string;
}

export interface Checkup {
    readable: Record<TestCode, boolean>;
    faults: ScannerFault[];
    profile: ScannerProfile | null;
    kept: boolean;
}

// What the live connection carries.
export type LiveMessage<V> = { type: "view"; view: V } | { type: "tick"; now: string };
