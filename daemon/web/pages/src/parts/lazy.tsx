// A part of the page that is fetched when it is shown first: the page itself stays small for those
// who scan.
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

type Part<P> = (props: P) => JSX.Element;

// `waiting` stands in its place until it is here, or says that it could not be had; shown again, it
// is asked for again.
export function lazy<P extends object>(
    load: () => Promise<Part<P>>,
    waiting: (failed: boolean, props: P) => JSX.Element,
): Part<P> {
    const loaded = signal<{ part: Part<P> } | null>(null);
    const failed = signal(false);
    return (props: P) => {
        useEffect(() => {
            failed.value = false;
            load().then(
                (part) => (loaded.value = { part }),
                () => (failed.value = true),
            );
        }, []);
        if (loaded.value) {
            const { part: Loaded } = loaded.value;
            return <Loaded {...props} />;
        }
        return waiting(failed.value, props);
    };
}
