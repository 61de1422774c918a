// A table of the past: its name for those who hear it, its columns, and room to scroll sideways on
// a narrow screen.
import type { ComponentChildren, JSX } from "preact";

export function PastTable({ label, columns, children }: {
    label: string;
    columns: string[];
    children: ComponentChildren;
}): JSX.Element {
    return (
        <div class="history-table" tabIndex={0} role="group" aria-label={label}>
            <table>
                <thead>
                    <tr>
                        {columns.map((column) => (
                            <th key={column} scope="col">
                                {column}
                            </th>
                        ))}
                    </tr>
                </thead>
                <tbody>{children}</tbody>
            </table>
        </div>
    );
}
