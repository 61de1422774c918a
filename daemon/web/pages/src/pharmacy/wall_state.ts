// The board on a wall: the same rows, to be read from three metres, and nothing to press but the way
// back. A screen that hangs there is opened at "/?wall".
import { effect, signal } from "@preact/signals";

const asked = "wall";

export const wall = signal(new URLSearchParams(window.location.search).has(asked));

export function set_wall(on: boolean): void {
    const place = new URL(window.location.href);
    on ? place.searchParams.set(asked, "") : place.searchParams.delete(asked);
    window.history.replaceState(null, "", place);
    wall.value = on;
}

export function follow_wall(): void {
    effect(() => {
        document.documentElement.classList.toggle(asked, wall.value);
    });
}
