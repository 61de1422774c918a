#include "scanner/values/text.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::text_test {

TEST_CASE("the GS1 check digit of published numbers", "[text]") {
    CHECK(gs1_check_digit("690123456789") == '2');
    CHECK(gs1_check_digit("0952123454321") == '3');
    CHECK(gs1_check_digit("39521234000000012") == '0');
    CHECK(gs1_check_digit("8690487900120") == '8');
}

TEST_CASE("digits are read as a number of at most eighteen digits", "[text]") {
    CHECK(parse_digits("0") == 0);
    CHECK(parse_digits("007") == 7);
    CHECK(parse_digits("999999999999999999") == 999'999'999'999'999'999);
    CHECK_FALSE(parse_digits("1000000000000000000"));
    CHECK_FALSE(parse_digits(""));
    CHECK_FALSE(parse_digits("-1"));
    CHECK_FALSE(parse_digits(" 1"));
    CHECK_FALSE(parse_digits("1a"));
}

TEST_CASE("well-formed UTF-8 is told from damaged bytes", "[text]") {
    CHECK(is_utf8(""));
    CHECK(is_utf8("肾上腺素 1 mg"));
    CHECK(is_utf8("\xF0\x9F\x9A\x91"));
    CHECK_FALSE(is_utf8("\xC0\x80"));
    CHECK_FALSE(is_utf8("\xED\xA0\x80"));
    CHECK_FALSE(is_utf8("\xE8\x82"));
    CHECK_FALSE(is_utf8("\x80"));
    CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));
    CHECK_FALSE(is_utf8("\xE0\x80\x80"));
}

TEST_CASE("a quoted value keeps a message on one line", "[text]") {
    CHECK(quotable("a\nb\x1B[31m") == "a\\x0Ab\\x1B[31m");
    CHECK(quotable("肾上腺素", 11) == "肾上腺…");
}

TEST_CASE("a quoted value is cut between characters, never inside one", "[text]") {
    CHECK(shortened("short") == "short");
    CHECK(shortened("肾上腺素", 12) == "肾上腺素");
    CHECK(shortened("肾上腺素", 11) == "肾上腺…");
    CHECK(shortened("肾上腺素", 1) == "…");
}

} // namespace cartwatch::text_test
