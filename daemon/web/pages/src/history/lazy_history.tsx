// The pages of the past, loaded when they are opened.
import { lazy } from "../parts/lazy";
import { text } from "../texts";

export const LazyHistory = lazy<object>(
    () => import("./history_page").then(({ HistoryPage }) => HistoryPage),
    (failed) => (
        <main class="history">
            <p role="status">{text(failed ? "history.not_loaded" : "files.waiting")}</p>
        </main>
    ),
);
