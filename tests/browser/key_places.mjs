// What a scanner presses: which key makes which character on the layout that it is set to, and what
// a machine set to another layout would call that key; and house tags. Written down from the
// keyboards themselves, row by row: the pages' own tables are held against these.

const codes = [
    "Backquote Digit1 Digit2 Digit3 Digit4 Digit5 Digit6 Digit7 Digit8 Digit9 Digit0 Minus Equal",
    "KeyQ KeyW KeyE KeyR KeyT KeyY KeyU KeyI KeyO KeyP BracketLeft BracketRight",
    "KeyA KeyS KeyD KeyF KeyG KeyH KeyJ KeyK KeyL Semicolon Quote Backslash",
    "IntlBackslash KeyZ KeyX KeyC KeyV KeyB KeyN KeyM Comma Period Slash",
].map((row) => row.split(" "));

// Each row plain, then with Shift; then the keys with AltGr.
const layouts = {
    us: {
        rows: [
            ["`1234567890-=", "~!@#$%^&*()_+"],
            ["qwertyuiop[]", "QWERTYUIOP{}"],
            ["asdfghjkl;'\\", 'ASDFGHJKL:"|'],
            ["\\zxcvbnm,./", "|ZXCVBNM<>?"],
        ],
        third: {},
    },
    uk: {
        rows: [
            ["`1234567890-=", '¬!"£$%^&*()_+'],
            ["qwertyuiop[]", "QWERTYUIOP{}"],
            ["asdfghjkl;'#", "ASDFGHJKL:@~"],
            ["\\zxcvbnm,./", "|ZXCVBNM<>?"],
        ],
        third: { "€": "Digit4", "¦": "Backquote" },
    },
    de: {
        rows: [
            ["^1234567890ß´", '°!"§$%&/()=?`'],
            ["qwertzuiopü+", "QWERTZUIOPÜ*"],
            ["asdfghjklöä#", "ASDFGHJKLÖÄ'"],
            ["<yxcvbnm,.-", ">YXCVBNM;:_"],
        ],
        third: {
            ...{ "@": "KeyQ", "€": "KeyE", "µ": "KeyM", "²": "Digit2", "³": "Digit3" },
            ...{ "{": "Digit7", "[": "Digit8", "]": "Digit9", "}": "Digit0", "\\": "Minus" },
            ...{ "~": "BracketRight", "|": "IntlBackslash" },
        },
    },
    fr: {
        rows: [
            ["²&é\"'(-è_çà)=", "\0" + "1234567890°+"],
            ["azertyuiop^$", "AZERTYUIOP¨£"],
            ["qsdfghjklmù*", "QSDFGHJKLM%µ"],
            ["<wxcvbn,;:!", ">WXCVBN?./§"],
        ],
        third: {
            ...{ "€": "KeyE", "~": "Digit2", "#": "Digit3", "{": "Digit4", "[": "Digit5" },
            ...{ "|": "Digit6", "`": "Digit7", "\\": "Digit8", "^": "Digit9", "@": "Digit0" },
            ...{ "]": "Minus", "}": "Equal", "¤": "BracketRight" },
        },
    },
};

export const layout_names = Object.keys(layouts);

// The key that makes this character: { code, shift, altgr }.
export function key_of(char, layout = "us") {
    const { rows, third } = layouts[layout];
    for (const [r, levels] of rows.entries()) {
        for (const [level, signs] of levels.entries()) {
            const at = [...signs].indexOf(char);
            if (at >= 0) {
                return { code: codes[r][at], shift: level === 1, altgr: false };
            }
        }
    }
    if (char === " ") {
        return { code: "Space", shift: false, altgr: false };
    }
    if (third[char] === undefined) {
        throw new Error(`no key of ${layout} makes ${JSON.stringify(char)}`);
    }
    return { code: third[char], shift: false, altgr: true };
}

// What a machine of this layout takes the key for: its KeyboardEvent.key.
export function sign_on(layout, { code, shift, altgr }) {
    const { rows, third } = layouts[layout];
    if (altgr) {
        const found = Object.entries(third).find(([, place]) => place === code);
        return found ? found[0] : "Dead";
    }
    for (const [r, levels] of rows.entries()) {
        const at = codes[r].indexOf(code);
        if (at >= 0) {
            return [...levels[shift ? 1 : 0]][at];
        }
    }
    return code === "Space" ? " " : "Unidentified";
}

// Ten digits of a house tag: 9, type, seven digits, check digit (GS1 modulo 10).
export function own_tag(type, number) {
    const nine = `9${type}${String(number).padStart(7, "0")}`;
    const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 1 : 3), 0);
    return `${nine}${(10 - (sum % 10)) % 10}`;
}
