// Where in a cart something lies. Sheets say it in Chinese, by drawer and side; English pages say in
// English what the catalogue knows of that, and leave the rest as it was given.
import { keys_of, language, word } from "../texts";

// What the catalogue has words for, the longest first.
function any_known(): RegExp {
    const known = keys_of("place").sort((a, b) => b.length - a.length);
    return new RegExp(known.join("|"), "g");
}

// A number in digits, or one Chinese numeral that stands alone, and what it counts: a drawer, a slot.
const counted =
    /\u7b2c?\s*([0-9]+|(?<=(?:^|\P{Script=Han})\u7b2c?)\p{Script=Han})\s*(\p{Script=Han}+)/gu;

function number_of(said: string): string | null {
    if (/^[0-9]+$/.test(said)) {
        return said;
    }
    const numeral = word("place_number", said);
    return numeral === said ? null : numeral;
}

export function place_text(position: string): string {
    if (language.value === "zh-CN") {
        return position;
    }
    const said = position
        .replace(counted, (whole, number: string, what: string) => {
            const said = number_of(number);
            const key = keys_of("place_counted").find((one) => what.startsWith(one));
            return said === null || key === undefined
                ? whole
                : ` ${word("place_counted", key, { number: said })} ${what.slice(key.length)}`;
        })
        .replace(any_known(), (one) => ` ${word("place", one)} `)
        .replace(/\s+/g, " ")
        .replace(/ ?([-–/·,]) ?/g, "$1")
        .trim();
    return said === position ? said : said.slice(0, 1).toUpperCase() + said.slice(1);
}
