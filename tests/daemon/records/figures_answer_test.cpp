// Goal: what the page is told of each cart's time ready and of typed and skipped lines is what
// `cartwatch figures` tells.
#include "daemon/figures/summary.hpp"
#include "daemon/records/figures_answer.hpp"
#include "tests/daemon/store/store_kit.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

namespace cartwatch::figures_answer_test {

using namespace cartwatch::records;
using namespace cartwatch::store_kit;
using namespace cartwatch::readiness;

namespace {

using Json = nlohmann::ordered_json;

// A stocked cart, checked once; the pharmacy changed the policy in between.
struct CheckedOnce {
    CheckedOnce() {
        ward.record(a_stocked_cart());
        Policy policy;
        policy.near_expiry_days = {60};
        ward.record({PolicyChanged{policy}}, "pharmacy");
        ward.record(a_whole_check(1));
    }

    [[nodiscard]] FiguresAsked asked() const {
        const Day day = *parse_day("2026-11-22");
        const Instant now = *parse_instant("2026-11-22T02:10:04.000Z");
        return {{day, day, "", ""}, day, now, {{"ward-3f", "OR-1"}}};
    }

    [[nodiscard]] Json told() const {
        store::Reader reader(folder.path());
        return Json::parse(figures_text(reader, calendar, asked()));
    }

    // The same from all entries at once, as the command does it.
    [[nodiscard]] figures::Summary summary() const {
        std::vector<Recorded> entries;
        store::Reader reader(folder.path());
        reader.entries([&](const Recorded& entry) { entries.push_back(entry); });
        const auto past = figures::past_of(
            entries, "pharmacy", [this](Day day) { return calendar.begin_of(day); });
        const Day day = *parse_day("2026-11-22");
        return summary_of(past, {}, {day, day + std::chrono::days(1)}, asked().now);
    }

    Folder folder{Place::memory};
    Ward ward{folder.path()};
    clock::Calendar calendar = *clock::Calendar::of_zone("Asia/Shanghai");
};

} // namespace

SCENARIO("the page is told the figures of each cart", "[records][figures]") {
    GIVEN("a cart that was listed ten minutes ago, and checked once") {
        const CheckedOnce past;

        WHEN("its figures are asked for") {
            const Json told = past.told();

            THEN("they are those of `cartwatch figures`") {
                REQUIRE(told["carts"].size() == 1);
                const Json& cart = told["carts"][0];
                const figures::Summary all = past.summary();
                CHECK(cart["node"] == "ward-3f");
                CHECK(cart["cart"] == "OR-1");
                CHECK(cart["total_s"] == 600);
                CHECK(cart["total_s"] == all.time_ready.total / std::chrono::seconds(1));
                CHECK(cart["ready_s"] == all.time_ready.ready / std::chrono::seconds(1));
                CHECK(cart["lines"] == 2);
                CHECK(cart["typed"] == all.overrides.typed);
                CHECK(cart["skipped"] == 1);
                CHECK(all.overrides.skipped == 1);
            }
            THEN("they come with what they are held against") {
                CHECK(told["overrides_goal"] == 2.0);
                CHECK(told["overrides_limit"] == 5.0);
            }
        }
    }
}

} // namespace cartwatch::figures_answer_test
