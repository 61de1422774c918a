// Which of several readings of a scan is meant, by what the house holds. Knows no cart: whoever
// asks brings the question "is this one of ours?".
#pragma once

#include "scanner/codes/scanned_code.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace cartwatch::codes {

// Every reading that a scan allows, each as a code without candidates: the code itself, where it
// claims something, then its candidates in order. Never empty.
[[nodiscard]] std::vector<ScannedCode> readings_of(const ScannedCode& code);

// A reading as one of several: the opposite of readings_of.
[[nodiscard]] Candidate as_candidate(const ScannedCode& reading);

// True for a reading that is of something known.
using IsHeld = std::function<bool(const ScannedCode&)>;

// The one reading that is meant, without candidates: the only one there is, or the only one that is
// held. nullopt: several are held, or none of several: still ambiguous.
[[nodiscard]] std::optional<ScannedCode> settled(const ScannedCode& code, const IsHeld& is_held);

} // namespace cartwatch::codes
