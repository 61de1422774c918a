// What the second judgement says of findings once it has them: their names, their order, and the
// verdict that they come to. For tests only; no code of daemon/readiness is in it.
#pragma once

#include "daemon/readiness/evaluate.hpp"

#include <string>
#include <vector>

namespace cartwatch::support {

// The names of the contract, written out once more.
[[nodiscard]] std::string name_of(readiness::FindingKind kind);

// 0: the worst.
[[nodiscard]] int rank_of(readiness::Severity severity);

// Read from the contract's sentence from left to right.
[[nodiscard]] readiness::Readiness verdict_of(const std::vector<readiness::Finding>& findings);

// Packs whose lot nobody wrote down, of a product that is called back by lot: they may be of it.
[[nodiscard]] bool is_in_doubt(
    const std::vector<readiness::Recall>& recalls,
    const readiness::Line& line,
    const readiness::Holding& holding);

} // namespace cartwatch::support
