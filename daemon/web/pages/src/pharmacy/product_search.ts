// Finding one of the pharmacy's products: by words, or by a scanned pack.
import { computed, signal } from "@preact/signals";

import { fits_search } from "../parts/search";
import { get_json, post_json, random_key } from "../server";
import { show_own } from "../shown";
import type { PackRead, Product } from "./recall_wire";

export const search = signal("");
const products = signal<Product[]>([]);
// Several products that bear the code scanned last: which of them is a person's to say.
const read = signal<Product[]>([]);

export const found_max = 6; // rows that a panel has room for beside the form

export const found = computed(() => {
    const fits = ({ id, name, strength, pinyin }: Product): boolean =>
        fits_search([`${id} ${name.zh} ${name.en} ${strength}`], pinyin, search.value);
    return search.value.trim() === "" ? read.value : products.value.filter(fits).slice(0, found_max);
});

export function clear_search(): void {
    search.value = "";
    read.value = [];
}

export async function load_products(): Promise<void> {
    try {
        const known = await get_json<{ products: Product[] }>("/api/v1/products");
        products.value = known?.products ?? [];
    } catch {
        show_own("reject", "own.recall_no_products");
    }
}

// What a code says of a pack; null where it could not be asked. Several products are offered to
// choose from.
export async function read_pack(text: string): Promise<PackRead | null> {
    const sent = await post_json<PackRead>("/api/v1/products/read", { text }, random_key());
    if (sent.kind !== "answer") {
        show_own("reject", "own.send_not_read");
        return null;
    }
    clear_search();
    read.value = sent.answer.products.length > 1 ? sent.answer.products : [];
    return sent.answer;
}
