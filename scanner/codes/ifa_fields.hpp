// The data identifiers of an ISO/IEC 15434 message of format 06, and what they may have been where
// the separator between two of them was lost: a lot or serial number has swallowed what stood
// behind it. Tells the readings that are possible; chooses none. Internal to this room.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::codes::ifa {

inline constexpr std::size_t ppn_length_min = 5;  // agency, one character, check
inline constexpr std::size_t ppn_length_max = 22; // agency, 18 characters, check

// More than these are too many to ask a person about.
inline constexpr std::size_t other_fields_max = 6;

// A data identifier (digits and a letter) and what stands behind it.
struct DataField {
    std::string identifier;
    std::string value;
};

[[nodiscard]] std::vector<DataField> fields_of(std::string_view data);

// The two digits behind a PPN without them: characters times 2, 3, 4, …, modulo 97.
[[nodiscard]] std::string ppn_check(std::string_view ppn);

struct OtherFields {
    std::vector<DataField> fields;
    std::size_t proof = 0; // dates and product numbers that were hidden: hardly hit by chance
};

// The messages that these fields may have been, those that prove themselves most and no others,
// fewest separators lost first.
[[nodiscard]] std::vector<OtherFields>
other_fields(const std::vector<DataField>& fields, int current_year);

} // namespace cartwatch::codes::ifa
