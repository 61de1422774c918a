// Bytes as people can see them: the separator and its like by their names, each in a small mark, for
// fonts have no pictures of them.
import type { JSX } from "preact";

const signs: Record<string, string> = { "\x1d": "GS", "\x1e": "RS", "\x04": "EOT", " ": "SP" };

function sign_of(char: string): string | null {
    const code = char.charCodeAt(0).toString(16).padStart(2, "0");
    return signs[char] ?? (char < " " || char === "\x7f" ? `x${code}` : null);
}

// What stands between signs, and the signs, in their order.
function parts_of(raw: string): { text: string; sign: boolean }[] {
    const parts: { text: string; sign: boolean }[] = [];
    for (const char of raw) {
        const sign = sign_of(char);
        const last = parts.at(-1);
        if (sign !== null) {
            parts.push({ text: sign, sign: true });
        } else if (last && !last.sign) {
            last.text += char;
        } else {
            parts.push({ text: char, sign: false });
        }
    }
    return parts;
}

// The same where a sentence takes no mark: "]d201<GS>10A1".
export function raw_words(raw: string): string {
    return parts_of(raw)
        .map((part) => (part.sign ? `<${part.text}>` : part.text))
        .join("");
}

export function RawText({ raw }: { raw: string }): JSX.Element {
    return (
        <>
            {parts_of(raw).map((part, i) =>
                part.sign ? (
                    <span key={i} class="sign">
                        {part.text}
                    </span>
                ) : (
                    part.text
                ),
            )}
        </>
    );
}
