// A sheet on its way in: chosen, shown by the daemon row by row, and imported as it was shown.
import { signal } from "@preact/signals";

import { name_of_tab, post_json, random_key } from "../server";
import { show_own } from "../shown";
import { text } from "../texts";
import { place, propose, told_of } from "./setup_state";
import type { SheetPlan, SheetShown } from "./wire";

export type SheetKind = "products" | "carts" | "staff";

export interface Unread {
    status: number | null; // of the daemon's answer; null: there was none
    words: string; // the daemon's own
}

export interface Sheet {
    kind: SheetKind;
    name: string;
    bytes: Blob;
    shown: SheetShown | null; // null: the daemon reads it, or could not
    unread: Unread | null; // it could not be read
}

export const sheet = signal<Sheet | null>(null);

function path_of(kind: SheetKind, query: Record<string, string>): string {
    const { station } = place.value;
    const all = new URLSearchParams({ ...(station && { station }), ...query });
    return `/api/v1/setup/import/${kind}?${all.toString()}`;
}

export function forget_sheet(): void {
    sheet.value = null;
}

export async function show_sheet(kind: SheetKind, file: File): Promise<void> {
    // Read now: what is imported is what was shown, though the file be written over meanwhile.
    const bytes = new Blob([await file.arrayBuffer()], { type: "application/octet-stream" });
    const mine: Sheet = { kind, name: file.name, bytes, shown: null, unread: null };
    sheet.value = mine;
    await ask(mine);
}

async function ask(mine: Sheet): Promise<void> {
    const sent = await post_json<SheetShown>(path_of(mine.kind, {}), mine.bytes, random_key());
    if (sheet.value?.bytes !== mine.bytes) {
        return; // another was chosen meanwhile
    }
    if (sent.kind === "answer") {
        sheet.value = { ...mine, shown: sent.answer };
    } else {
        const refused = sent.kind === "refused";
        const unread = refused
            ? { status: sent.status, words: sent.detail }
            : { status: null, words: "" };
        sheet.value = { ...mine, shown: null, unread };
        show_own("reject", "own.sheet_unread", { name: mine.name });
    }
}

export function apply_sheet(mine: Sheet, plan: SheetPlan): void {
    const says = text("setup.sign_sheet", {
        name: mine.name,
        count: plan.counts.added + plan.counts.changed,
    });
    const send = (badge: string): void => {
        const query = { apply: plan.token, listener: name_of_tab(), ...(badge && { badge }) };
        const told = told_of(forget_sheet, () => void ask(mine), "own.setup_stale");
        place.value.post(path_of(mine.kind, query), mine.bytes, told);
    };
    propose({ says, send }, mine.kind === "staff" && !plan.needs_badge);
}
