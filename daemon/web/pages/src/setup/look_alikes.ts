// Which signs of a name tell it from a look-alike: what is left between the beginning and the end
// that both have.
export interface Emphasis {
    before: string;
    different: string;
    after: string;
}

export function emphasis_against(name: string, other: string): Emphasis {
    const signs = [...name];
    const others = [...other];
    const shorter = Math.min(signs.length, others.length);
    let head = 0;
    while (head < shorter && signs[head] === others[head]) {
        head += 1;
    }
    let tail = 0;
    while (tail < shorter - head && signs.at(-1 - tail) === others.at(-1 - tail)) {
        tail += 1;
    }
    return {
        before: signs.slice(0, head).join(""),
        different: signs.slice(head, signs.length - tail).join(""),
        after: signs.slice(signs.length - tail).join(""),
    };
}
