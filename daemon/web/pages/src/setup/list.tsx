// A list of things to choose from, found by any part of their names or initials.
import type { JSX } from "preact";

import { text } from "../texts";

// Rows drawn at once: more is searched for.
const rows_max = 60;

export interface Item {
    id: string;
    name: string;
    note: string;
    retired: boolean;
}

export function SearchField({ label, typed, search }: {
    label: string;
    typed: string;
    search: (typed: string) => void;
}): JSX.Element {
    return (
        <label class="setup-search">
            {label}
            <input
                type="search"
                autoComplete="off"
                value={typed}
                onInput={(event) => search(event.currentTarget.value)}
            />
        </label>
    );
}

// One thing as a button: its name, and what is said of it below. `open`: of one whose fields open
// below it, whether they are.
export function ItemButton({ name, note, retired = false, chosen = false, open, press }: {
    name: string;
    note: string;
    retired?: boolean;
    chosen?: boolean;
    open?: boolean;
    press: () => void;
}): JSX.Element {
    return (
        <button
            type="button"
            class={retired ? "setup-item retired" : "setup-item"}
            aria-current={chosen ? "true" : undefined}
            aria-expanded={open}
            onClick={press}
        >
            <b>{name}</b>
            <small>{note}</small>
        </button>
    );
}

export function ItemList({ label, items, chosen, typed, search, choose }: {
    label: string;
    items: Item[];
    chosen: string | null;
    typed: string;
    search: (typed: string) => void;
    choose: (id: string) => void;
}): JSX.Element {
    return (
        <div class="setup-list">
            <SearchField label={text("setup.search")} typed={typed} search={search} />
            <ul aria-label={label}>
                {items.slice(0, rows_max).map(({ id, name, note, retired }) => (
                    <li key={id}>
                        <ItemButton
                            name={name}
                            note={`${id} ${note} ${retired ? text("setup.is_retired") : ""}`}
                            retired={retired}
                            chosen={id === chosen}
                            press={() => choose(id)}
                        />
                    </li>
                ))}
            </ul>
            {items.length > rows_max && (
                <p class="hint">{text("setup.more_items", { count: items.length - rows_max })}</p>
            )}
            {items.length === 0 && <p class="hint">{text("setup.no_items")}</p>}
        </div>
    );
}
