// The result of the last scan or key: glyph, word, sentence. It stays until the next one, and says
// the same to eyes and to a screen reader.
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";

import { shown, shown_count } from "../shown";
import type { Shown } from "../shown";
import { message_text } from "../reply_text";
import { text, word } from "../texts";
import type { ReplyKind } from "../wire";
import { pending_number } from "../wedge_listener";
import { Icon } from "./icon";
import type { IconName } from "./icon";

export const kind_icon: Record<ReplyKind, IconName> = {
    accept: "check",
    attention: "notice",
    reject: "cross",
    command: "arrow",
};

export function sentence_of(one: Shown): string {
    return one.from === "daemon"
        ? message_text(one.reply.message, one.reply.values)
        : text(one.key, one.values);
}

function Verdict({ one }: { one: Shown }): JSX.Element {
    const verdict = one.from === "daemon" ? one.reply.verdict : null;
    return (
        <div class="band-verdict">
            <Icon name={kind_icon[one.kind]} size={64} />
            <div>
                <strong>{word("kind", one.kind)}</strong>
                {verdict && verdict !== "ok" && <span>{word("verdict", verdict)}</span>}
            </div>
        </div>
    );
}

// What was given up by the scan that is answered, not what it is: digits from printed codes that were
// not entered, a signature that waited for the second badge.
const given_up = ["digits_dropped", "signature_dropped"] as const;

// What was mended in the scan, or is doubted: small, beside what counts.
function Repairs({ one }: { one: Shown }): JSX.Element | null {
    const said = one.from === "daemon" ? one.reply.warnings : [];
    const warnings = said.filter((warning) => !given_up.some((one) => one === warning));
    return (
        <>
            {given_up
                .filter((warning) => said.includes(warning))
                .map((warning) => (
                    <p class="band-dropped">{text(`band.${warning}`)}</p>
                ))}
            {warnings.length > 0 && (
                <p class="band-repairs">
                    {text("band.repairs", {
                        what: warnings
                            .map((warning) => word("warning", warning))
                            .join(text("list.comma")),
                    })}
                </p>
            )}
        </>
    );
}

function Pending(): JSX.Element | null {
    const number = pending_number.value;
    return number === "" ? null : (
        <div class="pending">
            <strong>{number}</strong>
            <span>{text("band.pending")}</span>
        </div>
    );
}

export interface BandProps {
    idle: string; // the invitation where nothing has been shown yet
    about?: ComponentChildren; // what the reply speaks of: name and facts
    children?: ComponentChildren; // what can be done about it
}

export function Band({ idle, about, children }: BandProps): JSX.Element {
    const one = shown.value;
    const band = useRef<HTMLElement>(null);
    const count = shown_count.value;
    useEffect(() => {
        if (count > 0) {
            band.current?.scrollIntoView({ block: "nearest" });
        }
    }, [count]);
    return (
        <section ref={band} class={`band band-${one ? one.kind : "idle"}`} aria-label={text("band.title")}>
            <div class="band-body" role="status" aria-live="assertive" aria-atomic="true">
                {one ? (
                    <div class="band-result" key={count}>
                        <Verdict one={one} />
                        <div class="band-main">
                            {about}
                            <p class={about ? "band-sentence" : "band-sentence lone"}>
                                {sentence_of(one)}
                            </p>
                            <Repairs one={one} />
                        </div>
                    </div>
                ) : (
                    <div class="band-result">
                        <div class="band-verdict">
                            <Icon name="barcode" size={64} />
                        </div>
                        <p class="band-sentence lone">{idle}</p>
                    </div>
                )}
            </div>
            <Pending />
            {children}
        </section>
    );
}
