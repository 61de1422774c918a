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

export class EditForm<B extends { id: string }> {
    readonly edit = signal<Edit<B> | null>(null);

    // `known`: what the lists tell of an id; `reload`: what the daemon has of it now, null where
    // that cannot be had.
    constructor(
        private readonly x_kind: Definition["kind"],
        private readonly x_known: (id: string) => Row<B> | null,
        private readonly x_reload = async (id: string): Promise<Row<B> | null> => {
            await refresh_all();
            return this.x_known(id);
        },
    ) {
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
        const is_open = (): boolean => this.edit.peek()?.number === one.number;
        define({
            ...{ form: one.number, says },
            definition: { kind: this.x_kind, version: one.version, body },
            saved: () => is_open() && this.close(),
            stale_word: one.version === "" ? "own.setup_in_use" : "own.setup_form_stale",
            stale: () => void this.x_show_now(one.version, body.id, is_open),
        });
    }

    // Somebody was faster: as it is now; what is new keeps what was typed, for another id.
    private async x_show_now(version: string, id: string, is_open: () => boolean): Promise<void> {
        const now = await this.x_reload(id);
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
        const known = this.x_known(id);
        if (known) {
            refusal.value = { what: known.own ? "id_in_use" : "id_of_pharmacy", value: id, id };
        }
        return known !== null;
    }
}
