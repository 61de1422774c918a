// Which sign a key makes on the layout that a scanner types on: the key's place (KeyboardEvent.code)
// and its level in, the sign out. The same tables as scanner/devices/key_layout.cpp; a dead key
// makes its sign at once.

export type Layout = "us" | "uk" | "de" | "fr";
export type Level = 0 | 1 | 2; // plain, with Shift, with AltGr

// Signs of a key, plain, with Shift and with AltGr.
type Table = Record<string, string[]>;

const us: Table = {
    Digit1: ["1", "!"],
    Digit2: ["2", "@"],
    Digit3: ["3", "#"],
    Digit4: ["4", "$"],
    Digit5: ["5", "%"],
    Digit6: ["6", "^"],
    Digit7: ["7", "&"],
    Digit8: ["8", "*"],
    Digit9: ["9", "("],
    Digit0: ["0", ")"],
    Backquote: ["`", "~"],
    Minus: ["-", "_"],
    Equal: ["=", "+"],
    BracketLeft: ["[", "{"],
    BracketRight: ["]", "}"],
    Backslash: ["\\", "|"],
    IntlBackslash: ["\\", "|"],
    Semicolon: [";", ":"],
    Quote: ["'", '"'],
    Comma: [",", "<"],
    Period: [".", ">"],
    Slash: ["/", "?"],
    Space: [" ", " "],
    NumpadAdd: ["+", "+"],
    NumpadSubtract: ["-", "-"],
    NumpadMultiply: ["*", "*"],
    NumpadDivide: ["/", "/"],
    NumpadDecimal: [".", "."],
    NumpadEqual: ["=", "="],
    NumpadComma: [",", ","],
};

// Where a layout differs from the American one.
const differences: Record<Layout, Table> = {
    us: {},
    uk: {
        Digit2: ["2", '"'],
        Digit3: ["3", "£"],
        Digit4: ["4", "$", "€"],
        Quote: ["'", "@"],
        Backquote: ["`", "¬", "¦"],
        Backslash: ["#", "~"],
    },
    de: {
        KeyY: ["z", "Z"],
        KeyZ: ["y", "Y"],
        KeyQ: ["q", "Q", "@"],
        KeyE: ["e", "E", "€"],
        KeyM: ["m", "M", "µ"],
        Digit2: ["2", '"', "²"],
        Digit3: ["3", "§", "³"],
        Digit6: ["6", "&"],
        Digit7: ["7", "/", "{"],
        Digit8: ["8", "(", "["],
        Digit9: ["9", ")", "]"],
        Digit0: ["0", "=", "}"],
        Minus: ["ß", "?", "\\"],
        Equal: ["´", "`"],
        BracketLeft: ["ü", "Ü"],
        BracketRight: ["+", "*", "~"],
        Semicolon: ["ö", "Ö"],
        Quote: ["ä", "Ä"],
        Backquote: ["^", "°"],
        Backslash: ["#", "'"],
        Comma: [",", ";"],
        Period: [".", ":"],
        Slash: ["-", "_"],
        IntlBackslash: ["<", ">", "|"],
    },
    fr: {
        KeyQ: ["a", "A"],
        KeyW: ["z", "Z"],
        KeyA: ["q", "Q"],
        KeyZ: ["w", "W"],
        KeyE: ["e", "E", "€"],
        KeyM: [",", "?"],
        Semicolon: ["m", "M"],
        Digit1: ["&", "1"],
        Digit2: ["é", "2", "~"],
        Digit3: ['"', "3", "#"],
        Digit4: ["'", "4", "{"],
        Digit5: ["(", "5", "["],
        Digit6: ["-", "6", "|"],
        Digit7: ["è", "7", "`"],
        Digit8: ["_", "8", "\\"],
        Digit9: ["ç", "9", "^"],
        Digit0: ["à", "0", "@"],
        Minus: [")", "°", "]"],
        Equal: ["=", "+", "}"],
        BracketLeft: ["^", "¨"],
        BracketRight: ["$", "£", "¤"],
        Quote: ["ù", "%"],
        Backquote: ["²"],
        Backslash: ["*", "µ"],
        Comma: [";", "."],
        Period: [":", "/"],
        Slash: ["!", "§"],
        IntlBackslash: ["<", ">"],
    },
};

// Null where the key makes no sign on that level.
export function sign_of(layout: Layout, code: string, level: Level): string | null {
    const row = differences[layout][code] ?? us[code];
    if (row) {
        return row[level] ?? null;
    }
    if (/^Key[A-Z]$/.test(code) && level < 2) {
        return level === 1 ? code.charAt(3) : code.charAt(3).toLowerCase();
    }
    return /^Numpad\d$/.test(code) ? code.charAt(6) : null;
}
