// Glyphs, drawn so that they look alike on every machine. They never stand without a word; a
// screen reader hears the word alone.
import type { JSX } from "preact";

const paths = {
    check: "M4 12.5l5 5L20 6.5",
    cross: "M5.5 5.5l13 13M18.5 5.5l-13 13",
    notice: "M12 3.5L22 20.5H2zM12 10v5M12 17.6v.6",
    clock: "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7.5V12l3.5 2",
    circle: "M12 4.5a7.5 7.5 0 100 15 7.5 7.5 0 000-15z",
    arrow: "M4 12h15M13 6l6 6-6 6",
    undo: "M9 6L4 11l5 5M4 11h10a6 6 0 010 12h-2",
    search: "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L21 21",
    sound: "M4 9.5v5h4l5 4v-13l-5 4zM16.5 9a4.5 4.5 0 010 6M19 6.5a8 8 0 010 11",
    muted: "M4 9.5v5h4l5 4v-13l-5 4zM16.5 9.5l5 5M21.5 9.5l-5 5",
    lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3",
    barcode: "M4 5v14M7 5v14M11 5v14M13.5 5v14M17 5v14M20 5v14",
    camera: "M4 8h3l2-3h6l2 3h3v11H4zM12 9.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7z",
    person: "M12 4a4 4 0 100 8 4 4 0 000-8zM4.5 20.5c1-4 4-5.5 7.5-5.5s6.5 1.5 7.5 5.5",
    truck: "M2 6h12v10H2zM14 10h4l4 3.5V16h-8zM6.5 16a2 2 0 100 4 2 2 0 000-4zM17.5 16a2 2 0 100 4 2 2 0 000-4z",
    phone: "M6 3h4l1.5 5-2.5 2a12 12 0 005 5l2-2.5 5 1.5v4c0 1.5-1 2-2 2C10 20 4 13 4 5c0-1 .7-2 2-2z",
    erase: "M8 5h13v14H8l-6-7zM11 9l6 6M17 9l-6 6",
    link: "M9 15l6-6M8 12l-2.5 2.5a3.5 3.5 0 005 5L13 17M16 12l2.5-2.5a3.5 3.5 0 00-5-5L11 7",
    pause: "M8 5v14M16 5v14",
    help: "M12 3a9 9 0 100 18 9 9 0 000-18zM9.5 9.5a2.5 2.5 0 115 0c0 2-2.5 2-2.5 4M12 16.6v.6",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 24 }: { name: IconName; size?: number }): JSX.Element {
    return (
        <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
            <path d={paths[name]} />
        </svg>
    );
}

// A filled disc or a ring: connected or not, said beside it in words.
export function Dot({ on }: { on: boolean }): JSX.Element {
    return (
        <svg class="dot" width={12} height={12} viewBox="0 0 12 12" aria-hidden="true">
            <circle cx={6} cy={6} r={4.5} class={on ? "dot-on" : "dot-off"} />
        </svg>
    );
}
