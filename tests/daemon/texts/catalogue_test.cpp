#include "daemon/readiness/messages.hpp"
#include "daemon/texts/catalogue.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::catalogue_test {

using texts::fill;

TEST_CASE("values are filled in, unknown optional parts left out, plurals chosen", "[texts]") {
    CHECK(fill("{a} and {b}", {{"a", "1"}, {"b", "2"}}) == "1 and 2");
    CHECK(fill("lot[ {lot}]!", {{"lot", "L7"}}) == "lot L7!");
    CHECK(fill("lot[ {lot}]!", {}) == "lot!");
    CHECK(fill("lot[ {lot}]!", {{"lot", ""}}) == "lot!");
    CHECK(fill("{n} {n|item|items}", {{"n", "1"}}) == "1 item");
    CHECK(fill("{n} {n|item|items}", {{"n", "2"}}) == "2 items");
    CHECK(fill("no end {a", {{"a", "1"}}) == "no end {a");
    CHECK(fill("no end [x", {}) == "no end [x");
}

TEST_CASE("a value is never filled in twice", "[texts]") {
    CHECK(fill("{a}", {{"a", "{b} [c]"}, {"b", "wrong"}}) == "{b} [c]");
}

TEST_CASE("every message of the rules has its text in both languages", "[texts]") {
    const auto language = GENERATE("zh-CN", "en");
    const auto catalogue =
        texts::Catalogue::load(support::in_source_tree("daemon/web/pages/texts"), language);
    REQUIRE(catalogue);
    for (const auto& message : readiness::all_messages()) {
        const std::string key = "message." + std::string(message.key);
        INFO(language << " " << key);
        CHECK(catalogue->text(key, {}) != key);
    }
}

TEST_CASE("a catalogue that is not there is refused by name", "[texts]") {
    const auto catalogue = texts::Catalogue::load("no/such/folder", "en");
    REQUIRE_FALSE(catalogue);
    CHECK_THAT(catalogue.error().text, Catch::Matchers::Contains("no/such/folder"));
}

} // namespace cartwatch::catalogue_test
