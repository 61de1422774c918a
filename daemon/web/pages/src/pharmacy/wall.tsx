// The board on a wall. Nobody scrolls there: the worst stands on top, and what has no room is counted.
import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

import { Icon } from "../parts/icon";
import { text } from "../texts";
import type { Board } from "../wire";
import { drawn } from "./board_state";
import { GroupCard } from "./group_card";
import { first_groups, waiting } from "./groups";
import { set_wall, wall } from "./wall_state";
import { Wards } from "./wards";

// More than any wall shows at once.
const alerts_most = 60;

export function WallButton(): JSX.Element {
    const on = wall.value;
    return (
        <button type="button" class="chip" aria-pressed={on} onClick={() => set_wall(!on)}>
            {text("board.wall")}
        </button>
    );
}

// What the line below the list takes of it, with its gap, in pixels (wall.css).
const rest_height = 90;

// Hides the groups that would be cut off; answers how many are left. One that is larger than the
// screen is shown as far as it goes.
function whole_groups(list: HTMLElement): number {
    const groups = [...list.querySelectorAll<HTMLElement>(".group")];
    const room = (list.parentElement ?? list).getBoundingClientRect().bottom;
    const above = (bottom: number): number =>
        groups.filter((group) => group.getBoundingClientRect().bottom <= bottom).length;
    const all_fit = above(room) === groups.length && groups.length === drawn.peek().length;
    const shown = all_fit ? groups.length : Math.max(1, above(room - rest_height));
    groups.forEach((group, i) => (group.style.visibility = i < shown ? "" : "hidden"));
    return shown;
}

function NotOnScreen({ shown }: { shown: number }): JSX.Element | null {
    const rest = drawn.value.slice(shown);
    const critical = rest.filter((group) => waiting(group, "critical")).length;
    return rest.length === 0 ? null : (
        <p class="wall-rest" role="status">
            {text("board.not_on_screen", { count: rest.length, critical: critical || "" })}
        </p>
    );
}

export function Wall({ now }: { now: Board }): JSX.Element {
    const list = useRef<HTMLElement>(null);
    const shown = useSignal(drawn.value.length);
    useLayoutEffect(() => {
        const look = (): void => {
            shown.value = list.current ? whole_groups(list.current) : 0;
        };
        look();
        window.addEventListener("resize", look);
        return () => window.removeEventListener("resize", look);
    });
    return (
        <main class="board board-work">
            <div class="board-list">
                <section class="groups" ref={list} aria-label={text("board.alerts")}>
                    {drawn.value.length === 0 && (
                        <p class="all-well">
                            <Icon name="check" size={64} /> {text("board.all_well")}
                        </p>
                    )}
                    {first_groups(drawn.value, alerts_most).map((group, i) => (
                        <GroupCard key={group.key} group={group} number={i + 1} />
                    ))}
                </section>
                <NotOnScreen shown={shown.value} />
            </div>
            <Wards one={now} />
        </main>
    );
}
