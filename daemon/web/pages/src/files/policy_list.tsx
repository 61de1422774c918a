// The rules in force, and who changed what when.
import type { JSX } from "preact";

import { moment_text } from "../days";
import { daemon_now } from "../line_state";
import { text, word } from "../texts";
import { changed_members, member_text, policy_groups } from "./policy_members";
import type { MemberGroup } from "./policy_members";
import type { Policy, PolicyView } from "./wire";

function Group({ group, policy }: { group: MemberGroup; policy: Policy }): JSX.Element {
    return (
        <section class="policy-group">
            <h3>{text(group.title)}</h3>
            <dl class="policy-values">
                {group.rows.map(({ member }) => (
                    <div key={member}>
                        <dt>{word("policy", member)}</dt>
                        <dd>{member_text(policy, member)}</dd>
                    </div>
                ))}
            </dl>
        </section>
    );
}

export function PolicyValues({ policy }: { policy: Policy }): JSX.Element {
    return (
        <>
            {policy_groups.map((group) => (
                <Group key={group.title} group={group} policy={policy} />
            ))}
        </>
    );
}

// What one change set.
export function PolicyChanges({ before, after }: { before: Policy; after: Policy }): JSX.Element {
    return (
        <ul>
            {changed_members(before, after).map((member) => (
                <li key={member}>
                    {text("policy.was", {
                        member: word("policy", member),
                        before: member_text(before, member),
                        after: member_text(after, member),
                    })}
                </li>
            ))}
        </ul>
    );
}

// What was in force before a change: what the one before it set, or what the program comes with;
// null where that one is not shown any more.
function before_change(view: PolicyView, place: number): Policy | null {
    const earlier = view.changes[place + 1];
    return earlier ? earlier.policy : view.more ? null : view.defaults;
}

export function PolicyHistory({ view }: { view: PolicyView }): JSX.Element {
    return (
        <section class="policy-history">
            <h3 class="file-part">{text("policy.history")}</h3>
            {view.changes.length === 0 && <p class="hint">{text("policy.never_changed")}</p>}
            <ol>
                {view.changes.map((change, i) => {
                    const before = before_change(view, i);
                    const members = before ? changed_members(before, change.policy) : [];
                    return (
                        <li key={change.seq} class="file-row">
                            <b>
                                {text("policy.changed_by", {
                                    at: moment_text(change.at, daemon_now.value),
                                    by: change.by?.name ?? "",
                                })}
                            </b>
                            {before && members.length === 0 && <p>{text("policy.confirmed")}</p>}
                            {before && <PolicyChanges before={before} after={change.policy} />}
                        </li>
                    );
                })}
            </ol>
            {view.more && <p class="hint">{text("policy.older")}</p>}
        </section>
    );
}
