// What the page needs first is asked for while the program is still on its way: it waits for the
// longest of these answers, not for one after the other.
const asked = new Map<string, Promise<Response>>();

export const json_headers = { Accept: "application/json" };

export function ask_early(path: string): void {
    const answer = fetch(path, { headers: json_headers });
    answer.catch(() => undefined); // told to whoever takes it
    asked.set(path, answer);
}

// The answer to an early question, once: who asks again asks anew.
export function early_answer(path: string): Promise<Response> | null {
    const answer = asked.get(path) ?? null;
    asked.delete(path);
    return answer;
}
