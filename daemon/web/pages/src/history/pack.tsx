// The inspection pack of the days and the station that are shown: made by the daemon, which takes a
// while, and handed over as one file.
import { signal } from "@preact/signals";
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { refusal_of } from "../server";
import { language, text } from "../texts";

type Making =
    | { step: "none" }
    | { step: "making" }
    | { step: "made" }
    | { step: "failed"; why: string };

const making = signal<Making>({ step: "none" });

// Of the file handed over last: kept until the next one, for a browser may still be saving it.
let address = "";

function hand_over(file: Blob, name: string): void {
    URL.revokeObjectURL(address);
    address = URL.createObjectURL(file);
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
}

async function make(from: string, to: string, station: string): Promise<void> {
    making.value = { step: "making" };
    const asked = new URLSearchParams({ format: "zip", from, to, language: language.value });
    if (station) {
        asked.set("station", station);
    }
    try {
        const response = await fetch(`/api/v1/export/pack?${asked}`);
        if (!response.ok) {
            making.value = { step: "failed", why: (await refusal_of(response)).detail };
            return;
        }
        hand_over(await response.blob(), `cartwatch-pack-${from}-${to}.zip`);
        making.value = { step: "made" };
    } catch (error) {
        making.value = { step: "failed", why: String(error) };
    }
}

function said(now: Making): string {
    switch (now.step) {
        case "making":
            return text("history.pack_making");
        case "made":
            return text("history.pack_made");
        case "failed":
            return text("history.pack_failed", { why: now.why });
        case "none":
            return "";
    }
}

// `station`: its id; empty: all.
export function Pack({ from, to, station }: { from: string; to: string; station: string }): JSX.Element {
    const now = making.value;
    return (
        <div class="pack">
            <h3>{text("history.pack")}</h3>
            <p>{text("history.pack_holds")}</p>
            <Button look="primary" off={now.step === "making"} press={() => void make(from, to, station)}>
                {text("history.pack_make")}
            </Button>
            <p role="status">{said(now)}</p>
        </div>
    );
}
