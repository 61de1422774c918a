// What an entry says reads back as it was, whatever is in it; what does not fit is refused with
// the place where it does not.
#include "daemon/journal/body.hpp"
#include "daemon/journal/entry.hpp"
#include "daemon/journal/limits.hpp"
#include "daemon/journal/names.hpp"
#include "daemon/journal/strict_json.hpp"
#include "tests/daemon/journal/generated.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <filesystem>
#include <set>

namespace cartwatch::body_test {

using namespace cartwatch::readiness;
using generated::Events;

TEST_CASE("every kind of event reads back as it was written", "[journal][property]") {
    std::set<std::string> seen;
    for (unsigned seed = 0; seed < 40; ++seed) {
        Events events(seed, generated::Texts::wild);
        for (std::size_t kind = 0; kind < Events::kind_count(); ++kind) {
            const Event event = events.of_kind(kind);
            const std::string body = journal::body_of(event);

            const auto read = journal::parse_body(journal::kind_of(event), body);

            INFO(body);
            REQUIRE(read);
            CHECK(*read == event);
            CHECK(journal::body_of(*read) == body);
            CHECK(journal::recordable(event));
            seen.insert(journal::kind_of(event));
        }
    }
    const std::set<std::string> known(journal::known_kinds().begin(), journal::known_kinds().end());
    CHECK(seen == known);
}

TEST_CASE("every kind has a schema of its own and no schema is without a kind", "[journal]") {
    std::set<std::string> files;
    for (const auto& file :
         std::filesystem::directory_iterator(support::in_source_tree("schema/entries"))) {
        files.insert(file.path().filename().string());
    }
    std::set<std::string> expected{"entry.schema.json", "values.schema.json"};
    for (const std::string_view kind : journal::known_kinds()) {
        expected.insert(std::string(kind) + ".schema.json");
    }
    CHECK(files == expected);
}

TEST_CASE("a step's action reads back as it was written", "[journal][property]") {
    Events events(7, generated::Texts::wild);
    int steps = 0;
    for (int i = 0; i < 2'000; ++i) {
        const Event event = events.any();
        if (const auto* stepped = std::get_if<CheckStepped>(&event)) {
            const auto read = journal::parse_action(
                journal::name_of_action(stepped->action), journal::body_of_action(stepped->action));
            REQUIRE(read);
            CHECK(*read == stepped->action);
            ++steps;
        }
    }
    CHECK(steps > 100);
    CHECK_FALSE(journal::parse_action("line_painted", "{}"));
    CHECK_FALSE(journal::parse_action("line_missing", "[]"));
    CHECK_FALSE(journal::parse_action("line_missing", R"({"line":3})"));
}

TEST_CASE("a body is sorted, compact and keeps Chinese as it is", "[journal]") {
    StationDefined station{{"OR", {"手术室", "Theatre"}, ""}};
    CHECK(
        journal::body_of(station)
        == R"({"id":"OR","name":{"en":"Theatre","zh":"手术室"},"phone":""})");
    CHECK(
        journal::body_of(CheckStepped{"w/1", 3, "N012", SealRead{"0457722"}})
        == R"({"by":"N012","check":"w/1","number":"0457722","step":3})");
}

TEST_CASE("a body that does not fit is refused with the place", "[journal][refusal]") {
    struct Example {
        const char* name;
        const char* kind;
        const char* body;
        const char* expected;
    };

    const auto example = GENERATE(values<Example>({
        {"a member is missing", "check.reviewed", "{}", "at /check: expected a member"},
        {"text where a number is due",
         "check.step_undone",
         R"({"check":"w/1","step":"3","by":"N"})",
         "at /step: expected a whole number from 1 to 1000000000"},
        {"a step number just under the least",
         "check.step_undone",
         R"({"check":"w/1","step":0,"by":"N"})",
         "at /step: expected a whole number"},
        {"a step number just over the most",
         "check.step_undone",
         R"({"check":"w/1","step":1000000001,"by":"N"})",
         "at /step: expected a whole number"},
        {"half a step",
         "check.step_undone",
         R"({"check":"w/1","step":1.5,"by":"N"})",
         "number 1.5 is not a whole number"},
        {"more damaged than there are",
         "stock.recorded",
         R"({"cart":"c","line":"l","holdings":[{"lot":"A","last_usable_day":null,"quantity":2,)"
         R"("damaged":3,"serials":[],"evidence":"typed","seen_at":null}]})",
         "at /holdings/0/damaged: expected at most the quantity"},
        {"a lot twice",
         "stock.recorded",
         R"({"cart":"c","line":"l","holdings":[{"lot":"A","last_usable_day":null,"quantity":2,)"
         R"("damaged":0,"serials":[],"evidence":"typed","seen_at":null},{"lot":"A",)"
         R"("last_usable_day":null,"quantity":2,"damaged":0,"serials":[],"evidence":"typed",)"
         R"("seen_at":null}]})",
         "at /holdings: expected each lot once"},
        {"a quantity below nothing",
         "check.holding_taken_out",
         R"({"check":"w/1","step":1,"by":"N","line":"l","lot":"A","quantity":-1})",
         "at /quantity: expected a whole number from 0 to 100000"},
        {"a day that is none",
         "day.judged",
         R"({"day":"2026-02-30"})",
         "at /day: expected a date YYYY-MM-DD"},
        {"a role that is none",
         "staff.defined",
         R"({"id":"N","name":"","role":"king","badge":"","retired":false})",
         "at /role: expected one of the names of the schema"},
        {"an object where a list is due",
         "policy.changed",
         R"({"check_interval_days":7,"delivery_days":1,"near_expiry_days":{}})",
         "at /near_expiry_days: expected a list"},
        {"no object at all", "day.judged", "[]", "at : expected an object"},
        {"a member twice", "day.judged", R"({"day":1,"day":2})", "member \"day\" stands twice"},
        {"not JSON", "day.judged", "{", "not JSON at byte"},
        {"bytes that are not UTF-8", "day.judged", "{\"day\":\"\xff\"}", "not JSON at byte"},
        {"more in order than required",
         "check.closed",
         R"({"check":"w/1","cart":"c","by":"N","working_day":"2026-11-22","readiness":"ready",)"
         R"("in_order":3,"required":2,"ready_until":null,"not_scanned":[],"findings":[]})",
         "at /in_order: expected at most what is required"},
    }));

    DYNAMIC_SECTION(example.name) {
        const auto read = journal::parse_body(example.kind, example.body);
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::bad_input);
        CHECK_THAT(read.error().text, Catch::Contains(example.expected));
    }
}

TEST_CASE("unknown members are ignored and unknown kinds kept by name", "[journal]") {
    const auto judged = journal::parse_body("day.judged", R"({"day":"2026-11-22","moon":"full"})");
    REQUIRE(judged);
    CHECK(*judged == Event{DayJudged{*parse_day("2026-11-22")}});

    const auto unknown = journal::parse_body("cart.washed", R"({"soap":true})");
    REQUIRE(unknown);
    CHECK(*unknown == Event{UnknownEvent{"cart.washed"}});
}

TEST_CASE("JSON has a bound on depth, size and numbers", "[journal][limits]") {
    const auto nested = [](int levels) {
        return std::string(static_cast<std::size_t>(levels), '[')
               + std::string(static_cast<std::size_t>(levels), ']');
    };
    CHECK(journal::parse_strict_json(nested(journal::json_depth_max - 1), 1'000'000));
    CHECK(journal::parse_strict_json(nested(journal::json_depth_max), 1'000'000));
    CHECK_FALSE(journal::parse_strict_json(nested(journal::json_depth_max + 1), 1'000'000));
    CHECK_FALSE(journal::parse_strict_json(nested(400'000), 1'000'000));

    CHECK(journal::parse_strict_json("9007199254740991", 100));
    CHECK(journal::parse_strict_json("9007199254740992", 100));
    CHECK_FALSE(journal::parse_strict_json("9007199254740993", 100));
    CHECK_FALSE(journal::parse_strict_json("99999999999999999999999", 100));
    CHECK(journal::parse_strict_json("-9007199254740992", 100));
    CHECK_FALSE(journal::parse_strict_json("-9007199254740993", 100));

    CHECK(journal::parse_strict_json("[1]", 4));
    CHECK(journal::parse_strict_json("[11]", 4));
    const auto over = journal::parse_strict_json("[111]", 4);
    REQUIRE_FALSE(over);
    CHECK(over.error().code == ErrorCode::too_large);
}

TEST_CASE("what no other node could read is not recordable", "[journal][limits]") {
    const auto parked = [](std::string raw) {
        return Event{CheckStepped{"w/1", 1, "N012", CodeParked{std::move(raw)}}};
    };
    CHECK(journal::recordable(parked(std::string(journal::text_bytes_max - 1, 'x'))));
    CHECK(journal::recordable(parked(std::string(journal::text_bytes_max, 'x'))));
    CHECK_FALSE(journal::recordable(parked(std::string(journal::text_bytes_max + 1, 'x'))));
    CHECK_FALSE(journal::recordable(parked(std::string(10'000'000, 'x'))));
    CHECK_FALSE(journal::recordable(parked("\xff\xfe")));

    const auto taken_out = [](int quantity) {
        return Event{CheckStepped{"w/1", 1, "N012", HoldingTakenOut{"epi", "A1", quantity}}};
    };
    CHECK(journal::recordable(taken_out(journal::units_max - 1)));
    CHECK(journal::recordable(taken_out(journal::units_max)));
    CHECK_FALSE(journal::recordable(taken_out(journal::units_max + 1)));
    CHECK_FALSE(journal::recordable(taken_out(-1)));

    CheckClosed endless;
    endless.not_scanned.assign(200, std::string(journal::text_bytes_max, 'x'));
    const auto too_large = journal::recordable(endless);
    REQUIRE_FALSE(too_large);
    CHECK(too_large.error().code == ErrorCode::too_large);
    endless.not_scanned.assign(journal::list_elements_max + 1, "x");
    CHECK_FALSE(journal::recordable(endless));
}

TEST_CASE("the words of the journal are the words of the screens", "[journal]") {
    for (int i = 0; i < 4; ++i) {
        CHECK(journal::name_of(static_cast<Severity>(i)) == to_text(static_cast<Severity>(i)));
        CHECK(journal::name_of(static_cast<Readiness>(i)) == to_text(static_cast<Readiness>(i)));
    }
    for (int i = 0; i < 17; ++i) {
        CHECK(
            journal::name_of(static_cast<FindingKind>(i)) == to_text(static_cast<FindingKind>(i)));
    }
    CHECK(journal::parse_name<Role>("head_nurse") == Role::head_nurse);
    CHECK_FALSE(journal::parse_name<Role>("").has_value());
    CHECK(journal::name_of(static_cast<Role>(99)).empty());
}

} // namespace cartwatch::body_test
