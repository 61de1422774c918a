// The one-time code that a person carries from the pharmacy to a ward: whom to trust, and a secret
// that shows who was sent. As it is printed: ten groups of four out of 32 letters and digits.
#pragma once

#include "scanner/values/result.hpp"

#include <string>
#include <string_view>

namespace cartwatch::trust {

struct JoinCode {
    // The first 100 bits of the fingerprint of the pharmacy's authority, 20 symbols: to make
    // another authority that has them takes 2^100 tries, within the day that a code lives.
    std::string authority;

    // 80 bits of chance, 16 symbols: told to nobody but that authority's pharmacy.
    std::string secret;

    friend bool operator==(const JoinCode&, const JoinCode&) = default;
};

// A new one for the authority with that fingerprint (hexadecimal).
[[nodiscard]] JoinCode make_join_code(std::string_view fingerprint);

// "7K3M-…": the 36 symbols and four that check them, in groups of four.
[[nodiscard]] std::string to_text(const JoinCode& code);

// Reads what to_text writes, also in small letters, with O for 0 and I or L for 1, with blanks and
// hyphens anywhere or nowhere. Refused (bad_input) where it is cut short or mistyped.
[[nodiscard]] Result<JoinCode> parse_join_code(std::string_view text);

// True where the code was made for the authority with that fingerprint.
[[nodiscard]] bool is_for(const JoinCode& code, std::string_view fingerprint);

// True for 16 symbols as to_text writes them.
[[nodiscard]] bool is_secret(std::string_view text);

} // namespace cartwatch::trust
