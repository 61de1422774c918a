// What the pharmacy's daemon says of recalls and products, as types: as wire.ts, and by its rules.
import type { Name, Person } from "../wire";

// A product of the pharmacy's (GET /api/v1/products).
export interface Product {
    id: string;
    name: Name;
    strength: string;
    pinyin: string; // initials of the Chinese name
}

// What a scanned code says of a pack (POST /api/v1/products/read).
export interface PackRead {
    products: Product[];
    lot: string | null;
    last_usable_day: string | null;
    serial: string | null;
}

// One line of one cart that holds a recalled lot, or held it when its ward learnt of the recall.
export interface RecallPlace {
    cart: string;
    cart_name: Name;
    line: string;
    position: string;
    held: number;
    now: number;
    possible: number; // there without a lot on file: may be of it
    removed: number;
    removed_proved: number; // of them: with the lot's own code scanned
    unaccounted: number; // neither there nor taken out under the recall
    removed_at: string | null;
    removed_by: Person | null;
}

export interface RecallWard {
    node: string;
    answered_at: string | null;
    now: number;
    possible: number;
    removed: number;
    unaccounted: number;
    places: RecallPlace[];
}

// Where a recall stands (GET /api/v1/recalls).
export interface Recall {
    seq: number;
    product: string;
    name: Name;
    strength: string;
    lot: string | null; // null: every lot
    reason: string;
    issued_at: string;
    issued_by: Person | null;
    withdrawn: { at: string; by: Person | null; reason: string } | null;
    done: boolean;
    waiting: number; // wards that have not answered
    now: number;
    possible: number;
    removed: number;
    unaccounted: number;
    wards: RecallWard[];
}
