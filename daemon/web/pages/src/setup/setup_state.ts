// What the setup knows and does: the lists that the daemon tells, and changes that a badge signs.
// Nothing is changed in the page before the daemon has it on disk.
import { signal } from "@preact/signals";

import { Fetched } from "../files/fetched";
import type { Told } from "../line_state";
import { show_own } from "../shown";
import { takes_scan } from "./setup_place";
import type { Carts, Definition, Products, StaffList } from "./wire";

export const product_list = new Fetched<Products>("/api/v1/setup/products");
export const staff_list = new Fetched<StaffList>("/api/v1/setup/staff");
export const cart_list = new Fetched<Carts>("/api/v1/setup/carts");

export type Post = (path: string, body: unknown, told: Told) => void;

// Where the setup is: its station ("" at the pharmacy), and how it reaches the daemon.
export const place = signal<{ station: string; post: Post }>({ station: "", post: () => undefined });

// What a badge is waited for.
export interface Proposal {
    says: string; // what is signed, in a person's words
    send: (badge: string) => void;
}

export const proposal = signal<Proposal | null>(null);
// Why the rules refused what was signed last: shown where it stands.
export const refusal = signal<{ what: string; value: string; id: string } | null>(null);

export function never_mind(): void {
    proposal.value = null;
    takes_scan.value = null;
}

// `unsigned`: nobody has a badge yet.
export function propose(what: Proposal, unsigned = false): void {
    refusal.value = null;
    if (unsigned) {
        what.send("");
        return;
    }
    proposal.value = what;
    takes_scan.value = (badge) => {
        never_mind();
        what.send(badge);
    };
}

export async function refresh_all(): Promise<void> {
    await Promise.all([product_list.refresh(), staff_list.refresh(), cart_list.refresh()]);
}

const status_conflict = 409;

// What became of a change that was signed. `saved` is told when it is on disk, `stale` when
// somebody was faster.
export function told_of(saved: () => void, stale: () => void): Told {
    return (said) => {
        if (said.from === "daemon") {
            const { kind, message, values } = said.reply;
            if (message === "definition_refused") {
                refusal.value = {
                    what: values["what"] ?? "",
                    value: values["value"] ?? "",
                    id: values["id"] ?? "",
                };
            }
            if (kind === "accept") {
                void refresh_all();
                saved();
            } else if (message === "setup_changed_meanwhile") {
                stale();
            }
            return false;
        }
        if (said.values["status"] === status_conflict) {
            show_own("reject", "own.setup_stale");
            stale();
            return true;
        }
        return false;
    };
}

// Asks for a badge, then changes these; `says` names them.
export function define(says: string, definitions: Definition[], saved: () => void): void {
    const { station, post } = place.value;
    const only_staff = definitions.every(({ kind }) => kind === "staff.defined");
    const unsigned = only_staff && staff_list.value.value?.needs_badge === false;
    propose(
        {
            says,
            send: (badge) => {
                const body = { ...(station && { station }), ...(badge && { badge }), definitions };
                post("/api/v1/setup/define", body, told_of(saved, () => void refresh_all()));
            },
        },
        unsigned,
    );
}
