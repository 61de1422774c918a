// The camera's panel, loaded when it is opened.
import { lazy } from "../parts/lazy";
import { PanelFrame } from "../parts/panel_frame";
import { text } from "../texts";
import type { CameraPanelProps } from "./camera_panel";

export const LazyCamera = lazy<CameraPanelProps>(
    () => import("./camera_panel").then(({ CameraPanel }) => CameraPanel),
    (failed, { close }) => (
        <PanelFrame title={text("camera.title")} close={close}>
            <p role="status">{text(failed ? "camera.no_decoder" : "camera.starting")}</p>
        </PanelFrame>
    ),
);
