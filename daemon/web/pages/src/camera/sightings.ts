// What a camera has seen over some frames, until it is sure: pure, no clock and no DOM. A code
// counts once two frames agree on it, and all that lie before the camera are waited for, because
// one frame alone may miss the code that matters.

export interface Point {
    x: number;
    y: number;
}

export interface Sighting {
    text: string; // with its symbology identifier, as a scanner sends it
    corners: Point[]; // around the symbol, in pixels of the frame
}

// Time for the other codes of a pack to be seen, from the first one on.
export const settle_ms = 350;
// Not longer than this for one that was seen once: it may have been read wrongly.
export const settle_max_ms = 1_000;
// With nothing in sight for this long the pack is gone.
export const lost_ms = 800;
// Frames that must agree on a text.
export const agreeing_frames_min = 2;

interface Seen {
    sighting: Sighting;
    frames: number;
}

export class Sightings {
    private x_seen = new Map<string, Seen>();
    private x_begun = 0;
    private x_last = 0;

    // Takes what one frame shows; the settled list, once there is one. Begins anew after it.
    take(frame: Sighting[], now: number): Sighting[] | null {
        if (this.x_seen.size > 0 && now - this.x_last > lost_ms) {
            this.x_seen.clear();
        }
        const texts = new Set<string>();
        for (const sighting of frame) {
            if (!texts.has(sighting.text)) {
                texts.add(sighting.text);
                this.count(sighting, now);
            }
        }
        return this.settled(now);
    }

    private count(sighting: Sighting, now: number): void {
        if (this.x_seen.size === 0) {
            this.x_begun = now;
        }
        this.x_last = now;
        const frames = (this.x_seen.get(sighting.text)?.frames ?? 0) + 1;
        this.x_seen.set(sighting.text, { sighting, frames });
    }

    private settled(now: number): Sighting[] | null {
        const all = [...this.x_seen.values()];
        const sure = all.filter((one) => one.frames >= agreeing_frames_min);
        const waited = now - this.x_begun;
        if (sure.length === 0 || waited < settle_ms) {
            return null;
        }
        if (sure.length < all.length && waited < settle_max_ms) {
            return null;
        }
        this.x_seen.clear();
        return sure.map((one) => one.sighting);
    }
}

// Each text once: a photograph has one frame only, and what it shows is all there is.
export function of_photo(found: Sighting[]): Sighting[] {
    const texts = new Set<string>();
    return found.filter((one) => !texts.has(one.text) && texts.add(one.text));
}
