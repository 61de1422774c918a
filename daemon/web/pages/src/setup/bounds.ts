// Within what a number of the setup must lie: the daemon's rules say so, beside its carts.
import { cart_list } from "./setup_state";
import type { Range, SetupBounds } from "./wire";

type Ranged = { [K in keyof SetupBounds]: SetupBounds[K] extends Range ? K : never }[keyof SetupBounds];

// Numbers that may be left out.
const optional: readonly Ranged[] = ["floor", "order", "interval_days"];

export interface Bounds {
    range: Range | null; // null: nobody told yet; the daemon judges
    may_be_empty: boolean;
}

export function bounds_of(what: Ranged): Bounds {
    const told = cart_list.value.value?.bounds;
    return { range: told?.[what] ?? null, may_be_empty: optional.includes(what) };
}

// Null: nothing was typed; NaN: something that is no number.
export function fits(value: number | null, { range, may_be_empty }: Bounds): boolean {
    if (value === null) {
        return may_be_empty;
    }
    return Number.isInteger(value) && (!range || (value >= range.low && value <= range.high));
}

// What a reading in this unit can be at all, as typed.
export function reading_range(unit: string): { low: string; high: string } | null {
    const told = cart_list.value.value?.bounds.units.find((one) => one.unit === unit);
    return told ?? null;
}

export function reading_fits(typed: string | null, unit: string): boolean {
    if (typed === null) {
        return true;
    }
    const range = reading_range(unit);
    return (
        /^-?\d{1,6}(\.\d{1,3})?$/.test(typed)
        && (!range || (Number(typed) >= Number(range.low) && Number(typed) <= Number(range.high)))
    );
}

// Whether a text has no more bytes of UTF-8 than the rules take.
export function text_fits(value: string, what: "name_bytes" | "code_bytes"): boolean {
    const most = cart_list.value.value?.bounds[what];
    return most === undefined || new TextEncoder().encode(value).length <= most;
}
