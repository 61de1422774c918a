// The camera's panel, loaded when it is opened: the page itself stays small for those who scan.
import { signal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

import { PanelFrame } from "../parts/panel_frame";
import { text } from "../texts";

type Panel = (props: { close: () => void }) => JSX.Element;

const loaded = signal<{ panel: Panel } | null>(null);
const failed = signal(false);

export function LazyCamera({ close }: { close: () => void }): JSX.Element {
    useEffect(() => {
        failed.value = false;
        import("./camera_panel").then(
            ({ CameraPanel }) => (loaded.value = { panel: CameraPanel }),
            () => (failed.value = true),
        );
    }, []);
    if (loaded.value) {
        const { panel: Loaded } = loaded.value;
        return <Loaded close={close} />;
    }
    return (
        <PanelFrame title={text("camera.title")} close={close}>
            <p role="status">{text(failed.value ? "camera.no_decoder" : "camera.starting")}</p>
        </PanelFrame>
    );
}
