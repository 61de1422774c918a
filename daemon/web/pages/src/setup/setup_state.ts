// What the setup knows and does: the lists that the daemon tells, and changes that a badge signs.
// Nothing is changed in the page before the daemon has it on disk.
import { signal } from "@preact/signals";

import { Fetched } from "../files/fetched";
import type { Told } from "../line_state";
import { name_of_tab } from "../server";
import { show_own } from "../shown";
import type { TextKey } from "../texts";
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
    form?: number; // that it saves
}

export const proposal = signal<Proposal | null>(null);
// Numbers of the forms that are on their way to the daemon.
export const sending = signal<readonly number[]>([]);
// Why the rules refused what was signed last: shown where it stands.
export const refusal = signal<{ what: string; value: string; id: string } | null>(null);

export function never_mind(): void {
    proposal.value = null;
    takes_scan.value = null;
}

// Whatever else waited for a scan waits no longer. `unsigned`: nobody has a badge yet.
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
// somebody was faster, which `stale_word` says.
export function told_of(saved: () => void, stale: () => void, stale_word: TextKey): Told {
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
            } else if (message === "setup_changed_meanwhile" || message === "setup_stock_counted") {
                stale();
            }
            return false;
        }
        if (said.values["status"] === status_conflict) {
            show_own("reject", stale_word);
            stale();
            return true;
        }
        return false;
    };
}

interface Change {
    form: number;
    says: string; // names it
    definitions: Definition[];
    saved: () => void;
    stale: () => void;
    stale_word: TextKey;
}

// What is new names no version.
function as_told({ kind, version, body }: Definition): object {
    return version === "" ? { kind, body } : { kind, version, body };
}

// Asks for a badge, then changes it.
export function define({ form, says, definitions, saved, stale, stale_word }: Change): void {
    const { station, post } = place.value;
    const unsigned =
        definitions.every(({ kind }) => kind === "staff.defined")
        && staff_list.value.value?.needs_badge === false;
    const told = told_of(saved, stale, stale_word);
    const send = (badge: string): void => {
        const at = station && { station, listener: name_of_tab() }; // tickets are this page's
        const who = { ...at, ...(badge && { badge }) };
        sending.value = [...sending.value, form];
        const told_so = definitions.map(as_told);
        post("/api/v1/setup/define", { ...who, definitions: told_so }, (said) => {
            sending.value = sending.value.filter((one) => one !== form);
            return told(said);
        });
    };
    propose({ says, send, form }, unsigned);
}
