// Goal: what people did is told by day: checks that they signed, alerts that they answered, by the
// calendar of the hospital.
#include "daemon/exports/export.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::staff_test {

using namespace cartwatch::readiness;
using namespace cartwatch::store_kit;

namespace {

std::string cell(const std::vector<reports::Value>& row, std::string_view column) {
    const auto& columns = exports::columns_of(store::Question::staff);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].id == column) {
            if (const auto* number = std::get_if<std::int64_t>(&row.at(i))) {
                return std::to_string(*number);
            }
            const auto* on = std::get_if<Day>(&row.at(i));
            return on != nullptr ? to_text(*on) : std::get<std::string>(row.at(i));
        }
    }
    return "no such column";
}

} // namespace

SCENARIO("what people did for alerts stands beside what they signed", "[exports][staff]") {
    GIVEN("a check by a nurse, whose alert a pharmacist accepted, handed back and sent units for") {
        const Folder folder(Place::memory);
        Ward ward(folder.path());
        ward.record(a_stocked_cart());
        ward.record(a_whole_check(1));
        const AlertKey key{"OR-1", "epi"};
        AlertDispatched sent;
        sent.node = "ward-3f";
        sent.key = key;
        sent.by = "P001";
        sent.units = {{"B1", parse_day("2028-01-01"), 5, {}}};
        ward.record(
            {StaffDefined{{"P001", "李药师", Role::pharmacist, "9500000001", false}},
             AlertAccepted{"ward-3f", key, 1, "P001", std::nullopt, 0},
             AlertHandedBack{"ward-3f", key, 1, "P001", false},
             AlertAccepted{"ward-3f", key, 1, "P001", std::nullopt, 0},
             sent},
            "pharmacy");
        // The hospital's midnight lies between the check and what follows it, or not.
        const auto midnight =
            GENERATE(as<std::string>(), "2026-11-22T02:00:14.500Z", "2026-11-22T00:00:00.000Z");
        const auto rows_of = [&](std::optional<Day> from, std::optional<Day> to) {
            std::vector<std::vector<reports::Value>> rows;
            store::Reader reader(folder.path());
            const auto begin_of = [&](Day day) {
                return *parse_instant(midnight) + (day - *parse_day("2026-11-23"))
                       + (midnight < "2026-11-22T01" ? std::chrono::days(1) : std::chrono::days(0));
            };
            exports::for_each_row(
                reader,
                store::Question::staff,
                {from, to, begin_of, *parse_day("2026-11-23")},
                [&](const std::vector<reports::Value>& row) { rows.push_back(row); });
            return rows;
        };

        THEN("each has a row, in the order of day, node and person") {
            const auto all = rows_of({}, {});
            REQUIRE(all.size() == 2);
            const bool same_day = midnight < "2026-11-22T01";
            const auto& nurse = all[same_day ? 1 : 0];
            const auto& pharmacist = all[same_day ? 0 : 1];
            CHECK(cell(nurse, "person") == "N012");
            CHECK(cell(nurse, "full") == "1");
            CHECK(cell(nurse, "accepted") == "0");
            CHECK(cell(pharmacist, "node") == "pharmacy");
            CHECK(cell(pharmacist, "name") == "李药师");
            CHECK(cell(pharmacist, "working_day") == (same_day ? "2026-11-22" : "2026-11-23"));
            CHECK(cell(pharmacist, "full") == "0");
            CHECK(cell(pharmacist, "accepted") == "2");
            CHECK(cell(pharmacist, "handed_back") == "1");
            CHECK(cell(pharmacist, "dispatched") == "1");
        }
        THEN("days before and after tell nothing of it") {
            CHECK(rows_of({}, parse_day("2026-11-21")).empty());
            CHECK(rows_of(parse_day("2026-11-24"), {}).empty());
        }
    }
}

} // namespace cartwatch::staff_test
