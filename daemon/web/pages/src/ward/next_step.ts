// What is to be scanned or done next in a check, for as long as nothing has answered otherwise.
import { name_of, text, word } from "../texts";
import type { Check } from "../wire";

function closed_cart(check: Check): string {
    if (check.seal_due && check.old_seal) {
        return text("check.invite_seal", { number: check.old_seal.number });
    }
    const waiting = check.devices.filter((device) => device.state === "open");
    const first = waiting[0];
    return first
        ? text("check.invite_device", { name: name_of(first.name), count: waiting.length })
        : sign_text(check);
}

export function next_step(check: Check): string {
    switch (check.kind) {
        case "sealed":
        case "handover":
            return closed_cart(check);
        case "after_use":
            return text("use.invite");
        case "restock":
            return text("restock.invite");
        default:
            return text("check.invite");
    }
}

// What the badge will put its name to: never "all correct" beside a cart that is not ready.
export function sign_text({ would_close: { readiness } }: Check): string {
    return readiness === "ready"
        ? text("review.sign")
        : text("review.sign_as", { readiness: word("readiness", readiness) });
}
