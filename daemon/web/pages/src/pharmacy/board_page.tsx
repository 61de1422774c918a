// The pharmacy's board at a desk: what is short, by cart, worst first; who has taken it; and how
// each ward is reached. It says when it may be stale.
import { signal } from "@preact/signals";
import type { ComponentChildren, JSX } from "preact";

import type { CameraPlace } from "../camera/camera_state";
import { LazyCamera } from "../camera/lazy_camera";
import { close_history, history_place } from "../history/history_place";
import { LazyHistory } from "../history/lazy_history";
import { Band } from "../parts/band";
import { Button } from "../parts/button";
import { Header, Strips } from "../parts/frame";
import { Icon } from "../parts/icon";
import { PastNotice, ward_name } from "../parts/past_notice";
import { SoundPanel } from "../parts/sound_panel";
import { LazySetup } from "../setup/lazy_setup";
import { close_setup, setup_tab } from "../setup/setup_place";
import { text } from "../texts";
import type { Board } from "../wire";
import {
    board,
    camera_open,
    confirm_day,
    drawn,
    forget_operator,
    held,
    hold,
    hold_a_while,
    let_go,
    operator_name,
    post_setup,
    sound_open,
} from "./board_state";
import { take_board_outcome } from "./board_keys";
import { file_open, open_file } from "./file_state";
import { FilePanel } from "./files";
import { GroupCard } from "./group_card";
import { first_groups, waiting } from "./groups";
import type { Group } from "./groups";
import { pick_list_open, PickList } from "./pick_list";
import { RecallPanel } from "./recall_panel";
import { open_recalls, recalls_open, recalls_unfinished } from "./recall_state";
import { SendPanel } from "./send_panel";
import { send_form } from "./send_state";
import { Wall, WallButton } from "./wall";
import { wall } from "./wall_state";
import { Wards } from "./wards";

function Count({ label, value, bad }: {
    label: string;
    value: number;
    bad: boolean;
}): JSX.Element {
    return (
        <span class={bad && value > 0 ? "board-count bad" : "board-count"}>
            {label} <strong>{value}</strong>
        </span>
    );
}

function Counts({ counts }: { counts: Board["counts"] }): JSX.Element {
    return (
        <div class="board-counts" role="group" aria-label={text("board.counts")}>
            <Count label={text("board.open_critical")} value={counts.open_critical} bad />
            <Count label={text("board.open")} value={counts.open} bad={false} />
            <Count label={text("board.not_ready")} value={counts.not_ready} bad />
            <Count label={text("board.overdue")} value={counts.overdue} bad />
        </div>
    );
}

function Recalls(): JSX.Element {
    const count = recalls_unfinished.value;
    return (
        <button
            type="button"
            class={count > 0 ? "chip alarming" : "chip"}
            onClick={() => {
                close_history();
                close_setup();
                pick_list_open.value = false;
                open_recalls();
            }}
            aria-expanded={recalls_open.value}
        >
            {text("board.recalls", { count: count || "" })}
        </button>
    );
}

function Operator(): JSX.Element {
    const name = operator_name();
    return name ? (
        <span class="operator">
            <Icon name="person" /> {name}
            <Button look="quiet" press={forget_operator}>
                {text("board.sign_out")}
            </Button>
        </span>
    ) : (
        <span class="operator none">
            <Icon name="barcode" /> {text("board.scan_badge")}
        </span>
    );
}

// Rows do not move under a pointer, a finger or the keyboard's focus.
function HeldList({ children }: { children: ComponentChildren }): JSX.Element {
    return (
        <section
            class="groups"
            aria-label={text("board.alerts")}
            tabIndex={0}
            onPointerEnter={(event) => event.pointerType === "mouse" && hold()}
            onPointerLeave={(event) => event.pointerType === "mouse" && let_go()}
            onPointerDown={(event) => event.pointerType !== "mouse" && hold_a_while()}
            onFocusIn={hold_a_while}
        >
            {children}
        </section>
    );
}

// Alerts drawn at a time: more than a person reads before the next one is served. A thousand at once
// would let the list stutter when it scrolls.
const alerts_at_a_time = 120;
const alerts_shown = signal(alerts_at_a_time);

function MoreGroups({ rest }: { rest: Group[] }): JSX.Element | null {
    const critical = rest.filter((group) => waiting(group, "critical")).length;
    return rest.length === 0 ? null : (
        <Button press={() => (alerts_shown.value += alerts_at_a_time)}>
            {text("board.more_carts", { count: rest.length, critical: critical || "" })}
        </Button>
    );
}

function Alerts(): JSX.Element {
    const first = first_groups(drawn.value, alerts_shown.value);
    return (
        <HeldList>
            {drawn.value.length === 0 && (
                <p class="all-well">
                    <Icon name="check" size={40} /> {text("board.all_well")}
                </p>
            )}
            {first.map((group, i) => (
                <GroupCard key={group.key} group={group} number={i + 1} />
            ))}
            <MoreGroups rest={drawn.value.slice(first.length)} />
        </HeldList>
    );
}

// What stands beside the list: what was opened last and is not closed, else how wards are reached.
function Side({ now }: { now: Board }): JSX.Element {
    if (sound_open.value) {
        return <SoundPanel close={() => (sound_open.value = false)} />;
    }
    if (send_form.value) {
        return <SendPanel />;
    }
    if (recalls_open.value) {
        return <RecallPanel />;
    }
    return file_open.value ? <FilePanel kind={file_open.value} one={now} /> : <Wards one={now} />;
}

// No check waits for a code here.
const camera_place: CameraPlace = {
    station: () => null,
    take: (code) => take_board_outcome({ kind: "scan", text: code, gaps: [], longest_gap: 0 }),
    touched: hold_a_while,
    open: () => camera_open.peek(),
};

// The board itself.
function Work({ now }: { now: Board }): JSX.Element {
    const wide = recalls_open.value || file_open.value !== null;
    const work = wide
        ? "board-work with-recalls"
        : send_form.value
          ? "board-work with-sending"
          : "board-work";
    return (
        <main class="board">
            <Band idle={text(now.past ? "past.invite_pharmacy" : "board.invite")}>
                <Operator />
                <Button
                    icon="camera"
                    pressed={camera_open.value}
                    press={() => (camera_open.value = !camera_open.value)}
                >
                    {text("camera.open")}
                </Button>
            </Band>
            <div class={work}>
                <div class="board-list">
                    {camera_open.value && (
                        <LazyCamera place={camera_place} close={() => (camera_open.value = false)} />
                    )}
                    <p class="list-note">
                        {text(held.value ? "board.order_held" : "board.order")}
                    </p>
                    <Alerts />
                </div>
                <Side now={now} />
            </div>
        </main>
    );
}

function Main({ now }: { now: Board }): JSX.Element {
    if (history_place.value) {
        return <LazyHistory />;
    }
    if (setup_tab.value) {
        return (
            <LazySetup
                station={null}
                post={post_setup}
                order={now.order}
                open_policy={() => open_file("policy")}
                open_scanner={null}
            />
        );
    }
    if (wall.value) {
        return <Wall now={now} />;
    }
    return pick_list_open.value ? <PickList board={now} /> : <Work now={now} />;
}

function open_sound(): void {
    close_history();
    close_setup();
    pick_list_open.value = false;
    sound_open.value = true;
}

export function BoardPage(): JSX.Element | null {
    const now = board.value;
    return now ? (
        <div class="page">
            <Header title={text("board.title")} open_sound={open_sound}>
                <Counts counts={now.counts} />
                <Recalls />
                <WallButton />
            </Header>
            <Strips recording={now.recording} clock={{ back: now.clock_back, confirm: confirm_day }}>
                <PastNotice
                    past={now.past}
                    role="pharmacy"
                    name_of_node={(node) =>
                        ward_name(now.wards.find((ward) => ward.node === node)?.stations ?? [], node)
                    }
                />
            </Strips>
            <Main now={now} />
        </div>
    ) : null;
}
