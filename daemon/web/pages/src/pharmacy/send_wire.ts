// What the pharmacy's daemon says of what is about to be sent, as types: as ../wire.ts, and by its
// rules.
import type { Name } from "../wire";

// What a scanned code says of a unit that is about to be sent.
export interface UnitRead {
    fits: boolean; // also of what may lie there in its place
    name: Name | null;
    product: string | null; // of a substitute
    lot: string | null;
    last_usable_day: string | null;
    serial: string | null;
    refusal: "dispatch_expired" | "dispatch_recalled" | null; // of a pack that fits
}
