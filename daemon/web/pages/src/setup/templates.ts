// Sheets to start from, with example rows (schema/import): files beside the page.
import type { SheetKind } from "./import_state";

// Filled in when the page is bundled.
declare const CARTWATCH_TEMPLATES: Record<SheetKind, string>;

export function template_of(kind: SheetKind): string {
    return CARTWATCH_TEMPLATES[kind];
}
