// This node may be behind its own past: its disk was lost, or a backup was restored. It records nothing
// until its peers have given back what they hold of it, or somebody says that it must go on without.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { post_json, random_key } from "../server";
import { name_of, text, word } from "../texts";
import type { Name } from "../wire";
import type { Hearing, LinkProblem, Past } from "../wire_link";
import { Button } from "./button";
import { Icon } from "./icon";

// Somebody wants to go on: asked once more, for what is recorded then can stand against what is lost.
const asked = signal(false);

function go_on(): void {
    asked.value = false;
    void post_json("/api/v1/past/go_on", {}, random_key()); // the next view says what became of it
}

export interface PastNoticeProps {
    past: Past | null;
    role: "ward" | "pharmacy";
    name_of_node?: (node: string) => string;
}

const shown_as: Record<Hearing, "heard" | "awaited" | "given_up"> = {
    heard: "heard",
    awaited: "awaited",
    returning: "awaited",
    forked: "given_up",
    unproven: "given_up",
    withheld: "given_up",
};

export function PastNotice({ past, role, name_of_node = (node) => node }: PastNoticeProps): JSX.Element | null {
    if (!past) {
        return null;
    }
    const names = (group: "heard" | "awaited" | "given_up"): string =>
        past.peers
            .filter((peer) => shown_as[peer.hearing] === group)
            .map((peer) => name_of_node(peer.node))
            .join(text("list.comma"));
    return (
        <div class="strip strip-warn" role="status">
            <Icon name="clock" />
            <span>
                {word("past", `${role}_${past.reason}`)}{" "}
                {text("past.peers", {
                    heard: names("heard"),
                    awaited: names("awaited"),
                    given_up: names("given_up"),
                })}
            </span>
            {asked.value ? (
                <>
                    <span>{text("past.sure")}</span>
                    <Button look="danger" press={go_on}>
                        {text("past.go_on_sure")}
                    </Button>
                    <Button press={() => (asked.value = false)}>{text("past.wait")}</Button>
                </>
            ) : (
                <Button press={() => (asked.value = true)}>{text("past.go_on")}</Button>
            )}
        </div>
    );
}

// Where a person has to look at the link; null where it mends itself.
export function ProblemStrip({ problem }: { problem: LinkProblem | null }): JSX.Element | null {
    return problem ? (
        <div class="strip strip-danger" role="alert">
            <Icon name="link" />
            <span>{problem_text(problem)}</span>
        </div>
    ) : null;
}

const told = new Set([
    "ahead",
    "bad_message",
    "expired",
    "fork",
    "revoked",
    "tls_required",
    "two_callers",
    "unknown_node",
    "unproven",
    "wrong_node",
]);

export function problem_text(problem: LinkProblem): string {
    return told.has(problem.code)
        ? word("problem", problem.code, { text: problem.text })
        : text("problem.other", { text: problem.text });
}

export function ward_name(stations: Name[], node: string): string {
    return stations.map(name_of).join(text("list.comma")) || node;
}
