// An element string as it arrived, and the same with its separators put back where it makes no
// sense without. Parsing itself repairs nothing (gs1_element_string.hpp).
#pragma once

#include "scanner/codes/gs1_element_string.hpp"
#include "scanner/codes/separators.hpp"

#include <string>
#include <string_view>

namespace cartwatch::codes::gs1 {

// Must not be moved: the elements are views into `restored`, or into the text that came in.
struct Parsed {
    Parsed() = default;
    Parsed(const Parsed&) = delete;
    Parsed& operator=(const Parsed&) = delete;
    Parsed(Parsed&&) = delete;
    Parsed& operator=(Parsed&&) = delete;
    ~Parsed() = default;

    std::string_view text;   // what was parsed in the end
    std::string substitute;  // what stood for GS; empty: nothing
    bool configured = false; // the scanner's profile names the substitute
    Fault fault;
    ElementString string;
    std::string restored; // owns the text where it is not what came in
};

// `data` must outlive `out`. First what the profile names or what is spelled out becomes a
// separator, then the text is taken as it is, then whatever cannot be data becomes one.
void parse_restoring(
    std::string_view data,
    const ScannerSettings& scanner,
    const ParseContext& context,
    Parsed& out);

} // namespace cartwatch::codes::gs1
