// Goal: `cartwatch figures` says what the figures of the journal are, for people and for programs,
// and refuses what cannot be answered. That the figures are right is shown in tests/daemon/figures.
#include "daemon/commands/figures.hpp"
#include "tests/daemon/store/store_kit.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <sstream>

namespace cartwatch::figures_command_test {

using namespace cartwatch::commands;
using namespace cartwatch::readiness;
using Catch::Contains;

namespace {

// A node with its store, and the command on it at noon of 22 November, in Shanghai.
class Asking {
public:
    Asking() : ward_(folder_.path("cartwatch.db")) {
        arguments.node.common.node = "ward-3f";
        arguments.node.common.state = folder_.path("");
        arguments.node.common.time_zone = "Asia/Shanghai";
        arguments.now = *parse_instant("2026-11-22T04:00:00.000Z");
    }

    void record(const std::vector<Event>& events, const std::string& node = "ward-3f") {
        ward_.record(events, node);
    }

    // What somebody with an editor could do to the file.
    void tamper(const std::string& sql) const {
        store_kit::tamper(folder_.path("cartwatch.db"), sql);
    }

    int run() {
        out.str("");
        err.str("");
        return run_figures(arguments, out, err);
    }

    // What a refusal says; fails where there is none, or anything beside it.
    std::string refusal() {
        CHECK(run() == 2);
        CHECK(out.str().empty());
        const std::string text = err.str();
        CHECK(text.find('\n') == text.size() - 1);
        return text;
    }

    FiguresArguments arguments;
    std::ostringstream out;
    std::ostringstream err;

private:
    store_kit::Folder folder_;
    store_kit::Ward ward_;
};

// Checked at 10:00:14 with a line missing; its alert accepted after a second, closed after two.
void record_a_morning(Asking& ward) {
    ward.record(store_kit::a_stocked_cart());
    ward.record(store_kit::a_whole_check(1));
    ward.record({AlertAccepted{"ward-3f", {"OR-1", "epi"}, 1, "P001", {}, 0}}, "pharmacy");
    ward.record({AlertClosed{{"OR-1", "epi"}, 1, true}});
}

// What schema/figures.md shows.
nlohmann::ordered_json documented_example() {
    std::ifstream file(support::in_source_tree("schema/figures.md"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    const std::string fence = "```json\n";
    const std::size_t begin = text.find(fence) + fence.size();
    return nlohmann::ordered_json::parse(text.substr(begin, text.find("```\n", begin) - begin));
}

Cart another_cart(const std::string& id, const std::string& station) {
    Cart cart;
    cart.id = id;
    cart.name = {id, id};
    cart.station = station;
    return cart;
}

} // namespace

TEST_CASE("figures are one line of JSON with every member that is promised", "[commands]") {
    Asking ward;
    record_a_morning(ward);
    ward.arguments.json = true;
    REQUIRE(ward.run() == 0);
    CHECK(ward.err.str().empty());
    CHECK(
        ward.out.str()
        == R"({"node":"","station":"","cart":"","from":"2026-10-24","to":"2026-11-22",)"
           R"("as_of":"2026-11-22T04:00:00.000Z",)"
           R"("readiness_rate":{"in_order":1,"required":3,"share":0.3333},)"
           R"("time_ready":{"ready_s":0,"total_s":7196,"share":0.0},)"
           R"("on_time_checks":{"due":0,"on_time":0,"late":0,"missed":0,"open":0,"share":null},)"
           R"("on_time_sealed_checks":{"due":0,"on_time":0,"late":0,"missed":0,"open":0,"share":null},)"
           R"("on_time_handovers":{"due":0,"on_time":0,"late":0,"missed":0,"open":0,"share":null},)"
           R"("proved":{"lines":2,"scanned":0,"slot":1,"typed":0,"sealed":0,"empty":1},)"
           R"("overrides":{"lines":2,"typed":0,"skipped":1,"per_hundred":50.0},)"
           R"("time_to_accept":{"high":{"over":1,"still":0,"median_s":1,"p90_s":1}},)"
           R"("time_to_restock":{"high":{"over":1,"still":0,"median_s":2,"p90_s":2}},)"
           R"("expiry_forecast":[{"node":"ward-3f","cart":"OR-1","product":"epinephrine-1mg",)"
           R"("lot":"A1","last_usable_day":"2026-12-01","quantity":5,"within_days":30}]})"
           "\n");
    CHECK(nlohmann::ordered_json::parse(ward.out.str()) == documented_example());
}

TEST_CASE("figures are a table for people", "[commands]") {
    Asking ward;
    record_a_morning(ward);
    REQUIRE(ward.run() == 0);
    CHECK(
        ward.out.str()
        == "all carts: 2026-10-24 to 2026-11-22\n"
           "  readiness rate  33.3 %: 1 of 3 lines and devices in full order\n"
           "  time ready      0.0 %: 0 s of 1 h 59 min that carts were on the list\n"
           "  checks on time  \u2013: 0 of 0 due; 0 late, 0 missed, 0 not done yet\n"
           "  lines proved    0 scanned, 1 by slot label, 0 typed, 0 behind a seal, 1 empty\n"
           "  overrides       50.0 per 100 lines: 0 typed and 1 skipped of 2 lines checked\n"
           "  time to accept  high: median 1 s, nine in ten within 1 s (1, and 0 still waiting)\n"
           "  time to restock high: median 2 s, nine in ten within 2 s (1, and 0 still waiting)\n"
           "  expires ahead   2026-12-01  ward-3f OR-1 epinephrine-1mg lot A1: 5 (within 30 "
           "days)\n");
}

TEST_CASE("one answer for all, for each station, for each cart", "[commands]") {
    Asking ward;
    record_a_morning(ward);
    ward.record({CartDefined{another_cart("ED-1", "ED")}, CartDefined{another_cart("BAG", "")}});
    ward.arguments.json = true;
    const auto scopes = [&] {
        REQUIRE(ward.run() == 0);
        std::vector<std::string> names;
        std::istringstream lines(ward.out.str());
        for (std::string line; std::getline(lines, line);) {
            const auto json = nlohmann::json::parse(line);
            names.push_back(
                json.at("node").get<std::string>() + "/" + json.at("station").get<std::string>()
                + "/" + json.at("cart").get<std::string>());
        }
        return names;
    };
    CHECK(scopes() == std::vector<std::string>{"//"});
    ward.arguments.by = "station";
    CHECK(scopes() == std::vector<std::string>{"ward-3f/ED/", "ward-3f/OR/"});
    ward.arguments.by = "cart";
    CHECK(scopes() == std::vector<std::string>{"ward-3f//BAG", "ward-3f//ED-1", "ward-3f//OR-1"});
    ward.arguments.station = "OR";
    CHECK(scopes() == std::vector<std::string>{"ward-3f/OR/OR-1"});
    ward.arguments.by = "hospital";
    CHECK(scopes() == std::vector<std::string>{"/OR/"});
}

TEST_CASE("days are the hospital's, both ends included", "[commands]") {
    Asking ward;
    record_a_morning(ward);
    ward.arguments.json = true;
    const auto seconds = [&](const char* from, const char* to) {
        ward.arguments.from = parse_day(from);
        ward.arguments.to = parse_day(to);
        REQUIRE(ward.run() == 0);
        return nlohmann::json::parse(ward.out.str()).at("time_ready").at("total_s").get<int>();
    };
    CHECK(seconds("2026-11-01", "2026-11-21") == 0);
    CHECK(seconds("2026-11-22", "2026-11-22") == 7'196);
    CHECK(seconds("2026-11-22", "2026-12-31") == 7'196); // what is to come is not counted
    CHECK(seconds("0001-01-01", "9999-12-31") == 7'196);
    // At 01:00 of the next day the 22nd is over: from 10:00:04 it had 13:59:56 left.
    ward.arguments.now = *parse_instant("2026-11-22T17:00:00.000Z");
    CHECK(seconds("2026-11-22", "2026-11-22") == 14 * 3'600 - 4);
    const auto json = nlohmann::json::parse(ward.out.str());
    CHECK(json.at("as_of") == "2026-11-22T15:59:59.999Z");
}

TEST_CASE("what cannot be answered is refused in one line", "[commands]") {
    Asking ward;
    record_a_morning(ward);
    SECTION("a first day after the last") {
        ward.arguments.from = parse_day("2026-11-22");
        ward.arguments.to = parse_day("2026-11-21");
        CHECK_THAT(ward.refusal(), Contains("--from 2026-11-22 is after --to 2026-11-21"));
    }
    SECTION("days that are all to come") {
        ward.arguments.from = parse_day("2026-11-23");
        ward.arguments.to = parse_day("2026-11-30");
        CHECK_THAT(ward.refusal(), Contains("still to come: today is 2026-11-22"));
    }
    SECTION("today is the hospital's, not the machine's") {
        ward.arguments.from = parse_day("2026-11-23");
        ward.arguments.to = parse_day("2026-11-23");
        ward.arguments.now = *parse_instant("2026-11-22T15:59:59.999Z");
        CHECK_THAT(ward.refusal(), Contains("still to come"));
        ward.arguments.now = *parse_instant("2026-11-22T16:00:00.000Z");
        CHECK(ward.run() == 0);
    }
    SECTION("names of nothing") {
        ward.arguments.station = "ICU";
        ward.arguments.cart = "OR-1";
        CHECK_THAT(ward.refusal(), Contains("no cart is on a list at station \"ICU\" as \"OR-1\""));
        ward.arguments.station = "OR";
        ward.arguments.ward = "ward-4f";
        CHECK_THAT(ward.refusal(), Contains("of node \"ward-4f\""));
        ward.arguments.ward = "ward-3f";
        CHECK(ward.run() == 0);
    }
    SECTION("a zone that there is not") {
        ward.arguments.node.common.time_zone = "Mars/Olympus";
        CHECK_THAT(ward.refusal(), Contains("Mars/Olympus"));
    }
    SECTION("no store") {
        ward.arguments.node.common.state /= "nowhere";
        CHECK_THAT(ward.refusal(), Contains("no such file"));
    }
    SECTION("a journal that does not read") {
        ward.tamper("UPDATE entry SET body = '{}' WHERE kind = 'cart.defined'");
        CHECK(ward.run() == 3);
        CHECK(ward.out.str().empty());
        CHECK_THAT(ward.err.str(), Contains("cartwatch.db: entry ward-3f 4: "));
    }
    SECTION("more entries than figures are made of") {
        const std::int64_t entries = 17;
        ward.arguments.entries_max = entries;
        CHECK(ward.run() == 0);
        ward.arguments.entries_max = entries - 1;
        CHECK_THAT(ward.refusal(), Contains("17 entries, more than the 16"));
    }
}

} // namespace cartwatch::figures_command_test
