// Within what a number of the setup must lie, as the daemon's rules have it.
export interface Bounds {
    low: number;
    high: number;
    may_be_empty: boolean;
}

export const par_bounds: Bounds = { low: 0, high: 9999, may_be_empty: false };
export const floor_bounds: Bounds = { low: -200, high: 200, may_be_empty: true };
export const order_bounds: Bounds = { low: 0, high: 9999, may_be_empty: true };

// Null: nothing was typed; NaN: something that is no number.
export function fits(value: number | null, { low, high, may_be_empty }: Bounds): boolean {
    return value === null ? may_be_empty : Number.isInteger(value) && value >= low && value <= high;
}
