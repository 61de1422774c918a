#include "daemon/link/note_limit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::note_limit_test {

using namespace std::chrono_literals;

TEST_CASE("a flood of refusals is twenty lines a minute, and then a number", "[link][log]") {
    link::NoteLimit limit;
    int written = 0;
    for (int i = 0; i < 1'000; ++i) {
        written += limit.pass("refused", 5s) ? 1 : 0;
    }
    CHECK(written == 20);
    CHECK_FALSE(limit.pass("refused", 64'999ms));

    CHECK(limit.pass("refused", 65s) == "refused (and 981 more that were not noted)");
    CHECK(limit.pass("refused", 65s) == "refused");
}

} // namespace cartwatch::note_limit_test
