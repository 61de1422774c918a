// Scans and commands on their way to the daemon: one at a time, in order, none dropped. What the
// network loses is sent again under the same key, so that the daemon applies it once.

export type Sent<T> =
    | { kind: "answer"; answer: T }
    | { kind: "refused"; detail: string; reason: string; status: number } // the daemon will not
    | { kind: "lost" }; // no answer: the same again, later

export type Refusal = Extract<Sent<never>, { kind: "refused" }>;

export interface QueueOptions<T> {
    send: (path: string, body: unknown, key: string) => Promise<Sent<T>>;
    answered: (answer: T) => void;
    refused: (refusal: Refusal) => void;
    waiting: (count: number, blocked: boolean) => void; // told at every change
    wait: () => Promise<void>; // before the same again
    new_key: () => string;
}

// More than a person scans during an outage; above it the page says so instead of storing more.
export const queue_max = 500;

interface Job {
    path: string;
    body: unknown;
    key: string;
}

export class ScanQueue<T> {
    private x_jobs: Job[] = [];
    private x_running = false;
    private x_options: QueueOptions<T>;

    constructor(options: QueueOptions<T>) {
        this.x_options = options;
    }

    // False where the queue is full: nothing was taken.
    push(path: string, body: unknown): boolean {
        if (this.x_jobs.length >= queue_max) {
            return false;
        }
        this.x_jobs.push({ path, body, key: this.x_options.new_key() });
        this.x_options.waiting(this.x_jobs.length, false);
        if (!this.x_running) {
            void this.run();
        }
        return true;
    }

    private async run(): Promise<void> {
        this.x_running = true;
        for (let job = this.x_jobs[0]; job; job = this.x_jobs[0]) {
            const sent = await this.x_options.send(job.path, job.body, job.key);
            if (sent.kind === "lost") {
                this.x_options.waiting(this.x_jobs.length, true);
                await this.x_options.wait();
                continue;
            }
            this.x_jobs.shift();
            this.x_options.waiting(this.x_jobs.length, false);
            if (sent.kind === "answer") {
                this.x_options.answered(sent.answer);
            } else {
                this.x_options.refused(sent);
            }
        }
        this.x_running = false;
    }
}
