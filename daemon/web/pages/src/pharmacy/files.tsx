// The pharmacy's files beside the board's list, and the buttons that open them.
import type { JSX } from "preact";

import { keep_fresh, seal_file } from "../files/files_state";
import { SealList } from "../files/seal_list";
import { open_history } from "../history/history_place";
import { Button } from "../parts/button";
import { PanelFrame } from "../parts/panel_frame";
import { open_setup } from "../setup/setup_place";
import { text } from "../texts";
import type { Board } from "../wire";
import { board } from "./board_state";
import { close_files, open_file } from "./file_state";
import type { FileKind } from "./file_state";
import { pick_list_open } from "./pick_list";
import { PolicyPanel } from "./policy_panel";
import { SubstitutionPanel } from "./substitution_panel";

export function FileButtons(): JSX.Element {
    return (
        <div class="file-buttons" role="group" aria-label={text("files.title")}>
            <Button look="quiet" press={() => open_file("substitutions")}>
                {text("files.substitutions")}
            </Button>
            <Button look="quiet" press={() => open_file("policy")}>
                {text("files.policy")}
            </Button>
            <Button look="quiet" press={() => open_file("seals")}>
                {text("files.seals")}
            </Button>
            <Button look="quiet" press={() => (pick_list_open.value = true)}>
                {text("pick.open")}
            </Button>
            <Button look="quiet" icon="clock" press={open_history}>
                {text("history.open")}
            </Button>
            <Button look="quiet" press={() => open_setup("products")}>
                {text("setup.open")}
            </Button>
        </div>
    );
}

function SealPanel(): JSX.Element {
    keep_fresh(seal_file, board.value?.order);
    return (
        <PanelFrame title={text("seals.title")} close={close_files}>
            <p class="hint">{text("seals.at_wards")}</p>
            <SealList />
        </PanelFrame>
    );
}

export function FilePanel({ kind, one }: { kind: FileKind; one: Board }): JSX.Element {
    switch (kind) {
        case "substitutions":
            return <SubstitutionPanel one={one} />;
        case "policy":
            return <PolicyPanel />;
        case "seals":
            return <SealPanel />;
    }
}
