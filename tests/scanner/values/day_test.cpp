#include "scanner/values/day.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::day_test {

TEST_CASE("a day is read only from its one exact form", "[day]") {
    struct Example {
        const char* text;
        bool real;
    };

    const auto example = GENERATE(values<Example>({
        {"2026-11-22", true},
        {"2028-02-29", true},
        {"0001-01-01", true},
        {"9999-12-31", true},
        {"2027-02-29", false},
        {"2026-13-01", false},
        {"2026-00-10", false},
        {"2026-11-00", false},
        {"2026-11-31", false},
        {"0000-01-01", false},
        {"2026-1-22", false},
        {"2026/11/22", false},
        {" 2026-11-22", false},
        {"2026-11-22 ", false},
        {"-026-11-22", false},
        {"", false},
    }));

    DYNAMIC_SECTION("'" << example.text << "'") {
        const auto day = parse_day(example.text);
        CHECK(day.has_value() == example.real);
        if (day) {
            CHECK(to_text(*day) == example.text);
        }
    }
}

TEST_CASE("the last day of a month knows leap years", "[day]") {
    CHECK(to_text(last_day_of_month(2026, 2)) == "2026-02-28");
    CHECK(to_text(last_day_of_month(2028, 2)) == "2028-02-29");
    CHECK(to_text(last_day_of_month(2100, 2)) == "2100-02-28");
    CHECK(to_text(last_day_of_month(2026, 12)) == "2026-12-31");
}

TEST_CASE("an instant survives its text to the millisecond", "[day]") {
    const auto text = GENERATE(
        "2026-11-22T02:06:39.123Z", "1969-12-31T23:59:59.999Z", "2028-02-29T00:00:00.000Z");
    const auto instant = parse_instant(text);
    REQUIRE(instant);
    CHECK(to_text(*instant) == text);
}

TEST_CASE("an instant in another form is refused", "[day]") {
    const auto text = GENERATE(
        "2026-11-22T02:06:39Z",
        "2026-11-22T24:06:39.123Z",
        "2026-11-22T02:60:39.123Z",
        "2026-11-22T02:06:60.123Z",
        "2026-11-22T02:06:39.123+",
        "2026-02-30T02:06:39.123Z",
        "");
    CHECK_FALSE(parse_instant(text));
}

} // namespace cartwatch::day_test
