// Goal: whoever looks at the log of a start that takes minutes sees that it works, and how fast.
#include "daemon/node/rebuild_log.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

namespace cartwatch::rebuild_log_test {

using namespace cartwatch::node;
using namespace std::chrono_literals;

SCENARIO("making the tables anew is said at its begin, every few seconds, and at its end") {
    std::chrono::steady_clock::time_point now{};
    std::vector<std::string> said;
    RebuildLog log([&] { return now; }, [&](std::string_view text) { said.emplace_back(text); });
    log.hear({0, 250'000});
    REQUIRE(said.size() == 1);
    CHECK_THAT(said.back(), Catch::Contains("250000 entries"));

    now += 4s;
    log.hear({40'000, 250'000});
    CHECK(said.size() == 1); // not every word
    now += 1s;
    log.hear({50'000, 250'000});
    REQUIRE(said.size() == 2);
    CHECK(said.back() == "50000 of 250000 entries, 10000 a second");
    now += 20s;
    log.hear({250'000, 250'000});
    REQUIRE(said.size() == 3);
    CHECK_THAT(said.back(), Catch::Contains("in 25000 ms, 10000 a second"));
}

SCENARIO("a short one is said, too, and no time at all divides nothing") {
    std::vector<std::string> said;
    RebuildLog log(
        [] { return std::chrono::steady_clock::time_point{}; },
        [&](std::string_view text) { said.emplace_back(text); });
    log.hear({0, 3});
    log.hear({3, 3});
    REQUIRE(said.size() == 2);
    CHECK_THAT(said.back(), Catch::Contains("in 0 ms"));
}

} // namespace cartwatch::rebuild_log_test
