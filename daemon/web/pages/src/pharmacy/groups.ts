// The board's alerts by cart: one cart, one trip. Pure; the order never changes under a pointer.
import { with_unchanged } from "../parts/unchanged";
import type { Board, BoardAlert, Severity } from "../wire";

export interface Group {
    key: string; // node and cart
    alerts: BoardAlert[]; // in the board's order: worst first
    severity: Severity; // the worst of those not accepted, else the worst
    raised: number; // not accepted yet
    gone: boolean; // all closed, still drawn because the order is held
}

const rank: Record<Severity, number> = { critical: 0, high: 1, normal: 2, notice: 3 };

export function key_of(alert: BoardAlert): string {
    return `${alert.node}/${alert.cart}`;
}

function worst(alerts: BoardAlert[]): Severity {
    const open = alerts.filter((alert) => alert.state === "raised");
    const among = open.length > 0 ? open : alerts;
    return among.reduce<Severity>(
        (found, alert) => (rank[alert.severity] < rank[found] ? alert.severity : found),
        "notice",
    );
}

function group_of(key: string, alerts: BoardAlert[]): Group {
    const raised = alerts.filter((alert) => alert.state === "raised").length;
    return { key, alerts, severity: worst(alerts), raised, gone: false };
}

function oldest(group: Group): string {
    return group.alerts.reduce(
        (first, alert) => (first === "" || alert.raised_at < first ? alert.raised_at : first),
        "",
    );
}

// Not accepted before accepted, worst first, longest waiting first.
export function groups_of(board: Board): Group[] {
    const by_key = new Map<string, BoardAlert[]>();
    for (const alert of board.alerts) {
        const key = key_of(alert);
        const known = by_key.get(key);
        if (known) {
            known.push(alert);
        } else {
            by_key.set(key, [alert]);
        }
    }
    // With every change of any alert: what orders a group is found out once.
    const groups = [...by_key].map(([key, alerts]) => {
        const group = group_of(key, alerts);
        return { group, since: oldest(group) };
    });
    groups.sort(
        ({ group: a, since: a_since }, { group: b, since: b_since }) =>
            Number(a.raised === 0) - Number(b.raised === 0)
            || rank[a.severity] - rank[b.severity]
            || Number(a_since > b_since) - Number(a_since < b_since),
    );
    return groups.map(({ group }) => group);
}

// While the order is held, every row stays where it is: what closed stays as gone, what is new
// comes last.
export function drawn_groups(previous: Group[], next: Group[], held: boolean): Group[] {
    if (!held) {
        return next;
    }
    const fresh = new Map(next.map((group) => [group.key, group]));
    const kept = previous.map((group) => fresh.get(group.key) ?? { ...group, gone: true });
    const known = new Set(previous.map((group) => group.key));
    return [...kept, ...next.filter((group) => !known.has(group.key))];
}

// The same groups; those of before, and their alerts, where they are as they were.
export function with_unchanged_groups(previous: Group[], next: Group[]): Group[] {
    const before = new Map(previous.map((group) => [group.key, group]));
    return next.map((group) => {
        const known = before.get(group.key);
        if (!known) {
            return group;
        }
        const alerts = new Map(known.alerts.map((alert) => [alert.subject, alert]));
        const kept = group.alerts.map((alert) => with_unchanged(alerts.get(alert.subject), alert));
        return with_unchanged(known, { ...group, alerts: kept as BoardAlert[] });
    });
}

// The first groups with so many alerts together, and at least one.
export function first_groups(groups: Group[], alerts_most: number): Group[] {
    let alerts = 0;
    return groups.filter((group) => {
        const fits = alerts < alerts_most;
        alerts += group.alerts.length;
        return fits;
    });
}

export function waiting(group: Group, severity: Severity): boolean {
    return group.alerts.some((one) => one.state === "raised" && one.severity === severity);
}

// Episodes not accepted, of one severity: what a sound announces once.
export function raised_episodes(board: Board, severity: Severity): Set<string> {
    const raised = board.alerts.filter(
        (alert) => alert.state === "raised" && alert.severity === severity,
    );
    return new Set(raised.map((alert) => `${key_of(alert)}/${alert.subject}/${alert.episode}`));
}
