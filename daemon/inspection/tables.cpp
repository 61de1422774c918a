#include "daemon/inspection/tables.hpp"

#include "daemon/exports/export.hpp"
#include "scanner/values/ensure.hpp"

#include <algorithm>

namespace cartwatch::inspection {

using reports::Value;
using store::Question;

namespace {

std::string text_in(const Row& row, std::size_t place) {
    const auto* text = std::get_if<std::string>(&row.at(place));
    return text == nullptr ? "" : *text;
}

// What `cartwatch export` tells of the days, of the stations asked for. A seal that was seen and
// never issued belongs where its cart stands.
Table exported(std::string_view name, Question question) {
    const std::vector<reports::Column>& columns = exports::columns_of(question);
    Table table{name, exports::title_of(question), columns, {}};
    const std::size_t station = place_of(table, "station");
    const std::size_t node = place_of(table, "node");
    const std::size_t cart = place_of(table, "cart");
    table.each_row = [question, station, node, cart](
                         store::Reader& reader, const Gathered& gathered, const RowSink& sink) {
        const PackRequest& request = gathered.request;
        const exports::Range range{request.from, request.to, request.begin_of};
        exports::for_each_row(reader, question, range, [&](const Row& row) {
            std::string of = text_in(row, station);
            of = of.empty() ? gathered.station_of(text_in(row, node), text_in(row, cart)) : of;
            if (gathered.holds(of)) {
                sink(row);
            }
        });
    };
    return table;
}

std::vector<Table> all_tables() {
    std::vector<Table> all = figure_tables();
    std::ranges::move(event_tables(), std::back_inserter(all));
    all.push_back(exported("seals", Question::seals));
    all.push_back(exported("checks", Question::checks));
    all.push_back(exported("findings", Question::findings));
    all.push_back(exported("alerts", Question::alerts));
    all.push_back(exported("stock", Question::stock));
    return all;
}

} // namespace

const std::vector<Table>& tables() {
    static const std::vector<Table> all = all_tables();
    return all;
}

const Table& table(std::string_view name) {
    const auto found = std::ranges::find(tables(), name, &Table::name);
    ensure(found != tables().end(), "a pack has this table");
    return *found;
}

std::size_t place_of(const Table& table, std::string_view column) {
    const auto found = std::ranges::find(table.columns, column, &reports::Column::id);
    ensure(found != table.columns.end(), "a table has this column");
    return static_cast<std::size_t>(found - table.columns.begin());
}

} // namespace cartwatch::inspection
