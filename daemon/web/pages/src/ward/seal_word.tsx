// What is to be said of a seal that is not the one on record: three words, one press or one scan each,
// and what each of them leads to.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { shown } from "../shown";
import { text } from "../texts";
import { command } from "./ward_state";

// Said before the badge, or with the check that it opened.
const asking: ReadonlySet<string> = new Set(["seal_mismatch", "check_opened_other_seal"]);

const answers = ["emergency", "mistake", "record_wrong"] as const;

export function SealWord(): JSX.Element | null {
    const one = shown.value;
    if (one?.from !== "daemon" || !asking.has(one.reply.message)) {
        return null;
    }
    return (
        <div class="seal-word" role="group" aria-labelledby="seal-why">
            <h2 id="seal-why">{text("seal.why")}</h2>
            {answers.map((said) => (
                <div key={said} class="seal-answer">
                    <Button look="primary" press={() => command({ do: "seal_said", said })}>
                        {text(`seal.${said}`)}
                    </Button>
                    <p>{text(`seal_means.${said}`)}</p>
                </div>
            ))}
        </div>
    );
}
