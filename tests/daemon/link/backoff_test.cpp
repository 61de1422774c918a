#include "daemon/link/backoff.hpp"

#include <catch2/catch.hpp>

#include <limits>

namespace cartwatch::backoff_test {

using namespace std::chrono_literals;

TEST_CASE(
    "a peer is called again less and less often, with chance in the wait", "[link][backoff]") {
    struct Example {
        const char* name;
        int failures;
        double chance;
        std::chrono::milliseconds expected;
    };

    const auto example = GENERATE(values<Example>({
        {"the first failure, least chance", 1, 0.0, 250ms},
        {"the first failure, most chance", 1, 1.0, 500ms},
        {"the second", 2, 0.0, 500ms},
        {"the third, half the chance", 3, 0.5, 1'500ms},
        {"just under the ceiling", 5, 1.0, 8'000ms},
        {"at the ceiling", 6, 1.0, 10'000ms},
        {"no failure counts as one", 0, 0.0, 250ms},
        {"absurdly many, least", std::numeric_limits<int>::max(), 0.0, 5'000ms},
        {"absurdly many, most", std::numeric_limits<int>::max(), 1.0, 10'000ms},
        {"a chance beyond its range", 1, 7.5, 500ms},
    }));

    DYNAMIC_SECTION(example.name) {
        CHECK(
            link::retry_delay(link::Backoff{}, example.failures, example.chance)
            == example.expected);
    }
}

} // namespace cartwatch::backoff_test
