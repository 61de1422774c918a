// Printed command codes: their names, and in which state each of them says something.
#pragma once

#include "daemon/readiness/turn.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace cartwatch::readiness {

// Every code there is, by number.
[[nodiscard]] std::span<const ControlCode> control_codes();

[[nodiscard]] std::optional<ControlCode> control_code(int number);

[[nodiscard]] std::string_view to_text(ControlCode code);

// 0 to 9 of the codes that bear a digit.
[[nodiscard]] std::optional<int> digit_of(ControlCode code);

// A seal was read that is not the one on record, and nobody has said why.
[[nodiscard]] bool awaits_word_on_seal(const Turn& turn);

// False: the code is for another moment. Codes that ask for a line or a device refuse in words of
// their own where there is none.
[[nodiscard]] bool is_command_now(const Turn& turn, ControlCode code);

} // namespace cartwatch::readiness
