// Setup: what the hospital keeps here, part by part. Scans go to the part that waits for one and to
// no cart.
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import type { CameraPlace } from "../camera/camera_state";
import { LazyCamera } from "../camera/lazy_camera";
import { LabelsTab } from "../labels/labels_tab";
import { Band } from "../parts/band";
import { Button } from "../parts/button";
import { leave_when_idle } from "../parts/leave_when_idle";
import { text } from "../texts";
import type { TextKey } from "../texts";
import { CartsTab } from "./carts_tab";
import { close_forms } from "./edit_form";
import { close_setup, setup_camera, setup_tab, take_setup_scan } from "./setup_place";
import type { SetupTab } from "./setup_place";
import { PolicyTab } from "./policy_tab";
import { ProductsTab } from "./products_tab";
import { ScannerTab } from "./scanner_tab";
import { never_mind, place, refusal } from "./setup_state";
import type { Post } from "./setup_state";
import { Sign } from "./sign";
import { StaffTab } from "./staff_tab";
import { hear_station } from "./station_scans";

export interface SetupPageProps {
    // Of a ward, whose own scanners are heard; null at the pharmacy.
    station: string | null;
    post: Post;
    order: number | undefined; // of the view that the page shows: the lists are as new
    // What another room of the page opens.
    open_policy: (() => void) | null;
    open_scanner: (() => void) | null;
}

// No check waits for a code here.
const camera_place: CameraPlace = {
    station: () => null,
    take: take_setup_scan,
    touched: () => undefined,
    open: () => setup_camera.peek(),
};

interface TabRow {
    tab: SetupTab;
    title: TextKey;
    here: (props: SetupPageProps) => boolean;
    part: (props: SetupPageProps) => JSX.Element;
}

const everywhere = (): boolean => true;
const at_ward = ({ station }: SetupPageProps): boolean => station !== null;

const tabs: TabRow[] = [
    { tab: "carts", title: "setup.tab_carts", here: at_ward, part: CartsTab },
    { tab: "products", title: "setup.tab_products", here: everywhere, part: ProductsTab },
    { tab: "staff", title: "setup.tab_staff", here: everywhere, part: StaffTab },
    { tab: "policy", title: "files.policy", here: everywhere, part: PolicyTab },
    { tab: "labels", title: "labels.title", here: everywhere, part: LabelsTab },
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
                            never_mind();
                            refusal.value = null;
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
    const { station, post } = props;
    place.value = { station: station ?? "", post };
    useEffect(() => leave_when_idle(close_setup), []);
    useEffect(() => never_mind, []);
    useEffect(() => close_forms, []);
    useEffect(() => (station === null ? undefined : hear_station(station)), [station]);
    const row = tabs.find(({ tab }) => tab === setup_tab.value);
    const Part = row?.part;
    return (
        <main class="setup">
            <Band idle={text("setup.invite")} />
            <Tabs {...props} />
            <Sign />
            <div
                class="setup-scroll"
                tabIndex={0}
                role="group"
                aria-label={text(row?.title ?? "setup.title")}
            >
                {setup_camera.value && (
                    <LazyCamera place={camera_place} close={() => (setup_camera.value = false)} />
                )}
                {Part && <Part {...props} />}
            </div>
            <footer class="footer">
                <span class="invite">{text("setup.no_cart")}</span>
                <Button
                    icon="camera"
                    pressed={setup_camera.value}
                    press={() => (setup_camera.value = !setup_camera.value)}
                >
                    {text("camera.open")}
                </Button>
                <Button icon="cross" shortcut="Esc" press={close_setup}>
                    {text("setup.leave")}
                </Button>
            </footer>
        </main>
    );
}
