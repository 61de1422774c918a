// The share of checks on time, week by week, with its median. Drawn as SVG: at most 53 points, and
// it prints as sharp as the words around it.
import type { JSX } from "preact";

import { text, word } from "../texts";
import { judge } from "./run_chart";
import type { Judged } from "./run_chart";
import { week_number } from "./weeks";

const width = 640;
const height = 210;
const left = 52;
const right = 12;
const top = 12;
const bottom = 34;
const labels_max = 13; // week numbers that fit side by side

interface Point {
    week: string;
    share: number;
}

function y_of(share: number): number {
    return top + (1 - share / 100) * (height - top - bottom);
}

function x_of(place: number, count: number): number {
    const step = count > 1 ? (width - left - right) / (count - 1) : 0;
    return left + place * step;
}

function per_cent(share: number): string {
    return text("history.per_cent", { share: share.toFixed(share % 1 === 0 ? 0 : 1) });
}

function summary(points: Point[], judged: Judged): string {
    return text("history.run_summary", {
        count: points.length,
        median: per_cent(judged.median ?? 0),
        signal: word("history_signal", judged.signal),
    });
}

function Axis(): JSX.Element {
    return (
        <g class="chart-axis">
            {[0, 50, 100].map((share) => (
                <g key={share}>
                    <line x1={left} x2={width - right} y1={y_of(share)} y2={y_of(share)} />
                    <text x={left - 8} y={y_of(share) + 5} text-anchor="end">
                        {per_cent(share)}
                    </text>
                </g>
            ))}
        </g>
    );
}

function WeekLabels({ points }: { points: Point[] }): JSX.Element {
    const every = Math.ceil(points.length / labels_max);
    return (
        <g class="chart-axis">
            {points.map(({ week }, i) =>
                i % every === 0 ? (
                    <text key={week} x={x_of(i, points.length)} y={height - 10} text-anchor="middle">
                        {week_number(week)}
                    </text>
                ) : null,
            )}
        </g>
    );
}

function Chart({ points, judged }: { points: Point[]; judged: Judged }): JSX.Element {
    const median = judged.median ?? 0;
    const places = points.map(({ share }, i) => `${x_of(i, points.length)},${y_of(share)}`);
    return (
        <svg
            class="run-chart"
            viewBox={`0 0 ${width} ${height}`}
            role="img"
            aria-label={summary(points, judged)}
        >
            <Axis />
            <WeekLabels points={points} />
            <line
                class="chart-median"
                x1={left}
                x2={width - right}
                y1={y_of(median)}
                y2={y_of(median)}
            />
            <polyline class="chart-line" points={places.join(" ")} />
            {points.map(({ week, share }, i) => (
                <circle key={week} class="chart-point" cx={x_of(i, points.length)} cy={y_of(share)} r={5} />
            ))}
        </svg>
    );
}

export function RunChart({ points }: { points: Point[] }): JSX.Element {
    const judged = judge(points.map(({ share }) => share));
    return (
        <section class="history-part" aria-label={text("history.run_chart")}>
            <h2>{text("history.run_chart")}</h2>
            {points.length === 0 ? (
                <p class="hint">{text("history.no_dues")}</p>
            ) : (
                <>
                    <Chart points={points} judged={judged} />
                    <p>{summary(points, judged)}</p>
                </>
            )}
        </section>
    );
}
