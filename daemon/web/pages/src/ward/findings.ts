// A finding as a sentence.
import { day_text, days_left_text } from "../days";
import { name_of, text, word } from "../texts";
import type { Finding, Reasons } from "../wire";

// In the order in which the units are counted off.
const reason_order = ["recalled", "expired", "damaged", "absent"] as const;

export function reasons_text(reasons: Reasons | null): string {
    const parts = reason_order
        .filter((one) => (reasons?.[one] ?? 0) > 0)
        .map((one) => word("reason", one, { count: reasons?.[one] ?? 0 }));
    return parts.join(text("list.comma"));
}

export function finding_sentence(finding: Finding): string {
    // What is short because it is not there is said by the number that is short.
    const { absent: _absent, ...others } = finding.reasons ?? {};
    const reasons = reasons_text(others) === "" ? "" : reasons_text(finding.reasons);
    return word(reasons ? "finding_why" : "finding", finding.kind, {
        name: name_of(finding.name) || finding.subject,
        quantity: finding.quantity ?? "",
        reasons,
        lot: finding.lot || text("line.no_lot"),
        day: finding.last_usable_day ? day_text(finding.last_usable_day) : "",
        test: finding.test ? name_of(finding.test) : "",
        reading: finding.reading ?? "",
        limits: finding.limits ?? "",
        left: finding.days_left === null ? "" : days_left_text(finding.days_left),
    });
}
