// Entries as lines, and the chain that binds them.
#include "daemon/crypto/sha256.hpp"
#include "daemon/journal/body.hpp"
#include "daemon/journal/entry.hpp"
#include "scanner/values/ensure.hpp"
#include "tests/daemon/journal/generated.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::entry_test {

using namespace cartwatch::readiness;

namespace {

Recorded recorded(std::int64_t seq, Event event) {
    return {"ward-3f", seq, *parse_instant("2026-11-22T02:06:39.123Z"), "N012", std::move(event)};
}

journal::Entry an_entry() {
    return journal::make_entry({}, recorded(1, CheckReviewed{"ward-3f/1"}), crypto::sha256);
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

} // namespace

TEST_CASE("an entry as a line, to the byte", "[journal]") {
    CHECK(
        journal::to_line(an_entry())
        == R"({"type":"entry","node":"ward-3f","seq":1,"at":"2026-11-22T02:06:39.123Z",)"
           R"("kind":"check.reviewed","actor":"N012","body":{"check":"ward-3f/1"},)"
           R"("prev":"0000000000000000000000000000000000000000000000000000000000000000",)"
           R"("hash":")"
               + crypto::sha256(
                   std::string(64, '0')
                   + "\nward-3f\n1\n2026-11-22T02:06:39.123Z\ncheck.reviewed\nN012\n"
                     "{\"check\":\"ward-3f/1\"}\n")
               + "\"}");
}

TEST_CASE("entries of every kind come back from their lines", "[journal][property]") {
    journal::Head head;
    for (unsigned seed = 0; seed < 10; ++seed) {
        generated::Events events(seed, generated::Texts::wild);
        for (std::size_t kind = 0; kind < generated::Events::kind_count(); ++kind) {
            const Recorded fact = recorded(head.seq + 1, events.of_kind(kind));
            const journal::Entry entry = journal::make_entry(head, fact, crypto::sha256);

            const std::string line = journal::to_line(entry);
            const auto read = journal::parse_line(line);

            INFO(line);
            CHECK(line.find('\n') == std::string::npos);
            REQUIRE(read);
            CHECK(*read == entry);
            CHECK(journal::parse_line(' ' + line).value() == entry); // not as we write it
            CHECK(journal::follows(head, *read, crypto::sha256));
            const auto fact_read = journal::to_recorded(*read);
            REQUIRE(fact_read);
            CHECK(*fact_read == fact);
            head = {entry.seq, entry.hash};
        }
    }
}

TEST_CASE("the order of members, blanks and escapes do not change what is hashed", "[journal]") {
    const journal::Entry entry = an_entry();
    const std::string loose = "{ \"hash\":\"" + entry.hash + "\", \"prev\":\"" + entry.prev
                              + "\",\"extra\":[1,{}],\"body\":{ \"check\" : \"ward\\u002d3f\\/1\"},"
                                "\"actor\":\"N012\",\"kind\":\"check.reviewed\","
                                "\"at\":\"2026-11-22T02:06:39.123Z\",\"seq\":1,"
                                "\"node\":\"ward-3f\",\"type\":\"entry\"}";
    const auto read = journal::parse_line(loose);
    REQUIRE(read);
    CHECK(*read == entry);
}

TEST_CASE("what is hashed is the canonical form, however a body was sent", "[journal]") {
    const journal::Entry entry = an_entry();
    const std::string line = journal::to_line(entry);
    const auto body = GENERATE(values<const char*>(
        {R"({ "check":"ward-3f/1"})",
         R"({"check":"ward\u002d3f/1"})",
         R"({"check":"ward-3f\/1"})"}));

    const auto read = journal::parse_line(with(line, entry.body, body));

    REQUIRE(read);
    CHECK(*read == entry);
    CHECK(journal::follows({}, *read, crypto::sha256));
}

TEST_CASE("a mark goes along with an entry, and is no part of what is hashed", "[journal]") {
    journal::Entry entry = an_entry();
    const std::string bare = journal::to_line(entry);
    entry.mark = "00112233445566778899aabbccddeeff";

    const std::string line = journal::to_line(entry);

    CHECK(
        line == bare.substr(0, bare.size() - 1) + R"(,"mark":"00112233445566778899aabbccddeeff"})");
    CHECK(journal::parse_line(line).value() == entry);
    CHECK(journal::canonical_text(entry) == journal::canonical_text(an_entry()));
    CHECK(journal::follows({}, entry, crypto::sha256));
    for (const char* mark : {"0011", "00112233445566778899AABBCCDDEEFF", " "}) {
        const auto read = journal::parse_line(with(line, entry.mark, mark));
        REQUIRE_FALSE(read);
        CHECK_THAT(read.error().text, Catch::Contains("/mark"));
    }
}

TEST_CASE("a line that is no entry is refused with the member", "[journal][refusal]") {
    const std::string line = journal::to_line(an_entry());

    struct Example {
        const char* name;
        const char* from;
        const char* to;
        const char* expected;
    };

    const auto example = GENERATE(values<Example>({
        {"another type", R"("type":"entry")", R"("type":"ack")", "/type"},
        {"no type", R"("type":"entry",)", "", "/type"},
        {"a node with a blank", "ward-3f\",\"seq", "ward 3f\",\"seq", "/node"},
        {"an empty node", "\"ward-3f\",\"seq", "\"\",\"seq", "/node"},
        {"number 0", R"("seq":1)", R"("seq":0)", "/seq"},
        {"a number as text", R"("seq":1)", R"("seq":"1")", "/seq"},
        {"a number that is too large", R"("seq":1)", R"("seq":9007199254740993)", "2^53"},
        {"an instant without milliseconds", "39.123Z", "39Z", "/at"},
        {"a kind with a line feed", "check.reviewed", "check\\nreviewed", "/kind"},
        {"an actor with a line feed", "N012", "N0\\n12", "/actor"},
        {"no body", R"("body":{"check":"ward-3f/1"},)", "", "/body"},
        {"a body that is a list", R"({"check":"ward-3f/1"})", "[]", "/body"},
        {"a hash in capitals", R"("prev":"0000)", R"("prev":"000A)", "/prev"},
        {"a hash that is too short", R"("prev":"0000)", R"("prev":"000)", "/prev"},
        {"half a line", "\"hash\"", "", "not JSON"},
        {"a body that ends too early", R"({"check":"ward-3f/1"})", R"({"a":1}})", "not JSON"},
        {"a body with a member twice", R"({"check":)", R"({"check":1,"check":)", "twice"},
        {"a member of the entry twice", R"("seq":1)", R"("seq":1,"seq":1)", "twice"},
        {"something behind it", "\"hash\"", "\"hash\":\"\"}{\"hash\"", "not JSON"},
    }));

    DYNAMIC_SECTION(example.name) {
        const auto read = journal::parse_line(with(line, example.from, example.to));
        REQUIRE_FALSE(read);
        CHECK(read.error().code == ErrorCode::bad_input);
        CHECK_THAT(read.error().text, Catch::Contains(example.expected));
    }
    const auto huge = journal::parse_line(std::string(journal::entry_bytes_max + 1, ' '));
    REQUIRE_FALSE(huge);
    CHECK(huge.error().code == ErrorCode::too_large);
}

TEST_CASE("an entry follows its journal's head or says why not", "[journal][refusal]") {
    const journal::Entry first = an_entry();
    const journal::Head head{first.seq, first.hash};
    const journal::Entry second =
        journal::make_entry(head, recorded(2, CheckReviewed{"ward-3f/2"}), crypto::sha256);

    CHECK(journal::follows(head, second, crypto::sha256));

    const auto gap = journal::follows({}, second, crypto::sha256);
    REQUIRE_FALSE(gap);
    CHECK(gap.error().code == ErrorCode::conflict);
    CHECK(gap.error().text.starts_with("gap:"));

    const auto fork = journal::follows({1, second.hash}, second, crypto::sha256);
    REQUIRE_FALSE(fork);
    CHECK(fork.error().code == ErrorCode::conflict);
    CHECK(fork.error().text.starts_with("fork:"));

    journal::Entry changed = second;
    changed.actor = "N013";
    const auto hash = journal::follows(head, changed, crypto::sha256);
    REQUIRE_FALSE(hash);
    CHECK(hash.error().code == ErrorCode::bad_input);
    CHECK(hash.error().text.starts_with("hash:"));
}

TEST_CASE("an entry that another node would refuse is not made", "[journal]") {
    CHECK_THROWS_AS(
        journal::make_entry({}, recorded(2, CheckReviewed{"w/1"}), crypto::sha256),
        BrokenInvariant);
    CHECK_THROWS_AS(
        journal::make_entry({}, recorded(1, CheckReviewed{"\xff"}), crypto::sha256),
        BrokenInvariant);
    Recorded nameless = recorded(1, CheckReviewed{"w/1"});
    nameless.actor = "";
    CHECK_THROWS_AS(journal::make_entry({}, nameless, crypto::sha256), BrokenInvariant);
    Recorded ancient = recorded(1, CheckReviewed{"w/1"});
    ancient.at -= std::chrono::days(1'000'000);
    CHECK_THROWS_AS(journal::make_entry({}, ancient, crypto::sha256), BrokenInvariant);
}

} // namespace cartwatch::entry_test
