// What is to be said of a seal that is not the one on record: three words, one press or one scan each.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { shown } from "../shown";
import { text } from "../texts";
import { command } from "./ward_state";

// Said before the badge, or with the check that it opened.
const asking: ReadonlySet<string> = new Set(["seal_mismatch", "check_opened_other_seal"]);

export function SealWord(): JSX.Element | null {
    const one = shown.value;
    if (one?.from !== "daemon" || !asking.has(one.reply.message)) {
        return null;
    }
    return (
        <div class="lot-choice" role="group" aria-label={text("seal.why")}>
            <Button press={() => command({ do: "seal_said", said: "emergency" })}>
                {text("seal.emergency")}
            </Button>
            <Button press={() => command({ do: "seal_said", said: "mistake" })}>
                {text("seal.mistake")}
            </Button>
            <Button press={() => command({ do: "seal_said", said: "record_wrong" })}>
                {text("seal.record_wrong")}
            </Button>
        </div>
    );
}
