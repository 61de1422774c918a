// Lots on file that a check said nothing of, on lines that it did count: they are called missing,
// and that is shown before the signature. A function of the state.
#pragma once

#include "daemon/readiness/check.hpp"
#include "daemon/readiness/evaluate.hpp"

#include <span>
#include <string>
#include <vector>

namespace cartwatch::readiness {

struct LotLeft {
    std::string line;
    std::string lot;

    friend bool operator==(const LotLeft&, const LotLeft&) = default;
};

// By line, in the list's order. Lines that are not settled are not_scanned as a whole. A usable lot
// in whose place one was put that was not on file is listed where it goes before that one: else the
// scan told old and new. What must be taken out (recalled, expired, a substitute that ended) is
// always listed.
[[nodiscard]] std::vector<LotLeft> lots_not_scanned(
    const Cart& cart,
    const CheckProgress& progress,
    std::span<const Recall> recalls,
    Day today,
    std::span<const Substitution> substitutions);

} // namespace cartwatch::readiness
