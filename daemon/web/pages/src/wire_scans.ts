// What a page that listens at a station hears of its scanners, as the daemon tells it.
export interface HeardScan {
    number: number;
    name: string;
    identity: string;
    text: string; // of a badge its end
    badge?: string; // a ticket for it
    line_end: boolean;
    refused: boolean; // the place is at work: it counts nowhere, and its text is empty
}

export interface HeardScans {
    taken: boolean; // another page listens at the station
    last: number;
    heard: HeardScan[];
}
