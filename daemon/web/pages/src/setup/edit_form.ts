// A form that changes one definition: as it was opened, as it was typed, and what becomes of it once
// it is signed. An answer closes only the form that it belongs to, however late it comes.
import { signal } from "@preact/signals";

import { show_own } from "../shown";
import { define, never_mind, proposal, refresh_all, refusal, sending } from "./setup_state";
import type { Definition, Row } from "./wire";

export interface Edit<B> {
    number: number; // unlike any other form's
    version: string; // empty: a new one
    before: B; // as it was opened
    body: B; // as it was typed
    own: boolean; // false: the pharmacy's
}

// Which thing is asked about, whether it shall be retired.
export const retiring = signal("");

// What is being signed, or is on its way: it cannot be changed.
export function is_held({ number }: { number: number }): boolean {
    return is_sending({ number }) || proposal.value?.form === number;
}

export function is_sending({ number }: { number: number }): boolean {
    return sending.value.includes(number);
}

const forms: { close: () => void }[] = [];
let last_number = 0;

// The setup is left: nobody finds another's half-typed changes.
export function close_forms(): void {
    forms.forEach((one) => one.close());
}

// Where a form's things are found, and what saving one defines.
export interface Source<B> {
    // What the lists tell of an id; null: it is free.
    known: (id: string) => { own: boolean } | null;
    // What the daemon has of it now; null where that cannot be had.
    now: (id: string) => Promise<Row<B> | null>;
    definitions: (edit: Edit<B>, body: B) => Definition[];
}

// Of things that a list tells whole, one definition each.
export function listed<B extends object>(
    kind: Definition["kind"],
    find: (id: string) => Row<B> | null,
): Source<B> {
    return {
        known: find,
        now: async (id) => {
            await refresh_all();
            return find(id);
        },
        definitions: ({ version }, body) => [{ kind, version, body }],
    };
}

export class EditForm<B extends { id: string }> {
    readonly edit = signal<Edit<B> | null>(null);

    constructor(private readonly x_source: Source<B>) {
        forms.push(this);
    }

    open({ version, body, own }: Row<B>): void {
        this.close();
        refusal.value = null;
        last_number += 1;
        this.edit.value = { number: last_number, version, before: body, body, own };
    }

    close(): void {
        const number = this.edit.peek()?.number;
        if (number !== undefined && proposal.peek()?.form === number) {
            never_mind();
        }
        retiring.value = "";
        this.edit.value = null;
    }

    change(part: Partial<B>): void {
        const one = this.edit.value;
        if (one && !is_held(one)) {
            this.edit.value = { ...one, body: { ...one.body, ...part } };
        }
    }

    // Asks for a badge, then saves this in place of what was opened.
    save(says: string, body: B): void {
        const one = this.edit.peek();
        if (!one || is_held(one)) {
            return;
        }
        if (one.version === "" && this.x_refuse_known(body.id)) {
            return show_own("reject", "own.setup_in_use");
        }
        const definitions = this.x_source.definitions(one, body);
        if (definitions.length === 0) {
            return show_own("attention", "own.setup_unchanged");
        }
        const is_open = (): boolean => this.edit.peek()?.number === one.number;
        define({
            ...{ form: one.number, says },
            definitions,
            saved: () => is_open() && this.close(),
            stale_word: one.version === "" ? "own.setup_in_use" : "own.setup_form_stale",
            stale: () => void this.x_show_now(one.version, body.id, is_open),
        });
    }

    // Somebody was faster: as it is now; what is new keeps what was typed, for another id.
    private async x_show_now(version: string, id: string, is_open: () => boolean): Promise<void> {
        const now = await this.x_source.now(id);
        if (!is_open()) {
            return;
        }
        if (version === "") {
            this.x_refuse_known(id);
        } else if (now) {
            this.open(now);
        }
    }

    private x_refuse_known(id: string): boolean {
        const known = this.x_source.known(id);
        if (known) {
            refusal.value = { what: known.own ? "id_in_use" : "id_of_pharmacy", value: id, id };
        }
        return known !== null;
    }
}
