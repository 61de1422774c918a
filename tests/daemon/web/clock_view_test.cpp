// Goal: a clock that cannot be believed is said on the page, and makes no cart ready.
#include "daemon/web/views.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::clock_view_test {

using namespace cartwatch::web;
using namespace cartwatch::readiness;

SCENARIO("a clock set back is shown with the day that things are judged by", "[web][view]") {
    FakeProgram program;
    CHECK(view_of(program.service(), "OR")["clock_back"].is_null());
    program.clock_day = program.moment.today - std::chrono::days(3);
    const Json back = view_of(program.service(), "OR")["clock_back"];
    CHECK(back["day"] == "2026-11-19");
    CHECK(back["known"] == "2026-11-22");
    CHECK(back["waits_for_badge"] == false);
    program.session.day_to_confirm = program.clock_day;
    CHECK(view_of(program.service(), "OR")["clock_back"]["waits_for_badge"] == true);
}

SCENARIO("a ward whose clock is behind the pharmacy's day calls no cart ready", "[web][view]") {
    FakeProgram program;
    Cart& cart = program.state.nodes.at(program.state.self).carts.begin()->second;
    cart.lines.clear();
    cart.devices.clear();
    cart.last_full_check = program.moment.today;
    const auto shown = [&](const Json& view) {
        for (const Json& one : view["carts"]) {
            if (one["id"] == cart.id) {
                return one["readiness"].get<std::string>();
            }
        }
        return std::string();
    };
    REQUIRE(shown(view_of(program.service(), "OR")) == "ready");
    auto& judged = program.state.nodes[program.state.pharmacy].last_judged;
    judged = program.moment.today + std::chrono::days(1);
    CHECK(
        shown(view_of(program.service(), "OR"))
        == "ready"); // a midnight that is still to come here
    CHECK(view_of(program.service(), "OR")["clock_back"].is_null());
    judged = program.moment.today + std::chrono::days(2);
    const Json view = view_of(program.service(), "OR");
    CHECK(shown(view) == "overdue");
    CHECK(view["clock_back"]["behind_pharmacy"] == true);
    CHECK(view["clock_back"]["known"] == "2026-11-24");
}

} // namespace cartwatch::clock_view_test
