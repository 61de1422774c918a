// The rules in force. They are changed at the pharmacy, beside its list.
import type { JSX } from "preact";

import { FileState } from "../files/file_notes";
import { keep_fresh, policy_file } from "../files/files_state";
import { PolicyHistory, PolicyValues } from "../files/policy_list";
import { Button } from "../parts/button";
import { text } from "../texts";
import { close_setup } from "./setup_place";
import type { SetupPageProps } from "./setup_page";

export function PolicyTab({ open_policy, order }: SetupPageProps): JSX.Element {
    keep_fresh(policy_file, order);
    const file = policy_file.value.value;
    return (
        <section class="setup-part" aria-label={text("policy.title")}>
            <h2>{text("policy.title")}</h2>
            <p class="hint">{text("policy.by_pharmacy")}</p>
            {open_policy && (
                <Button
                    look="primary"
                    press={() => {
                        close_setup();
                        open_policy();
                    }}
                >
                    {text("policy.change")}
                </Button>
            )}
            <FileState file={policy_file} />
            {file && (
                <>
                    <PolicyValues policy={file.policy} />
                    <PolicyHistory view={file} />
                </>
            )}
        </section>
    );
}
