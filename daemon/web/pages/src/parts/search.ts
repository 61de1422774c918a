// Whether a thing is the one that somebody looks for: a part of any of its texts, or of the initials
// of its Chinese name (SSXS for 肾上腺素), as hospitals key them. Only letters are taken for initials.
export function fits_search(texts: string[], pinyin: string, typed: string): boolean {
    const wanted = typed.trim().toLowerCase();
    if (wanted === "") {
        return false;
    }
    const named = texts.some((one) => one.toLowerCase().includes(wanted));
    return named || (/^[a-z]+$/.test(wanted) && pinyin.toLowerCase().includes(wanted));
}
