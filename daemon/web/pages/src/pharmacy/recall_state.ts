// The recalls of the pharmacy: where each stands, and what is about to be recalled or withdrawn.
// Fetched again when a view says that they changed, by its mark.
import { computed, effect, signal } from "@preact/signals";

import { Fetched } from "../files/fetched";
import { show_own } from "../shown";
import { board, scan_badge } from "./board_state";
import { clear_search, load_products, read_pack } from "./product_search";
import { begin_form, publish } from "./publication";
import type { Product, Recall } from "./recall_wire";

const file = new Fetched<{ recalls: Recall[] }>(
    "/api/v1/recalls",
    () => board.peek()?.recalls_mark ?? "",
);
export const recalls = computed(() => file.value.value?.recalls ?? []);
export const recalls_open = signal(false);
// In force, and something is left to do.
export const recalls_unfinished = computed(
    () => recalls.value.filter((one) => !one.withdrawn && !one.done).length,
);

// What is about to be recalled; null: no form is open.
export interface RecallForm {
    product: Product | null;
    lot: string;
}

export const recall_form = signal<RecallForm | null>(null);
// Of which the reason for withdrawing is asked for.
export const withdrawing = signal<Recall | null>(null);
export const reason = signal("");

export function start_recalls(): void {
    effect(() => {
        if (board.value && board.value.recalls_mark !== file.mark) {
            void file.refresh();
        }
    });
}

export function open_recalls(): void {
    recalls_open.value = true;
    void file.refresh();
}

export function close_forms(): void {
    begin_form();
    recall_form.value = null;
    withdrawing.value = null;
    clear_search();
    reason.value = "";
}

export function close_recalls(): void {
    close_forms();
    recalls_open.value = false;
}

export async function open_recall_form(): Promise<void> {
    close_forms();
    recall_form.value = { product: null, lot: "" };
    await load_products();
}

export function open_withdrawal(recall: Recall): void {
    close_forms();
    withdrawing.value = recall;
}

export function choose_product(product: Product): void {
    recall_form.value = { lot: recall_form.value?.lot ?? "", product };
    clear_search();
}

// A code while the form is open: the pack's product and lot, or, if nobody knows it, a badge.
export async function scan_recalled(text: string): Promise<void> {
    const pack = await read_pack(text);
    if (!pack) {
        return;
    }
    const [product] = pack.products;
    if (!recall_form.value || !product) {
        return scan_badge(text);
    }
    recall_form.value = {
        product: pack.products.length > 1 ? null : product,
        lot: pack.lot ?? "",
    };
}

export function issue(): void {
    const form = recall_form.value;
    if (!form?.product || reason.value.trim() === "") {
        return show_own("reject", "own.recall_incomplete");
    }
    const lot = form.lot.trim();
    const body = {
        product: form.product.id,
        ...(lot && { lot }),
        reason: reason.value.trim(),
    };
    publish("/api/v1/recalls/issue", body, close_forms);
}

export function withdraw(): void {
    const recall = withdrawing.value;
    if (!recall || reason.value.trim() === "") {
        return show_own("reject", "own.recall_no_reason");
    }
    const body = {
        product: recall.product,
        ...(recall.lot && { lot: recall.lot }),
        reason: reason.value.trim(),
    };
    publish("/api/v1/recalls/withdraw", body, close_forms);
}
