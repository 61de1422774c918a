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
            <label class="setup-search">
                {text("setup.search")}
                <input
                    type="search"
                    autoComplete="off"
                    value={typed}
                    onInput={(event) => search(event.currentTarget.value)}
                />
            </label>
            <ul aria-label={label}>
                {items.slice(0, rows_max).map((item) => (
                    <li key={item.id}>
                        <button
                            type="button"
                            class={item.retired ? "setup-item retired" : "setup-item"}
                            aria-current={item.id === chosen ? "true" : undefined}
                            onClick={() => choose(item.id)}
                        >
                            <b>{item.name}</b>
                            <small>
                                {item.id} {item.note} {item.retired && text("setup.is_retired")}
                            </small>
                        </button>
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
