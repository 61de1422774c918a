// A run chart's rules: the median of the points, and whether they say that something changed. By
// Anhøj: a run on one side of the median that is too long, or a line that crosses it too seldom.
// There is no rule of trends: it finds nothing that is there (Anhøj and Olesen, 2014).

// Fewer points than this say nothing.
export const points_min = 10;

export interface Judged {
    median: number | null;
    points: number; // that are not on the median
    longest_run: number;
    longest_allowed: number;
    crossings: number;
    crossings_required: number;
    signal: "none" | "run" | "crossings" | "both" | "too_few";
}

export function median_of(values: number[]): number | null {
    const sorted = [...values].sort((a, b) => a - b);
    const upper = sorted[Math.floor(sorted.length / 2)];
    const lower = sorted[Math.floor((sorted.length - 1) / 2)];
    return upper === undefined || lower === undefined ? null : (upper + lower) / 2;
}

// The smallest number of heads in so many throws of a coin that is reached or stayed below in at
// least one case of twenty.
function twentieth_of_throws(throws: number): number {
    let chance = 0.5 ** throws; // of exactly `heads`
    let sum = chance;
    let heads = 0;
    while (sum < 0.05) {
        chance *= (throws - heads) / (heads + 1);
        heads += 1;
        sum += chance;
    }
    return heads;
}

export function longest_allowed(points: number): number {
    return Math.round(Math.log2(points) + 3);
}

export function crossings_required(points: number): number {
    return twentieth_of_throws(points - 1);
}

// Lengths of the runs on one side of the median, in order.
function runs_of(sides: boolean[]): number[] {
    const runs: number[] = [];
    sides.forEach((side, i) => {
        if (i > 0 && side === sides[i - 1]) {
            runs[runs.length - 1] = (runs[runs.length - 1] ?? 0) + 1;
        } else {
            runs.push(1);
        }
    });
    return runs;
}

export function judge(values: number[]): Judged {
    const median = median_of(values);
    const sides = values.filter((one) => one !== median).map((one) => one > (median ?? 0));
    const runs = runs_of(sides);
    const said = {
        median,
        points: sides.length,
        longest_run: Math.max(0, ...runs),
        longest_allowed: longest_allowed(Math.max(sides.length, 1)),
        crossings: Math.max(0, runs.length - 1),
        crossings_required: crossings_required(Math.max(sides.length, 1)),
    };
    if (sides.length < points_min) {
        // All points on the median are no change either.
        return { ...said, signal: values.length >= points_min ? "none" : "too_few" };
    }
    const run = said.longest_run > said.longest_allowed;
    const crossing = said.crossings < said.crossings_required;
    const signal = run && crossing ? "both" : run ? "run" : crossing ? "crossings" : "none";
    return { ...said, signal };
}
