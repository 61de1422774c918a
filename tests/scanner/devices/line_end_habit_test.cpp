#include "scanner/devices/line_end_habit.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace cartwatch::line_end_habit_test {

TEST_CASE("a scan without a line end is half of one where those before it had theirs") {
    struct Case {
        const char* scans;   // e: with a line end, p: ended by a pause
        const char* verdict; // w: whole, h: half of one
    };

    const auto one = GENERATE(
        Case{"p", "w"},
        Case{"pppppp", "wwwwww"},
        Case{"ep", "ww"},
        Case{"eep", "www"},
        Case{"eeep", "wwwh"},
        Case{"eeeeeeep", "wwwwwwwh"},
        Case{"epepep", "wwwwww"},
        Case{"peeep", "wwwwh"},
        // Twice in a row it may be chance; the third time the scanner has been set anew.
        Case{"eeepp", "wwwhh"},
        Case{"eeeppp", "wwwhhw"},
        Case{"eeepppp", "wwwhhww"},
        Case{"eeeppepp", "wwwhhwhh"},
        Case{"eeepppeep", "wwwhhwwww"},
        Case{"eeepppeeep", "wwwhhwwwwh"});
    devices::LineEndHabit habit;
    std::string verdict;
    for (const char scan : std::string(one.scans)) {
        verdict += habit.is_whole(scan == 'e') ? 'w' : 'h';
    }
    INFO(one.scans);
    CHECK(verdict == one.verdict);
}

} // namespace cartwatch::line_end_habit_test
