// Second thoughts about a scan that arrived without an AIM identifier, where nothing but its looks
// tells what happened on the way: a keyboard of another layout, Caps Lock, two scans glued
// together. Repairs where there is one reading only, tells of others where there are more. Internal
// to this room; the way in is reader.hpp.
#pragma once

#include "scanner/codes/scan.hpp"

#include <optional>
#include <string_view>

namespace cartwatch::codes {

// Reads a text with no repairs of this kind; `scan` is as read() began it.
using PlainReader = Reading (*)(Scan scan, std::string_view text);

// The text read without the separators in front of it and behind it: FNC1 in the symbol's first
// place, or a scanner's own addition. nullopt where there are none, or where it makes no more sense
// without. Warning: separator_idle.
[[nodiscard]] std::optional<Reading>
read_without_idle_separators(const Scan& scan, std::string_view text, PlainReader read);

// The text read as a scanner typed it whose AIM identifier shows that the keyboard's layout is
// another one: "+d2" on German ones, "$dé" on French ones. nullopt where it makes no sense so.
// Warning: layout_repaired; field: host_layout.
[[nodiscard]] std::optional<Reading>
read_betrayed_layout(const Scan& scan, std::string_view text, PlainReader read);

// The one reading that the text has once a keyboard's layout, Caps Lock or both are undone; nullopt
// where it has none, or more than one. Warnings: layout_repaired (and the field host_layout),
// caps_lock_inverted.
[[nodiscard]] std::optional<Reading>
read_retyped(const Scan& scan, std::string_view text, PlainReader read);

// `whole` is what the text reads as. Two complete codes in one text are refused (merged_scan);
// where the second is only digits that a lot or serial could end in as well, the warning
// merged_scan_suspected and the first code as a candidate tell of them.
[[nodiscard]] Reading
with_merged_scans_told(Reading whole, const Scan& scan, std::string_view text, PlainReader read);

// Small letters in a lot or serial where no identifier proves that the case is right: the warning
// case_suspected, and the reading with the case turned round as a candidate.
void tell_suspected_case(ScannedCode& code);

} // namespace cartwatch::codes
