// Master data from a sheet: rows become definitions, or every row that is wrong is named with its
// number and why. All or nothing. The columns are described in schema/import. Pure: it compares
// with the state that it is given and changes nothing.
#pragma once

#include "daemon/imports/table.hpp"
#include "daemon/readiness/event.hpp"
#include "daemon/readiness/state.hpp"

#include <tl/expected.hpp>

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cartwatch::imports {

using Faults = std::vector<RowFault>; // at most faults_max, in the order of the rows

inline constexpr std::size_t faults_max = 100; // more than anybody mends before trying again

// What a sheet says, in the order of its rows.
struct Definitions : std::vector<readiness::Event> {
    using std::vector<readiness::Event>::vector;

    Definitions(std::vector<readiness::Event> events) // NOLINT: events alone say of none that it is
        : std::vector<readiness::Event>(std::move(events)) {}

    // Of whom and of what it says that it is in use ("no" under `retired`), by id.
    std::set<std::string> in_use;
};

using Events = tl::expected<Definitions, Faults>;

[[nodiscard]] Events read_products(const Table& table);
[[nodiscard]] Events read_staff(const Table& table);
// Stations, carts and, where the sheet tells lots, their opening stock.
[[nodiscard]] Events read_carts(const Table& table);

enum class SheetKind { products, carts, staff };

// By its name, as in `cartwatch import products`.
[[nodiscard]] std::optional<SheetKind> parse_sheet_kind(std::string_view name);

[[nodiscard]] Events read_definitions(SheetKind kind, const Table& table);

// Leaves out the stock of carts that a check has looked into: what it found counts more than a
// sheet. Answers whose was left out.
[[nodiscard]] std::vector<std::string>
keep_checked_stock(std::vector<readiness::Event>& events, const readiness::NodeState& node);

// Who and what is retired stays so, unless the sheet says that it is in use. Answers the ids of
// those that it names and that stay retired.
[[nodiscard]] std::vector<std::string>
keep_retired(Definitions& events, const readiness::NodeState& node);

enum class Fate { added, changed, same };

// One member of a definition that is to be another. `part` names the line or device of a cart as
// "line:ID" or "device:ID"; empty: the thing itself. Of a part that comes or goes the field is
// "added" or "removed".
struct FieldChange {
    std::string part;
    std::string field;
    std::string from;
    std::string to;

    friend bool operator==(const FieldChange&, const FieldChange&) = default;
};

struct Change {
    std::string kind; // station, product, staff, cart or stock
    std::string id;   // of stock "CART/LINE"
    readiness::Name name;
    Fate fate = Fate::same;
    std::vector<FieldChange> fields; // of what is changed

    friend bool operator==(const Change&, const Change&) = default;
};

// What each definition would change, against what a node knows now, in their order.
[[nodiscard]] std::vector<Change>
changes_in(const std::vector<readiness::Event>& events, const readiness::NodeState& node);

// The ids alone.
struct Changes {
    std::vector<std::string> added;
    std::vector<std::string> changed;
    std::vector<std::string> same;

    friend bool operator==(const Changes&, const Changes&) = default;
};

[[nodiscard]] Changes
changes_of(const std::vector<readiness::Event>& events, const readiness::NodeState& node);

} // namespace cartwatch::imports
