// Why the daemon refused something, as it says it itself: in English, for whoever looks after the
// machine. What everybody is to know stands beside it in the page's language.
import type { JSX } from "preact";

import { text } from "../texts";

export function DaemonWords({ words }: { words: string }): JSX.Element | null {
    return words === "" ? null : (
        <details class="daemon-words">
            <summary>{text("refused.words")}</summary>
            <p lang="en">{words}</p>
        </details>
    );
}
