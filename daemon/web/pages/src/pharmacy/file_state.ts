// Which file is open at the board, and what is about to be published from it: a substitute, the end
// of one, other rules.
import { signal } from "@preact/signals";

import { parse_day } from "../days";
import { policy_file } from "../files/files_state";
import { changed_members, policy_groups } from "../files/policy_members";
import type { ListMember, ListName, Member } from "../files/policy_members";
import type { Policy, Substitution } from "../files/wire";
import { show_own } from "../shown";
import type { Shown } from "../shown";
import { scan_badge } from "./board_state";
import { clear_search, load_products, read_pack } from "./product_search";
import { begin_form, publish } from "./publication";
import type { Product } from "./recall_wire";

export type FileKind = "substitutions" | "policy" | "seals";

export const file_open = signal<FileKind | null>(null);

export interface SubstitutionForm {
    product: Product | null; // what is short
    substitute: Product | null;
    cart: string; // empty: every cart
    until: string; // as typed
    warning: string;
}

export const substitution_form = signal<SubstitutionForm | null>(null);
// Of which the reason for ending is asked for.
export const ending = signal<Substitution | null>(null);
export const ending_reason = signal("");

// The rules as they are being changed: `before` as the person saw them.
export interface PolicyForm {
    before: Policy;
    policy: Policy;
    typed: Record<ListName, string>; // lists as typed
    was: Policy | null; // in force before somebody else's change that the form had not begun from
}

export const policy_form = signal<PolicyForm | null>(null);

export function close_file_forms(): void {
    begin_form();
    substitution_form.value = null;
    ending.value = null;
    ending_reason.value = "";
    policy_form.value = null;
    clear_search();
}

export function close_files(): void {
    close_file_forms();
    file_open.value = null;
}

export function open_file(kind: FileKind): void {
    close_file_forms();
    file_open.value = kind;
}

export async function open_substitution_form(): Promise<void> {
    close_file_forms();
    substitution_form.value = {
        product: null,
        substitute: null,
        cart: "",
        until: "",
        warning: "",
    };
    await load_products();
}

export function change_substitution(change: Partial<SubstitutionForm>): void {
    if (substitution_form.value) {
        substitution_form.value = { ...substitution_form.value, ...change };
    }
}

// The first that is asked for and not there yet.
export function choose_for_substitution(product: Product): void {
    const form = substitution_form.value;
    change_substitution(form?.product ? { substitute: product } : { product });
    clear_search();
}

// A code while the form is open: a pack of what is asked for next, or, if nobody knows it, a badge.
export async function scan_for_substitution(text: string): Promise<void> {
    const pack = await read_pack(text);
    if (!pack) {
        return;
    }
    const [product] = pack.products;
    if (!substitution_form.value || !product) {
        return scan_badge(text);
    }
    if (pack.products.length === 1) {
        choose_for_substitution(product);
    }
}

export function publish_substitution(): void {
    const form = substitution_form.value;
    const until = parse_day(form?.until ?? "");
    const warning = form?.warning.trim() ?? "";
    if (!form?.product || !form.substitute || !until || warning === "") {
        return show_own("reject", "own.substitution_incomplete");
    }
    const body = {
        product: form.product.id,
        substitute: form.substitute.id,
        ...(form.cart && { cart: form.cart }),
        until,
        warning,
    };
    publish("/api/v1/substitutions/publish", body, close_file_forms);
}

export function open_ending(one: Substitution): void {
    close_file_forms();
    ending.value = one;
}

export function end_substitution(): void {
    const one = ending.value;
    const reason = ending_reason.value.trim();
    if (!one || reason === "") {
        return show_own("reject", "own.substitution_no_reason");
    }
    const body = {
        product: one.product,
        substitute: one.substitute.product,
        ...(one.cart && { cart: one.cart }),
        ...(one.line && { line: one.line }),
        reason,
    };
    publish("/api/v1/substitutions/withdraw", body, close_file_forms);
}

export function open_policy_form(): void {
    const policy = policy_file.value.value?.policy;
    if (policy) {
        close_file_forms();
        policy_form.value = { before: policy, policy, typed: lists_of(policy), was: null };
    }
}

function lists_of(policy: Policy): Record<ListName, string> {
    return {
        near_expiry_days: policy.near_expiry_days.join(" "),
        shift_hours: policy.shift_hours.join(" "),
    };
}

// The form over what is in force now: what the person set in it stays set, all else is as it is now.
export function form_from_now(form: PolicyForm, now: Policy): PolicyForm {
    const set = new Set<string>(changed_members(form.before, form.policy));
    const own = <T extends object>(values: T): Partial<T> =>
        Object.fromEntries(Object.entries(values).filter(([name]) => set.has(name))) as Partial<T>;
    return {
        before: now,
        policy: { ...now, ...own(form.policy) },
        typed: { ...lists_of(now), ...own(form.typed) },
        was: form.before,
    };
}

// Somebody else changed the rules while the form stood there: it goes on from theirs.
async function follow_change(why: Shown): Promise<void> {
    if (why.from === "daemon" && why.reply.message === "policy_changed_meanwhile") {
        await policy_file.refresh();
        const now = policy_file.value.value?.policy;
        if (now && policy_form.value) {
            policy_form.value = form_from_now(policy_form.value, now);
        }
    }
}

export function change_policy(change: Partial<Policy>): void {
    if (policy_form.value) {
        const policy = { ...policy_form.value.policy, ...change };
        policy_form.value = { ...policy_form.value, policy };
    }
}

// Numbers as typed, parted by anything; null where one of them cannot be.
export function list_of(row: ListMember, typed: string): number[] | null {
    const parts = typed.split(/[^0-9]+/).filter((part) => part !== "");
    const numbers = parts.map(Number);
    const each_once = new Set(numbers).size === numbers.length;
    const good =
        numbers.length <= row.most
        && numbers.every((one) => one <= row.highest)
        && (!row.parts_day || (each_once && numbers.length !== 1));
    return good ? numbers : null;
}

export function type_list(row: ListMember, as_typed: string): void {
    if (policy_form.value) {
        const policy = { ...policy_form.value.policy, [row.member]: list_of(row, as_typed) ?? [] };
        const typed = { ...policy_form.value.typed, [row.member]: as_typed };
        policy_form.value = { ...policy_form.value, policy, typed };
    }
}

// What is asked for each shift needs to know when shifts begin.
export function lacks_hours(policy: Policy, member: Member): boolean {
    const by_shift = member === "sealed_each_shift" || member === "handover_each_shift";
    return by_shift && policy[member] === true && policy.shift_hours.length === 0;
}

function is_good({ policy, typed }: PolicyForm): boolean {
    const rows = policy_groups.flatMap((group) => group.rows);
    return rows.every((row) => {
        if ("low" in row) {
            const value = Number(policy[row.member]);
            return Number.isInteger(value) && value >= row.low && value <= row.high;
        }
        if ("most" in row) {
            return list_of(row, typed[row.member]) !== null;
        }
        return !lacks_hours(policy, row.member);
    });
}

export function save_policy(): void {
    const form = policy_form.value;
    if (!form) {
        return;
    }
    const { before, policy } = form;
    if (!is_good(form)) {
        return show_own("reject", "own.policy_out_of_range");
    }
    if (changed_members(before, policy).length === 0) {
        return show_own("reject", "own.policy_same");
    }
    publish("/api/v1/policy/set", { before, policy }, close_file_forms, (why) => void follow_change(why));
}
