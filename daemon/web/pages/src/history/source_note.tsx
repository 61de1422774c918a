// When it was made and from what of the journal: what an inspector holds a paper against.
import type { JSX } from "preact";

import { moment_text } from "../days";
import { text } from "../texts";
import type { JournalRange } from "./wire";

export function SourceNote({ now, journals }: {
    now: string;
    journals: JournalRange[]; // of each node that had a part in it
}): JSX.Element {
    return (
        <div class="history-source">
            <p>{text("history.made", { at: moment_text(now, "") })}</p>
            {journals.map((journal) => (
                <div key={journal.node}>
                    <p>{text("history.journal", { ...journal })}</p>
                    <p>
                        <code>{journal.hash}</code>
                    </p>
                    <p>
                        {text("history.verify")}{" "}
                        <code>{`cartwatch verify --entry ${journal.node}:${journal.last}`}</code>
                    </p>
                </div>
            ))}
        </div>
    );
}
