// What is needed now and then at the ward: the files, the scanner check, another station.
import type { JSX } from "preact";

import { FileState } from "../files/file_notes";
import { keep_fresh, policy_file, substitution_file } from "../files/files_state";
import { PolicyHistory, PolicyValues } from "../files/policy_list";
import { SubstitutionList } from "../files/substitution_list";
import { open_history } from "../history/history_place";
import { Button } from "../parts/button";
import { PanelFrame } from "../parts/panel_frame";
import { open_check } from "../scanner_check/scanner_state";
import { open_setup } from "../setup/setup_place";
import { name_of, text } from "../texts";
import { choose_again, stations } from "./station";
import { open_panel, view } from "./ward_state";

export function MorePanel({ close }: { close: () => void }): JSX.Element {
    return (
        <PanelFrame title={text("more.title")} close={close}>
            <div class="more-buttons">
                <Button press={() => open_panel("substitutions")}>
                    {text("files.substitutions")}
                </Button>
                <Button icon="lock" press={() => open_panel("seals")}>
                    {text("files.seals")}
                </Button>
                <Button press={() => open_panel("policy")}>{text("files.policy")}</Button>
                <Button
                    icon="clock"
                    press={() => {
                        close();
                        open_history();
                    }}
                >
                    {text("history.open")}
                </Button>
                <Button
                    icon="barcode"
                    press={() => {
                        close();
                        open_check();
                    }}
                >
                    {text("scanner.title")}
                </Button>
                <Button press={() => open_setup("carts")}>{text("setup.open")}</Button>
                {stations.value.length > 1 && (
                    <Button press={choose_again}>{text("station.change")}</Button>
                )}
            </div>
        </PanelFrame>
    );
}

export function SubstitutionPanel({ close }: { close: () => void }): JSX.Element | null {
    keep_fresh(substitution_file, view.value?.order);
    const one = view.value;
    const cart_name = (id: string): string =>
        name_of(one?.carts.find((cart) => cart.id === id)?.name ?? null) || id;
    return one ? (
        <PanelFrame title={text("substitution.title")} close={close}>
            <p class="hint">{text("substitution.by_pharmacy")}</p>
            <SubstitutionList today={one.today} cart_name={cart_name} />
        </PanelFrame>
    ) : null;
}

export function PolicyPanel({ close }: { close: () => void }): JSX.Element {
    keep_fresh(policy_file, view.value?.order);
    const file = policy_file.value.value;
    return (
        <PanelFrame title={text("policy.title")} close={close}>
            <p class="hint">{text("policy.by_pharmacy")}</p>
            <FileState file={policy_file} />
            {file && (
                <>
                    <PolicyValues policy={file.policy} />
                    <PolicyHistory view={file} />
                </>
            )}
        </PanelFrame>
    );
}
