// What a scanner check found, what is kept of it, and which scanners the station has.
import type { JSX } from "preact";

import { moment_text } from "../days";
import { daemon_now } from "../line_state";
import { Dot, Icon } from "../parts/icon";
import type { IconName } from "../parts/icon";
import { RawText, raw_words } from "../parts/raw_text";
import { text, word } from "../texts";
import type { KnownScanner, ScannerFault, ScannerProfile } from "../wire";

const icons: Record<ScannerFault["grade"], IconName> = {
    required: "cross",
    advised: "notice",
    handled: "check",
};

export function Faults({ faults }: { faults: ScannerFault[] }): JSX.Element {
    return (
        <ul class="faults">
            {faults.map((fault) => (
                <li key={fault.fault + (fault.code ?? "")} class={`fault fault-${fault.grade}`}>
                    <p class="fault-head">
                        <Icon name={icons[fault.grade]} />
                        <b>{word("scanner_grade", fault.grade)}</b>
                        {fault.code && <span>{word("scanner_code", fault.code)}</span>}
                    </p>
                    <p>{word("scanner_fault", fault.fault, { detail: raw_words(fault.detail) })}</p>
                    {fault.sheet !== "none" && (
                        <p class="sheet">
                            <Icon name="arrow" size={20} />
                            <span>{word("scanner_sheet", fault.sheet)}</span>
                        </p>
                    )}
                </li>
            ))}
        </ul>
    );
}

export function ProfileFacts({ profile }: { profile: ScannerProfile }): JSX.Element {
    return (
        <dl class="profile">
            <dt>{text("scanner.layout")}</dt>
            <dd>{word("scanner_layout", profile.layout)}</dd>
            <dt>{text("scanner.letters")}</dt>
            <dd>{word("scanner_letters", profile.letters)}</dd>
            <dt>{text("scanner.identifiers")}</dt>
            <dd>{word("scanner_identifiers", profile.identifiers)}</dd>
            <dt>{text("scanner.separator")}</dt>
            <dd class="raw">
                {profile.separator === "" ? text("scanner.nothing") : <RawText raw={profile.separator} />}
            </dd>
            {profile.prefix !== "" && <dt>{text("scanner.prefix")}</dt>}
            {profile.prefix !== "" && <dd class="raw"><RawText raw={profile.prefix} /></dd>}
            {profile.suffix !== "" && <dt>{text("scanner.suffix")}</dt>}
            {profile.suffix !== "" && <dd class="raw"><RawText raw={profile.suffix} /></dd>}
            <dt>{text("scanner.line_end")}</dt>
            <dd>{text(profile.line_end ? "scanner.line_end_yes" : "scanner.line_end_no")}</dd>
        </dl>
    );
}

export function scanner_name(scanner: KnownScanner): string {
    return scanner.kind === "page" ? text("scanner.page") : scanner.name;
}

function checked_text(scanner: KnownScanner): string {
    const at = scanner.profile?.checked_at;
    return at
        ? text("scanner.checked", { at: moment_text(at, daemon_now.value || at) })
        : text("scanner.never_checked");
}

export function Scanners({ scanners }: { scanners: KnownScanner[] }): JSX.Element {
    return (
        <ul class="scanners">
            {scanners.map((scanner) => (
                <li key={scanner.name + scanner.identity}>
                    <p class="scanner-head">
                        <Dot on={scanner.present} />
                        <b>{scanner_name(scanner)}</b>
                        <span class="muted">{word("scanner_kind", scanner.kind)}</span>
                    </p>
                    <p class={scanner.present ? "muted" : "late"}>
                        {scanner.present
                            ? checked_text(scanner)
                            : word("scanner_reason", scanner.reason)}
                    </p>
                </li>
            ))}
        </ul>
    );
}
