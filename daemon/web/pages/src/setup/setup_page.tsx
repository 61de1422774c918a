// Setup: what the hospital keeps here, part by part. Scans go to the part that waits for one and to
// no cart.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { LabelsTab } from "../labels/labels_tab";
import { Band } from "../parts/band";
import { Button } from "../parts/button";
import { leave_when_idle } from "../parts/leave_when_idle";
import { text } from "../texts";
import type { TextKey } from "../texts";
import { close_setup, setup_tab, takes_scan } from "./setup_place";
import type { SetupTab } from "./setup_place";
import { PolicyTab } from "./policy_tab";
import { ScannerTab } from "./scanner_tab";
import { hear_station } from "./station_scans";

export interface SetupPageProps {
    // Of a ward, whose own scanners are heard; null at the pharmacy.
    station: string | null;
    // What another room of the page opens.
    open_policy: (() => void) | null;
    open_scanner: (() => void) | null;
}

interface TabRow {
    tab: SetupTab;
    title: TextKey;
    here: (props: SetupPageProps) => boolean;
    part: (props: SetupPageProps) => JSX.Element;
}

const tabs: TabRow[] = [
    { tab: "policy", title: "files.policy", here: () => true, part: PolicyTab },
    { tab: "labels", title: "labels.title", here: () => true, part: LabelsTab },
    {
        tab: "scanner",
        title: "scanner.title",
        here: ({ open_scanner }) => open_scanner !== null,
        part: ScannerTab,
    },
];

function Tabs(props: SetupPageProps): JSX.Element {
    return (
        <nav class="setup-tabs" aria-label={text("setup.parts")}>
            {tabs
                .filter(({ here }) => here(props))
                .map(({ tab, title }) => (
                    <button
                        key={tab}
                        type="button"
                        class="button plain"
                        aria-current={setup_tab.value === tab ? "page" : undefined}
                        onClick={() => {
                            takes_scan.value = null;
                            setup_tab.value = tab;
                        }}
                    >
                        {text(title)}
                    </button>
                ))}
        </nav>
    );
}

export function SetupPage(props: SetupPageProps): JSX.Element {
    const { station } = props;
    useEffect(() => leave_when_idle(close_setup), []);
    useEffect(() => (station === null ? undefined : hear_station(station)), [station]);
    const row = tabs.find(({ tab }) => tab === setup_tab.value);
    const Part = row?.part;
    return (
        <main class="setup">
            <Band idle={text("setup.invite")} />
            <Tabs {...props} />
            <div
                class="setup-scroll"
                tabIndex={0}
                role="group"
                aria-label={text(row?.title ?? "setup.title")}
            >
                {Part && <Part {...props} />}
            </div>
            <footer class="footer">
                <span class="invite">{text("setup.no_cart")}</span>
                <Button icon="cross" shortcut="Esc" press={close_setup}>
                    {text("setup.leave")}
                </Button>
            </footer>
        </main>
    );
}
