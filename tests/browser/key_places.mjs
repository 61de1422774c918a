// What a scanner presses: which key of a US keyboard makes which character; and house tags.

const shifted = ")!@#$%^&*(";
const places = {
    "-_": "Minus",
    "=+": "Equal",
    "[{": "BracketLeft",
    "]}": "BracketRight",
    "\\|": "Backslash",
    ";:": "Semicolon",
    "'\"": "Quote",
    "`~": "Backquote",
    ",<": "Comma",
    ".>": "Period",
    "/?": "Slash",
    "  ": "Space",
};

// The key of a US keyboard that makes this character: what a scanner presses.
export function key_of(char) {
    if (/[a-z]/i.test(char)) {
        return { code: `Key${char.toUpperCase()}`, shift: char !== char.toLowerCase() };
    }
    if (/\d/.test(char)) {
        return { code: `Digit${char}`, shift: false };
    }
    if (shifted.includes(char)) {
        return { code: `Digit${shifted.indexOf(char)}`, shift: true };
    }
    const pair = Object.keys(places).find((one) => one.includes(char));
    if (pair === undefined) {
        throw new Error(`no key of a US keyboard makes ${JSON.stringify(char)}`);
    }
    return { code: places[pair], shift: pair.indexOf(char) === 1 };
}

// Ten digits of a house tag: 9, type, seven digits, check digit (GS1 modulo 10).
export function own_tag(type, number) {
    const nine = `9${type}${String(number).padStart(7, "0")}`;
    const sum = [...nine].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 1 : 3), 0);
    return `${nine}${(10 - (sum % 10)) % 10}`;
}
