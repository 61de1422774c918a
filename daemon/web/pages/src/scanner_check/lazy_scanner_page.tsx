// The scanner check's page, loaded when it is opened.
import { lazy } from "../parts/lazy";
import { text } from "../texts";

export const LazyScannerPage = lazy<object>(
    () => import("./scanner_page").then(({ ScannerPage }) => ScannerPage),
    (failed) => (
        <main class="home scanner-check">
            <p role="status">{text(failed ? "scanner.not_loaded" : "scanner.loading")}</p>
        </main>
    ),
);
