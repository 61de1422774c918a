// The contract of schema/evaluate.md told a second time, plainly and slowly, for tests only: unit
// by unit, day by day. It shares with daemon/readiness/evaluate the types of what goes in and what
// comes out, and no code: where the two differ, one of them is wrong.
#pragma once

#include "daemon/readiness/alert.hpp"
#include "daemon/readiness/evaluate.hpp"

#include <map>
#include <string>
#include <vector>

namespace cartwatch::support {

[[nodiscard]] readiness::Judgement second_judgement(
    const readiness::Cart& cart,
    const readiness::Policy& policy,
    const std::vector<readiness::Recall>& recalls,
    const readiness::AsOf& as_of,
    const std::vector<readiness::Substitution>& substitutions);

// The verdict alone: the same, without looking into the days to come.
[[nodiscard]] readiness::Readiness second_readiness(
    const readiness::Cart& cart,
    const readiness::Policy& policy,
    const std::vector<readiness::Recall>& recalls,
    const readiness::AsOf& as_of,
    const std::vector<readiness::Substitution>& substitutions);

// What the pharmacy has to be told of the cart on the day, by line or device: how bad it is, and
// how many units.
struct SecondNeed {
    readiness::Severity severity = readiness::Severity::notice;
    int quantity = 0;

    friend bool operator==(const SecondNeed&, const SecondNeed&) = default;
};

[[nodiscard]] std::map<std::string, SecondNeed> second_needs(
    const readiness::Cart& cart,
    const readiness::Policy& policy,
    const std::vector<readiness::Recall>& recalls,
    const readiness::AsOf& as_of,
    const std::vector<readiness::Substitution>& substitutions);

} // namespace cartwatch::support
