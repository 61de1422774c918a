// A test code as a drawing, dark on white with its quiet zone, whatever the colours of the page.
import type { JSX } from "preact";

import type { TestSymbol } from "../wire";

// Bars are one module high: stretched to this, in modules.
const bars_height = 44;
// What a code takes of the page at most, in CSS pixels; a module is a whole number of them, so that
// no bar is drawn wider than its like.
const widest_px = 440;
const square_px = 176;
// What frames and margins take on a narrow screen.
const around_px = 86;

export function Symbol({ symbol, label }: { symbol: TestSymbol; label: string }): JSX.Element {
    const bars = symbol.height === 1;
    const high = bars ? bars_height : symbol.height;
    const top = bars ? 2 : symbol.quiet; // bars need their quiet zone at the sides only
    const width = symbol.width + 2 * symbol.quiet;
    const height = high + 2 * top;
    const room = Math.min(bars ? widest_px : square_px, window.innerWidth - around_px);
    const scale = Math.max(1, Math.floor(room / width));
    const path = symbol.dark
        .map(([x, y, w, h]) => {
            const tall = bars ? bars_height : h;
            return `M${x + symbol.quiet} ${y + top}h${w}v${tall}h${-w}z`;
        })
        .join("");
    return (
        <svg
            class="test-code"
            width={width * scale}
            height={height * scale}
            viewBox={`0 0 ${width} ${height}`}
            shape-rendering="crispEdges"
            role="img"
            aria-label={label}
        >
            <rect width={width} height={height} fill="#ffffff" />
            <path d={path} fill="#000000" />
        </svg>
    );
}
