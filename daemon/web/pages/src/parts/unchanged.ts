// Views come whole, and little of one differs from the last: what is the same keeps its identity, and
// a part of the page whose values are the same ones is not drawn anew.
import type { ComponentType, JSX } from "preact";
import { Component, h } from "preact";

function is_plain(value: unknown): value is Record<string, unknown> {
    return typeof value === "object" && value !== null;
}

// `next`, made of the parts of `last` wherever they say the same; `last` itself where all do.
export function with_unchanged<T>(last: T, next: T): T {
    if (!is_plain(last) || !is_plain(next) || Array.isArray(last) !== Array.isArray(next)) {
        return Object.is(last, next) ? last : next;
    }
    const names = Object.keys(next);
    let same = names.length === Object.keys(last).length;
    const made: Record<string, unknown> = Array.isArray(next)
        ? (next as unknown as Record<string, unknown>)
        : { ...next };
    for (const name of names) {
        made[name] = with_unchanged(last[name], next[name]);
        same = same && name in last && made[name] === last[name];
    }
    return same ? last : (made as T);
}

// The component, drawn again only when a property is another one, or a signal that it reads.
export function drawn_once<P extends object>(inner: (props: P) => JSX.Element | null): ComponentType<P> {
    const name_of = Object.keys as (props: P) => (keyof P)[];
    return class extends Component<P> {
        override shouldComponentUpdate(next: Readonly<P>): boolean {
            return name_of(next).some((name) => next[name] !== this.props[name]);
        }

        override render(): JSX.Element {
            return h(inner, this.props);
        }
    };
}
