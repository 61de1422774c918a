// The link between ward and pharmacy as the daemon tells it.

export interface LinkStatus {
    state: "connected" | "connecting" | "off";
    waiting: number;
    waiting_since: string | null;
    problem: LinkProblem | null;
}

// Why two nodes cannot talk until a person has looked.
export interface LinkProblem {
    code: string; // as in schema/link.md, or two_callers
    text: string; // in English
}

// What a node wrote before and is not back yet; meanwhile it records nothing.
export interface Past {
    reason: "restored" | "empty" | "behind";
    began_at: string;
    peers: { node: string; hearing: Hearing; owed: number }[];
}

// Nothing is to be had of the last three.
export type Hearing = "awaited" | "returning" | "heard" | "forked" | "unproven" | "withheld";
