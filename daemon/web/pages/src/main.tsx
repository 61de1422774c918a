// Where the page begins: asks the daemon what it is, and shows the ward or the pharmacy's board.
import { signal } from "@preact/signals";
import { render } from "preact";
import type { JSX } from "preact";

import { BoardPage } from "./pharmacy/board_page";
import { take_board_outcome } from "./pharmacy/board_keys";
import { start_board } from "./pharmacy/board_state";
import { start_recalls } from "./pharmacy/recall_state";
import { start_wedge_layout } from "./scanner_check/scanner_state";
import { know_stations } from "./reply_text";
import { get_json, retry_ms } from "./server";
import { start_sounds } from "./sounds";
import { load_other_texts, start_texts, text } from "./texts";
import { Chooser, chosen_station, remember_station, stations } from "./ward/station";
import { take_outcome } from "./ward/ward_keys";
import { WardPage } from "./ward/ward_page";
import { start_ward } from "./ward/ward_state";
import { listen } from "./wedge_listener";
import type { Board, Stations, View } from "./wire";

import "./styles/base.css";
import "./styles/frame.css";
import "./styles/parts.css";
import "./styles/ward.css";
import "./styles/check.css";
import "./styles/review.css";
import "./styles/board.css";
import "./styles/wall.css";
import "./styles/recalls.css";
import "./styles/files.css";
import "./styles/camera.css";
import "./styles/scanner_check.css";
import "./styles/history.css";
import "./styles/history_exports.css";
import "./styles/history_print.css";
import "./styles/setup.css";
import "./styles/labels.css";
import "./styles/small.css";

type Stage = "starting" | "unreachable" | "choosing" | "ward" | "pharmacy";

const stage = signal<Stage>("starting");

// Whoever changes the language while they are not here asks for them again.
function prepare_other_texts(): void {
    load_other_texts().catch((error: unknown) => console.info(error));
}

async function begin_ward(station: string): Promise<void> {
    const first = await get_json<View>(`/api/v1/view?station=${encodeURIComponent(station)}`);
    if (!first) {
        stage.value = "choosing";
        return;
    }
    remember_station(station);
    start_ward(first);
    listen(take_outcome);
    start_wedge_layout(station);
    stage.value = "ward";
    prepare_other_texts();
}

async function begin_board(): Promise<void> {
    const first = await get_json<Board>("/api/v1/view");
    if (!first) {
        throw new Error("the daemon has no board");
    }
    start_board(first);
    start_recalls();
    listen(take_board_outcome);
    stage.value = "pharmacy";
    prepare_other_texts();
}

async function begin(): Promise<void> {
    const known = await get_json<Stations>("/api/v1/stations");
    if (!known) {
        throw new Error("the daemon does not say who it is");
    }
    if (known.role === "pharmacy") {
        return begin_board();
    }
    stations.value = known.stations;
    know_stations(known.stations);
    const station = chosen_station(known.stations, window.location.search);
    if (station === null) {
        stage.value = "choosing";
        return;
    }
    return begin_ward(station);
}

// Tries until the daemon answers: a kiosk may be up before its daemon.
function keep_trying(attempt: () => Promise<void>): void {
    attempt().catch(() => {
        stage.value = "unreachable";
        window.setTimeout(() => keep_trying(attempt), retry_ms);
    });
}

function App(): JSX.Element | null {
    switch (stage.value) {
        case "ward":
            return <WardPage />;
        case "pharmacy":
            return <BoardPage />;
        case "choosing":
            return <Chooser choose={(id) => keep_trying(() => begin_ward(id))} />;
        case "unreachable":
            return (
                <main class="chooser">
                    <div role="alert">
                        <h1>{text("app.unreachable")}</h1>
                    </div>
                </main>
            );
        case "starting":
            return (
                <main class="chooser">
                    <h1>{text("app.starting")}</h1>
                </main>
            );
    }
}

// A board that sleeps is not seen. Refused where the browser or the machine does not allow it.
function stay_awake(): void {
    const ask = (): void => {
        if (document.visibilityState === "visible" && "wakeLock" in navigator) {
            navigator.wakeLock.request("screen").catch((error: unknown) => console.info(error));
        }
    };
    document.addEventListener("visibilitychange", ask);
    ask();
}

const root = document.getElementById("app");
if (!root) {
    throw new Error("index.html has no #app");
}
function draw(drawn_in: HTMLElement): void {
    start_sounds();
    stay_awake();
    render(<App />, drawn_in);
    keep_trying(begin);
}

// Until its texts are here the page stands as it was sent: there are no words to say more with.
function start(drawn_in: HTMLElement): void {
    start_texts().then(
        () => draw(drawn_in),
        () => window.setTimeout(() => start(drawn_in), retry_ms),
    );
}

start(root);
