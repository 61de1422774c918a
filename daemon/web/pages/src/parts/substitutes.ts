// What of the units that were sent is not what was asked for, by name, each once.
import { name_of, text } from "../texts";
import type { SentUnits } from "../wire";

export function substitutes_text(units: SentUnits[]): string {
    const names = units.flatMap(({ substitute }) => (substitute ? [name_of(substitute)] : []));
    return [...new Set(names)].join(text("list.comma"));
}
