// Bytes as people can see them: the separator and its like by their names.
export function visible(raw: string): string {
    const names: Record<string, string> = { "\x1d": "␝", "\x1e": "␞", "\x04": "␄", " ": "␠" };
    return [...raw]
        .map((char) => names[char] ?? (char < " " ? `\\x${char.charCodeAt(0).toString(16)}` : char))
        .join("");
}
