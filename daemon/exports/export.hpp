// Readiness history as rows: what the store answers becomes the columns of an export. Neither SQL
// nor a file format is here.
#pragma once

#include "daemon/reports/table_writer.hpp"
#include "daemon/store/queries.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::exports {

// checks, findings, alerts, stock, readiness, seals, staff, expiry, rotation or dues; nullopt for
// another word.
[[nodiscard]] std::optional<store::Question> question_of(std::string_view what);

[[nodiscard]] const std::vector<reports::Column>& columns_of(store::Question question);

// The title of the sheet, zh.
[[nodiscard]] std::string_view title_of(store::Question question);

// Which days; an end left out is open. Alerts are picked by the instants that the days begin and
// end at in the hospital's zone, which `begin_of` tells; what expires, by its last usable day, as
// seen from `today`.
struct Range {
    std::optional<Day> from;
    std::optional<Day> to;
    std::function<Instant(Day)> begin_of;
    Day today = {};
    std::function<Day(Instant)> day_of = {}; // due dates ask for it alone
};

using RowSink = std::function<void(const std::vector<reports::Value>&)>;

// Calls `sink` with each row, in the store's order. Throws where the store or the sink fails.
void for_each_row(
    store::Reader& reader, store::Question question, const Range& range, const RowSink& sink);

} // namespace cartwatch::exports
