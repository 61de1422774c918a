// A sheet is imported: the file, what it would change with old and new, and every row that is
// refused, before anything is so.
import type { JSX } from "preact";

import { Button } from "../parts/button";
import { DaemonWords } from "../parts/daemon_words";
import { Icon } from "../parts/icon";
import { message_text } from "../reply_text";
import { name_of, text, word } from "../texts";
import { apply_sheet, forget_sheet, sheet, show_sheet } from "./import_state";
import type { Sheet, SheetKind } from "./import_state";
import { template_of } from "./templates";
import type { FieldChange, RowFault, SheetChange, SheetFaults, SheetPlan } from "./wire";

// A value as its catalogue has it, where it is one of a list.
function value_text(field: string, value: string): string {
    if (value === "yes" || value === "no") {
        return text(value === "yes" ? "policy.yes" : "policy.no");
    }
    const lists: Record<string, string> = {
        role: "role",
        function: "function",
        kind: "product_kind",
        count_by: "count_by",
    };
    const list = lists[field];
    return value === "" ? text("setup.nothing") : list ? word(list, value) : value;
}

function part_text(part: string): string {
    const [kind, id = ""] = part.split(":");
    return part === "" ? "" : word("setup_part", kind ?? "", { id });
}

function Field({ change }: { change: FieldChange }): JSX.Element {
    return (
        <li>
            {part_text(change.part)} {word("setup_field", change.field)}{" "}
            <del>{value_text(change.field, change.from)}</del> <Icon name="arrow" size={18} />{" "}
            <ins>{value_text(change.field, change.to)}</ins>
        </li>
    );
}

function Change({ change }: { change: SheetChange }): JSX.Element {
    return (
        <li class="sheet-change">
            <b>
                {word("setup_kind", change.kind)} {change.id}
            </b>{" "}
            {name_of(change.name)}
            {change.fields && (
                <ul>
                    {change.fields.map((field, i) => (
                        <Field key={i} change={field} />
                    ))}
                </ul>
            )}
        </li>
    );
}

function Changes({ title, changes, count }: {
    title: string;
    changes: SheetChange[];
    count: number;
}): JSX.Element | null {
    return count === 0 ? null : (
        <section aria-label={title}>
            <h4>{title}</h4>
            <ul class="sheet-changes">
                {changes.map((change) => (
                    <Change key={`${change.kind} ${change.id}`} change={change} />
                ))}
            </ul>
            {count > changes.length && (
                <p class="hint">{text("setup.more_changes", { count: count - changes.length })}</p>
            )}
        </section>
    );
}

function Fault({ fault }: { fault: RowFault }): JSX.Element {
    const column = word("setup_field", fault.column);
    return (
        <tr>
            <td>{fault.row}</td>
            <td>
                {column} {column !== fault.column && <small>{fault.column}</small>}
            </td>
            <td>{word("import_fault", fault.fault, fault.values)}</td>
        </tr>
    );
}

function Faults({ shown }: { shown: SheetFaults }): JSX.Element {
    return (
        <div role="alert">
            <p class="sheet-verdict bad">
                <Icon name="cross" /> {text("setup.rows_refused", { count: shown.faults.length })}
            </p>
            <div class="sheet-faults" tabIndex={0} role="group" aria-label={text("setup.faults")}>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{text("setup.row")}</th>
                            <th scope="col">{text("setup.column")}</th>
                            <th scope="col">{text("setup.reason")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {shown.faults.map((fault, i) => (
                            <Fault key={i} fault={fault} />
                        ))}
                    </tbody>
                </table>
            </div>
            {shown.more_faults && <p class="hint">{text("setup.more_faults")}</p>}
        </div>
    );
}

function refusal_text({ message, values }: NonNullable<SheetPlan["refusal"]>): string {
    return message_text(message, values);
}

function Plan({ one, plan }: { one: Sheet; plan: SheetPlan }): JSX.Element {
    const { added, changed, same } = plan.counts;
    const nothing = added + changed + plan.badges === 0;
    return (
        <div role="status">
            <p class={plan.refusal ? "sheet-verdict bad" : "sheet-verdict"}>
                <Icon name={plan.refusal ? "cross" : "notice"} />
                {plan.refusal
                    ? refusal_text(plan.refusal)
                    : text("setup.would", { added, changed, same })}
            </p>
            {plan.badges > 0 && <p class="hint">{text("setup.sheet_badges", { count: plan.badges })}</p>}
            {plan.kept_stock.map((cart) => (
                <p key={cart} class="hint">
                    {text("setup.kept_stock", { cart })}
                </p>
            ))}
            {plan.kept_retired.map((id) => (
                <p key={`retired ${id}`} class="hint">
                    {text("setup.kept_retired", { id })}
                </p>
            ))}
            {one.kind === "staff" && !plan.needs_badge && (
                <p class="hint">{text("setup.first_staff")}</p>
            )}
            <div class="row">
                <Button
                    look="primary"
                    off={nothing || plan.refusal !== null}
                    press={() => apply_sheet(one, plan)}
                >
                    {text("setup.import_this")}
                </Button>
                <Button press={forget_sheet}>{text("board.never_mind")}</Button>
            </div>
            <Changes title={text("setup.changed")} changes={plan.changed} count={changed} />
            <Changes title={text("setup.added")} changes={plan.added} count={added} />
        </div>
    );
}

const status_too_large = 413;
const status_unreadable = 400;

function unread_text(status: number | null): string {
    if (status === null) {
        return text("files.lost");
    }
    if (status === status_too_large) {
        return text("setup.sheet_too_large");
    }
    return text(status === status_unreadable ? "setup.unread" : "setup.sheet_refused", { status });
}

function Shown({ one }: { one: Sheet }): JSX.Element {
    return (
        <div class="setup-sheet">
            <h3>{one.name}</h3>
            {one.unread && (
                <>
                    <p class="sheet-verdict bad" role="alert">
                        <Icon name="cross" /> {unread_text(one.unread.status)}
                    </p>
                    <DaemonWords words={one.unread.words} />
                </>
            )}
            {one.shown === null && one.unread === null && <p role="status">{text("files.waiting")}</p>}
            {one.shown && "faults" in one.shown && <Faults shown={one.shown} />}
            {one.shown && "token" in one.shown && <Plan one={one} plan={one.shown} />}
        </div>
    );
}

export function ImportPanel({ kind }: { kind: SheetKind }): JSX.Element {
    const one = sheet.value;
    return (
        <section class="setup-part" aria-label={text("setup.import")}>
            <div class="row sheet-head">
                <h2>{text("setup.import")}</h2>
                <label class="button sheet-file">
                    {text("setup.choose_file")}
                    <input
                        type="file"
                        class="spoken"
                        accept=".csv,.xlsx,text/csv"
                        onChange={(event) => {
                            const file = event.currentTarget.files?.[0];
                            event.currentTarget.value = ""; // the same one may be chosen again
                            if (file) {
                                void show_sheet(kind, file);
                            }
                        }}
                    />
                </label>
                <a class="button" href={template_of(kind)} download={`${kind}.csv`}>
                    {text("setup.template")}
                </a>
                <p class="hint">{text("setup.import_how")}</p>
            </div>
            {one?.kind === kind && <Shown one={one} />}
        </section>
    );
}
