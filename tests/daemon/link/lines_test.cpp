#include "daemon/link/lines.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <vector>

namespace cartwatch::lines_test {

namespace {

using cartwatch::link::Lines;

std::vector<std::string> drained(Lines& lines) {
    std::vector<std::string> found;
    while (const auto line = lines.next()) {
        found.emplace_back(*line);
    }
    return found;
}

using Texts = std::vector<std::string>;

} // namespace

TEST_CASE("lines come out as they went in, however the bytes are cut", "[link][lines]") {
    const std::string bytes = "one\n\ntwo two\r\nthree\nrest";
    const std::size_t piece = GENERATE(1U, 2U, 3U, 7U, 1'000U);
    Lines lines(20);
    Texts found;

    for (std::size_t i = 0; i < bytes.size(); i += piece) {
        lines.feed(std::string_view(bytes).substr(i, piece));
        for (std::string& line : drained(lines)) {
            found.push_back(std::move(line));
        }
    }

    CHECK(found == Texts{"one", "", "two two\r", "three"});
    CHECK_FALSE(lines.too_long());
}

TEST_CASE("a line may be as long as the limit and not a byte longer", "[link][lines]") {
    struct Example {
        const char* name;
        std::size_t bytes;
        bool whole;
        bool too_long;
    };

    const auto example = GENERATE(values<Example>({
        {"just under", 19, true, false},
        {"at the limit", 20, true, false},
        {"just over", 21, true, true},
        {"absurd", 100'000, true, true},
        {"begun, at the limit", 20, false, false},
        {"begun, over it", 21, false, true},
    }));

    DYNAMIC_SECTION(example.name) {
        Lines lines(20);
        lines.feed(std::string(example.bytes, 'x') + (example.whole ? "\n" : ""));

        CHECK(drained(lines).size() == (example.whole && !example.too_long ? 1U : 0U));
        CHECK(lines.too_long() == example.too_long);
    }
}

TEST_CASE("nothing after a line that is too long is read", "[link][lines]") {
    Lines lines(5);
    lines.feed("good\nfar too long\ngood\n");

    CHECK(drained(lines) == Texts{"good"});
    CHECK(lines.too_long());
    lines.feed("more\n");
    CHECK(drained(lines).empty());
}

TEST_CASE("a wider limit holds for what is not handed out yet", "[link][lines]") {
    Lines lines(5);
    lines.feed("hello\nlonger than five\n");

    CHECK(lines.next() == "hello");
    lines.set_limit(50);
    CHECK(lines.next() == "longer than five");
}

TEST_CASE("any bytes, cut anywhere, give the same lines", "[link][lines]") {
    std::mt19937_64 random(7411);
    for (int round = 0; round < 200; ++round) {
        std::string bytes;
        Texts expected(1);
        const int size = static_cast<int>(random() % 300);
        for (int i = 0; i < size; ++i) {
            const char c = random() % 9 == 0 ? '\n' : static_cast<char>('a' + random() % 26);
            bytes += c;
            if (c == '\n') {
                expected.emplace_back();
            } else {
                expected.back() += c;
            }
        }
        expected.pop_back();
        Lines lines(300);
        Texts found;
        for (std::size_t at = 0; at < bytes.size();) {
            const std::size_t piece = 1 + random() % 40;
            lines.feed(std::string_view(bytes).substr(at, piece));
            at += piece;
            for (std::string& line : drained(lines)) {
                found.push_back(std::move(line));
            }
        }
        REQUIRE(found == expected);
    }
}

TEST_CASE("what is not handed out yet is counted", "[link][lines]") {
    link::Lines lines(100);
    CHECK(lines.waiting() == 0);
    lines.feed("one\ntw");
    CHECK(lines.waiting() == 6);
    CHECK(lines.next() == "one");
    CHECK(lines.waiting() == 2);
    CHECK_FALSE(lines.next());
    lines.feed("o and more");
    CHECK(lines.waiting() == 12);
    lines.feed("\n");
    CHECK(lines.next() == "two and more");
    CHECK(lines.waiting() == 0);
}

TEST_CASE("what was handed out holds no memory", "[link][lines]") {
    Lines lines(1'000'000);
    lines.feed(std::string(900'000, 'x') + "\nbegun");
    REQUIRE(drained(lines).size() == 1);
    CHECK(lines.memory() < 100);

    lines.feed(std::string(900'000, 'y') + "\n");
    REQUIRE(drained(lines) == Texts{"begun" + std::string(900'000, 'y')});

    CHECK(lines.memory() < 100);
}

} // namespace cartwatch::lines_test
