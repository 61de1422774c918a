// What this browser was told to remember, and where the page's catalogues lie: enough to know what to
// ask for before the program has arrived.
export type Language = "zh-CN" | "en";

const kept = { language: "cartwatch.language", station: "cartwatch.station" } as const;

export function chosen(what: keyof typeof kept): string | null {
    return localStorage.getItem(kept[what]);
}

export function remember(what: keyof typeof kept, value: string | null): void {
    if (value === null) {
        localStorage.removeItem(kept[what]);
    } else {
        localStorage.setItem(kept[what], value);
    }
}

export function chosen_language(): Language {
    return chosen("language") === "en" ? "en" : "zh-CN";
}

// The station that the address names, else the one that was chosen; null: neither.
export function asked_station(search: string): string | null {
    return new URLSearchParams(search).get("station") ?? chosen("station");
}

// Filled in when the page is bundled.
declare const CARTWATCH_TEXTS: Record<Language, string>;

export function catalogue_path(of: Language): string {
    return CARTWATCH_TEXTS[of];
}
