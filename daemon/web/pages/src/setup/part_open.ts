// The line or device whose fields are open: "line epi"; empty: none.
import { signal } from "@preact/signals";

export const part_open = signal("");
