// What a GET answers, kept until it is asked for again. One request at a time; what is asked for
// meanwhile is asked for once more.
import { signal } from "@preact/signals";

import { get_json } from "../server";

export class Fetched<T> {
    readonly value = signal<T | null>(null);
    // The last request came to nothing: the value is as old as it is.
    readonly failed = signal(false);
    // The mark of what was asked for last; null: of nothing, or in vain.
    mark: string | null = null;

    private x_running: Promise<void> | null = null;
    private x_again = false;

    // `present_mark` names what the answer will hold, by what is known before it is asked for.
    constructor(
        private readonly x_path: string,
        private readonly x_present_mark: () => string = () => "",
    ) {}

    refresh(): Promise<void> {
        this.x_again = true;
        this.x_running ??= this.x_ask();
        return this.x_running;
    }

    private async x_ask(): Promise<void> {
        while (this.x_again) {
            this.x_again = false;
            this.mark = this.x_present_mark();
            try {
                this.value.value = await get_json<T>(this.x_path);
                this.failed.value = false;
            } catch { // told beside the list by whoever shows it
                this.failed.value = true;
                this.mark = null;
            }
        }
        this.x_running = null;
    }
}
