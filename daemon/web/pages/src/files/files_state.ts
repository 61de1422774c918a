// The files that open beside a list, at the ward and at the pharmacy: what they hold is fetched when
// one opens, with each view that comes while it is open, and when the daemon is back.
import { useEffect } from "preact/hooks";

import { live } from "../line_state";
import { Fetched } from "./fetched";
import type { PolicyView, SealStock, Substitution } from "./wire";

export const policy_file = new Fetched<PolicyView>("/api/v1/policy");
export const seal_file = new Fetched<SealStock>("/api/v1/seals");
export const substitution_file = new Fetched<{ substitutions: Substitution[] }>(
    "/api/v1/substitutions",
);

// To be called by the part that shows the file; `order` is the number of the view that is shown.
export function keep_fresh<T>(file: Fetched<T>, order: number | undefined): void {
    const stands = live.value; // the same view may come back, of which nothing could be had meanwhile
    useEffect(() => void file.refresh(), [file, order, stands]);
}
