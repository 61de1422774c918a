// The setup's page, loaded when it is opened.
import { lazy } from "../parts/lazy";
import { text } from "../texts";
import type { SetupPageProps } from "./setup_page";

export const LazySetup = lazy<SetupPageProps>(
    () => import("./setup_page").then(({ SetupPage }) => SetupPage),
    (failed) => (
        <main class="setup">
            <p role="status">{text(failed ? "setup.not_loaded" : "files.waiting")}</p>
        </main>
    ),
);
