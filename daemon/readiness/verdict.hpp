// The verdict table: what a scan says is the first rule that applies. The facts are gathered by
// whoever decides; the rules only put them in order.
#pragma once

#include "daemon/readiness/decide.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::readiness {

// What is known of one scan. The plain state is "nothing wrong".
struct ScanFacts {
    bool understood = true;
    bool clear = true;  // one thing, and of one product
    bool known = true;  // something here bears the code
    bool listed = true; // some line of the cart asks for the product
    bool of_this_cart = true;
    bool recalled = false;
    bool expired = false;
    bool counted_already = false;
    bool expiry_known = true;
    bool differs = false;         // lot or expiry is not what is on file
    bool put_in = false;          // the lot is not on file: it was put in since
    std::optional<int> days_left; // to the last usable day; nullopt: does not expire
    int shortest_life_days = 0;
    int days_to_supply = 0; // to the next due check and a delivery after it
    int widest_band = -1;   // days; −1: no band
};

struct VerdictRule {
    Verdict verdict;
    std::string_view source; // where the rule stands
    bool (*applies)(const ScanFacts&);
};

// In the order of Verdict; the last one always applies.
[[nodiscard]] const std::array<VerdictRule, 14>& verdict_rules();

[[nodiscard]] Verdict verdict_of(const ScanFacts& facts);

// The verdicts after the first that apply as well (a new lot may expire soon, too): their texts,
// parted by blanks, for counted scans only.
[[nodiscard]] std::string further_verdicts(const ScanFacts& facts);

// How loud a verdict is.
[[nodiscard]] ReplyKind kind_of(Verdict verdict);

} // namespace cartwatch::readiness
