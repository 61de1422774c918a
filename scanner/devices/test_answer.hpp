// The three test codes of the scanner check, and one scanner's answer to one of them taken apart:
// the data, what stands around it, and which habit explains how it looks. Pure; judges nothing.
#pragma once

#include "scanner/devices/scanner_profile.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::devices {

enum class TestCode {
    digits,  // Code 128: a house tag, which no setting can damage but by adding to it
    letters, // Code 128: letters and signs that every layout and Caps Lock change
    gs1,     // GS1 Data Matrix with a separator
};

inline constexpr std::array test_codes = {TestCode::digits, TestCode::letters, TestCode::gs1};

[[nodiscard]] std::string_view to_text(TestCode code);

// The data of a test code; of the GS1 code the element string, with GS between its parts.
[[nodiscard]] std::string_view test_data(TestCode code);

// What a text looks like when a scanner types it on one layout and its keys are read by another;
// signs that the other layout has not on that key are lost.
[[nodiscard]] std::string retyped(std::string_view ascii, Layout typed_on, Layout read_as);

// What a scanner does to each character of what it reads.
struct Habit {
    Layout layout = Layout::us;
    Letters letters = Letters::as_printed;
    bool keypad = false; // types digits on the keypad, which is the same on every layout
};

// The data as a scanner with this habit sends it.
[[nodiscard]] std::string sent(std::string_view data, const Habit& habit, Layout read_as);

// An answer taken apart.
struct Match {
    Habit habit;
    std::string front; // before the data: prefix and identifier
    std::string back;  // behind the data
    std::string separator;
};

// The answer read with this habit; nullopt where the code's data is not in it, or more stands
// around it than a scanner adds.
[[nodiscard]] std::optional<Match>
match_with(TestCode code, std::string_view text, const Habit& habit, Layout read_as);

} // namespace cartwatch::devices
