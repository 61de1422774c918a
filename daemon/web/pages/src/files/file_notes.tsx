// What a file says in place of its contents, or above them.
import type { JSX } from "preact";

import { text } from "../texts";
import type { Fetched } from "./fetched";

// It is on its way, or could not be had.
export function FileState<T>({ file }: { file: Fetched<T> }): JSX.Element | null {
    if (file.failed.value) {
        return (
            <p class="file-lost" role="alert">
                {text("files.lost")}
            </p>
        );
    }
    return file.value.value === null ? <p class="hint">{text("files.waiting")}</p> : null;
}
