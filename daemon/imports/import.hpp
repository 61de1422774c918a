// Master data from a sheet: rows become definitions, or every row that is wrong is named with its
// number and why. All or nothing. The columns are described in schema/import. Pure: it compares
// with the state that it is given and changes nothing.
#pragma once

#include "daemon/imports/table.hpp"
#include "daemon/readiness/event.hpp"
#include "daemon/readiness/state.hpp"

#include <tl/expected.hpp>

#include <string_view>
#include <vector>

namespace cartwatch::imports {

using Faults = std::vector<RowFault>; // at most faults_max, in the order of the rows

inline constexpr std::size_t faults_max = 100; // more than anybody mends before trying again

using Events = tl::expected<std::vector<readiness::Event>, Faults>;

[[nodiscard]] Events read_products(const Table& table);
[[nodiscard]] Events read_staff(const Table& table);
// Stations, carts and, where the sheet tells lots, their opening stock.
[[nodiscard]] Events read_carts(const Table& table);

// What importing would change, against what a node knows now.
struct Changes {
    std::vector<std::string> added; // ids
    std::vector<std::string> changed;
    std::vector<std::string> same;

    friend bool operator==(const Changes&, const Changes&) = default;
};

[[nodiscard]] Changes
changes_of(const std::vector<readiness::Event>& events, const readiness::NodeState& node);

} // namespace cartwatch::imports
