#include "scanner/codes/ahm.hpp"

#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes::ahm {

namespace {

constexpr std::string_view beginning = "MF";
constexpr std::size_t number_length_min = 6; // shorter ones are somebody's own serial numbers

// Lot (two spellings), serial, made, best before, expiry, package level; "*" ends the code.
constexpr std::array labels =
    std::to_array<std::string_view>({"BA", "BN", "SN", "MD", "BD", "ED", "PL"});

} // namespace

FamilyReading read(const Scan& scan) {
    const std::string_view text = scan.data;
    if (scan.carrier != Carrier::unknown || !text.starts_with(beginning)) {
        return std::nullopt;
    }
    const std::string_view rest = text.substr(beginning.size());
    const std::size_t end = std::min(rest.find_first_not_of("0123456789"), rest.size());
    const std::string_view tail = rest.substr(end);
    const bool is_labelled =
        tail == "*" || std::any_of(labels.begin(), labels.end(), [&](std::string_view label) {
            return tail.starts_with(label) && tail.size() > label.size();
        });
    if (end < number_length_min || !is_labelled) {
        return std::nullopt;
    }
    ScannedCode code = begun(scan, Family::ahm);
    code.text = text;
    code.warnings.emplace_back("syntax_unconfirmed");
    return code;
}

} // namespace cartwatch::codes::ahm
