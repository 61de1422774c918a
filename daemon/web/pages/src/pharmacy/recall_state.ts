// The recalls of the pharmacy: where each stands, and what is about to be recalled or withdrawn.
// Fetched with every view of the board, since what the wards do arrives with it.
import { computed, effect, signal } from "@preact/signals";

import { get_json, post_json, random_key } from "../server";
import { show_own } from "../shown";
import { board, propose, scan_badge } from "./board_state";
import type { PackRead, Product, Recall } from "./recall_wire";

export const recalls = signal<Recall[]>([]);
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
export const search = signal("");
export const reason = signal("");
const products = signal<Product[]>([]);
// Several products that bear the code scanned last: which of them is a person's to say.
const read = signal<Product[]>([]);

export const found_max = 6; // rows that a panel has room for beside the form

export const found = computed(() => {
    const wanted = search.value.trim().toLowerCase();
    const fits = ({ id, name, strength }: Product): boolean =>
        `${id} ${name.zh} ${name.en} ${strength}`.toLowerCase().includes(wanted);
    return wanted === "" ? read.value : products.value.filter(fits).slice(0, found_max);
});

let fetching = false;
let again = false;

// One request at a time; what changes meanwhile is asked for once more.
async function refresh(): Promise<void> {
    if (fetching) {
        again = true;
        return;
    }
    fetching = true;
    try {
        do {
            again = false;
            recalls.value = (await get_json<{ recalls: Recall[] }>("/api/v1/recalls"))?.recalls ?? [];
        } while (again);
    } catch (error) {
        console.info(error); // the strip says that the daemon is away; its next view asks again
    } finally {
        fetching = false;
    }
}

export function start_recalls(): void {
    effect(() => {
        if (board.value) {
            void refresh();
        }
    });
}

export function open_recalls(): void {
    recalls_open.value = true;
    void refresh();
}

export function close_forms(): void {
    recall_form.value = null;
    withdrawing.value = null;
    search.value = "";
    read.value = [];
    reason.value = "";
}

export function close_recalls(): void {
    close_forms();
    recalls_open.value = false;
}

export async function open_recall_form(): Promise<void> {
    close_forms();
    recall_form.value = { product: null, lot: "" };
    try {
        const known = await get_json<{ products: Product[] }>("/api/v1/products");
        products.value = known?.products ?? [];
    } catch {
        show_own("reject", "own.recall_no_products");
    }
}

export function open_withdrawal(recall: Recall): void {
    close_forms();
    withdrawing.value = recall;
}

export function choose_product(product: Product): void {
    recall_form.value = { lot: recall_form.value?.lot ?? "", product };
    search.value = "";
    read.value = [];
}

// A code while the form is open: the pack's product and lot, or, if nobody knows it, a badge.
export async function scan_recalled(text: string): Promise<void> {
    const sent = await post_json<PackRead>("/api/v1/products/read", { text }, random_key());
    if (sent.kind !== "answer") {
        return show_own("reject", "own.send_not_read");
    }
    const { products: bearing, lot } = sent.answer;
    const [product] = bearing;
    if (!recall_form.value || !product) {
        return scan_badge(text);
    }
    const several = bearing.length > 1;
    read.value = several ? bearing : [];
    search.value = "";
    recall_form.value = { product: several ? null : product, lot: lot ?? "" };
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
    propose({ do: "publish", path: "/api/v1/recalls/issue", body, alerts: [], group: "" });
    close_forms();
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
    propose({ do: "publish", path: "/api/v1/recalls/withdraw", body, alerts: [], group: "" });
    close_forms();
}
