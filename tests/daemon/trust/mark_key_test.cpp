// The goal: the pharmacy's marks are its own alone, are the same after every start, and are
// demanded of no entry that may have been given out without one.
#include "daemon/trust/mark_key.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace cartwatch::mark_key_test {

namespace {

namespace fs = std::filesystem;
using trust::MarkKey;

const std::string hash(64, 'a');

MarkKey loaded(const support::TemporaryFolder& folder) {
    auto key = MarkKey::load(folder.folder());
    REQUIRE(key);
    return std::move(*key);
}

} // namespace

SCENARIO("an entry has one mark, for ever, under one key", "[trust][marks]") {
    GIVEN("a pharmacy's key") {
        const support::TemporaryFolder folder;
        const MarkKey key = loaded(folder);
        const std::string mark = key.mark("pharmacy", 7, hash);

        THEN("the mark is 32 hexadecimal digits, and the file is its owner's alone") {
            CHECK(mark.size() == 32);
            CHECK(mark.find_first_not_of("0123456789abcdef") == std::string::npos);
            CHECK(
                fs::status(folder / "marks.json").permissions()
                == (fs::perms::owner_read | fs::perms::owner_write));
        }
        THEN("it is another for another node, number or content") {
            CHECK(key.mark("pharmacy", 8, hash) != mark);
            CHECK(key.mark("ward-1", 7, hash) != mark);
            CHECK(key.mark("pharmacy", 7, std::string(64, 'b')) != mark);
            CHECK(key.mark("pharmacy", 7, hash) == mark);
        }
        WHEN("the daemon starts again") {
            THEN("the mark is the same") {
                CHECK(loaded(folder).mark("pharmacy", 7, hash) == mark);
            }
        }
        WHEN("another pharmacy marks the same") {
            const support::TemporaryFolder elsewhere;
            THEN("its mark is another") {
                CHECK(loaded(elsewhere).mark("pharmacy", 7, hash) != mark);
            }
        }
    }
}

SCENARIO("a mark is demanded from where the key was settled at", "[trust][marks]") {
    GIVEN("a new key") {
        const support::TemporaryFolder folder;
        MarkKey key = loaded(folder);

        THEN("nothing needs a mark: the wards may hold a past from before it") {
            CHECK_FALSE(key.is_settled());
            CHECK_FALSE(key.demands(1));
            CHECK_FALSE(loaded(folder).is_settled());
        }
        WHEN("it is settled at the fifth entry") {
            REQUIRE(key.settle(5));
            THEN("the sixth needs a mark, also after a start") {
                CHECK(key.is_settled());
                CHECK_FALSE(key.demands(5));
                CHECK(key.demands(6));
                CHECK_FALSE(loaded(folder).demands(5));
                CHECK(loaded(folder).demands(6));
            }
            THEN("it is settled once") {
                REQUIRE(key.settle(9));
                CHECK(key.demands(6));
                CHECK(loaded(folder).demands(6));
            }
        }
        WHEN("it cannot be written") {
            fs::create_directory(folder / "marks.json.new"); // in the way
            THEN("it holds all the same, until the next start") {
                CHECK_FALSE(key.settle(5));
                CHECK(key.demands(6));
                CHECK_FALSE(loaded(folder).is_settled());
            }
        }
    }
}

TEST_CASE("a file that holds no key is refused by name", "[trust][marks]") {
    const support::TemporaryFolder folder;
    const std::string digits(64, '0');
    const auto text = GENERATE_COPY(
        std::string(""),
        std::string("{}"),
        "{\"key\":\"" + digits + "\"}",
        std::string(R"({"key":"00","after":null})"),
        std::string(R"({"key":7,"after":null})"),
        "{\"key\":\"" + digits + "\",\"after\":-1}",
        "{\"key\":\"" + digits + "\",\"after\":\"5\"}");
    folder.put("marks.json", text);

    const auto key = MarkKey::load(folder.folder());

    INFO(text);
    REQUIRE_FALSE(key);
    CHECK(key.error().text.find("marks.json") != std::string::npos);
}

} // namespace cartwatch::mark_key_test
