// How fast a scanner types: the gaps between its keys in a check, and whether the page's limit fits
// them. Pure.
import { char_gap_max_ms } from "../wedge";

export interface Timing {
    median: number; // milliseconds, as all of these
    p95: number;
    longest: number;
    limit: number; // that this scanner needs: a longer gap parts two scans
    fits: boolean; // the page's own limit is enough
}

// A gap may be half as long again as the longest that was seen.
const slack = 1.5;
const step_ms = 10;
// Of a check's scans; the oldest go first.
export const gaps_kept = 1_000;

// The value at or below which this part of the sorted values lies.
function quantile(sorted: number[], part: number): number {
    return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? 0;
}

// null: no gap was seen.
export function timing_of(gaps: number[]): Timing | null {
    if (gaps.length === 0) {
        return null;
    }
    const sorted = [...gaps].sort((a, b) => a - b);
    const longest = sorted[sorted.length - 1] ?? 0;
    const limit = Math.max(char_gap_max_ms, Math.ceil((longest * slack) / step_ms) * step_ms);
    return {
        median: quantile(sorted, 0.5),
        p95: quantile(sorted, 0.95),
        longest,
        limit,
        fits: limit === char_gap_max_ms,
    };
}
