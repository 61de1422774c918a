// Three test codes, and what a scanner makes of them → its profile, what is wrong with it, and
// which of its settings mends that. Pure: the answers come in as text. It guesses nothing: an
// answer that no known setting explains is called unreadable.
#pragma once

#include "scanner/devices/scanner_profile.hpp"
#include "scanner/devices/test_answer.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::devices {

// What arrived for one test code.
struct TestAnswer {
    std::string text;
    bool line_end = true;      // false: silence ended it
    double longest_gap_ms = 0; // between two keys; 0 where keys were not timed
};

struct CheckedScanner {
    // By TestCode; nullopt: not scanned yet.
    std::array<std::optional<TestAnswer>, test_codes.size()> answers;
    Layout read_as = Layout::us; // the layout by which the answers' keys were read
    bool keyboard = true;        // false: bytes came, and no layout plays a part
    bool in_page = false;        // the page heard the keys, not this program
};

// What was found; the text form is a promise to the pages, which have the sentences.
enum class Fault {
    unreadable,          // nothing known explains the answer
    other_code,          // this is the answer to another test code
    input_method,        // full-width signs: the text came through an input method
    layout,              // it types on another layout than its keys are read by
    letters_inverted,    // Caps Lock
    letters_upper,       // capital and small letters are one
    letters_lower,       //
    separator_lost,      // two parts of a GS1 code run together
    separator_replaced,  // by something that can be no data
    separator_ambiguous, // by something that may be data
    letter_identifiers,  // one letter in place of AIM identifiers
    unknown_identifiers, // something else that changes with the kind of code
    no_identifiers,      // nothing says which kind of code it was
    prefix,              // something stands in front of every code
    suffix,              // or behind
    changing_frame,      // what stands around the data is not always the same
    no_line_end,         // a scan ends by silence only
    slow,                // it types so slowly that a scan can be torn
};

enum class Grade {
    handled,  // allowed for, once the profile is kept
    advised,  // works, and would work better
    required, // scans are wrong or refused until it is mended
};

// The setting to look for in the scanner's manual (or on the machine, for the last).
enum class SettingSheet {
    none,
    factory_defaults,
    country_us,
    caps_lock_off,
    case_as_printed,
    send_control_characters,
    aim_identifiers_on,
    no_prefix,
    suffix_enter,
    no_key_delay,
    input_method_off,
};

struct ScannerFault {
    Fault fault = Fault::unreadable;
    Grade grade = Grade::required;
    SettingSheet sheet = SettingSheet::none;
    std::optional<TestCode> code; // of which answer; nullopt: of the scanner
    std::string detail;           // the prefix, the layout, what stands for GS; may be empty

    friend bool operator==(const ScannerFault&, const ScannerFault&) = default;
};

[[nodiscard]] std::string_view to_text(Fault fault);
[[nodiscard]] std::string_view to_text(Grade grade);
[[nodiscard]] std::string_view to_text(SettingSheet sheet);

struct Checkup {
    // As far as the answers go; nullopt until all three are readable: half a profile would be kept
    // for a whole one.
    std::optional<ScannerProfile> profile;
    std::array<bool, test_codes.size()> readable{}; // by TestCode
    std::vector<ScannerFault> faults;               // worst first

    friend bool operator==(const Checkup&, const Checkup&) = default;
};

// Milliseconds between two keys from which a scanner is called slow: the page tears scans at 80.
inline constexpr double slow_gap_ms = 60;

[[nodiscard]] Checkup check_up(const CheckedScanner& scanner);

} // namespace cartwatch::devices
