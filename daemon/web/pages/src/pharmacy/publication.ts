// What a form publishes. The form stays, as it was filled in, until the daemon has taken it; where
// it was not, the form says why.
import { computed, signal } from "@preact/signals";

import type { Shown } from "../shown";
import { intent, propose } from "./board_state";

// Why it was not taken; null: not yet.
export const publish_refused = signal<Shown | null>(null);
// On its way to the daemon.
export const publishing = signal(false);
// Decided, and waits for a badge.
export const publish_waits = computed(() => intent.value?.do === "publish");
// What is filled in is what will be published: it cannot be changed meanwhile.
export const publish_settled = computed(() => publishing.value || publish_waits.value);

// Counts forms: an answer that comes after its form was closed closes no other.
let form = 0;

// A form was opened or closed: nothing of another one is left.
export function begin_form(): void {
    form += 1;
    publish_refused.value = null;
    publishing.value = false;
    if (intent.peek()?.do === "publish") {
        intent.value = null;
    }
}

// `refused` is told why the daemon did not take it, while the form still stands there.
export function publish(
    path: string,
    body: object,
    close: () => void,
    refused = (_why: Shown): void => undefined,
): void {
    if (publish_settled.value) {
        return;
    }
    const mine = form;
    publish_refused.value = null;
    propose({
        ...{ do: "publish", path, body, alerts: [], group: "" },
        hear: {
            sent: () => (publishing.value = form === mine),
            told: (said) => {
                if (form === mine) {
                    publishing.value = false;
                    if (said.kind === "reject") {
                        publish_refused.value = said;
                        refused(said);
                    } else {
                        close();
                    }
                }
                return false;
            },
        },
    });
}
