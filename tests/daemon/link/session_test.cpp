#include "daemon/link/lines.hpp"
#include "daemon/link/session.hpp"
#include "tests/daemon/link/link_kit.hpp"

#include <catch2/catch.hpp>

#include <sstream>

namespace {

using namespace cartwatch;
using namespace std::chrono_literals;
using link_kit::hello;
using link_kit::MemoryJournals;
using Phase = link::Session::Phase;
using Texts = std::vector<std::string>;

constexpr std::size_t much = 1'000'000;

// One end, and a peer who says what the test lets it say.
struct Talk {
    explicit Talk(
        MemoryJournals& journals,
        const std::string& node = "ward-1",
        const std::string& called = "pharmacy",
        const link::SessionLimits& limits = {})
        : own(journals), session(link_kit::options(node, called, limits), journals.view(), now) {}

    void hear(const std::string& line) {
        session.line_received(line, now);
    }

    Texts say() {
        std::istringstream output(session.has_output() ? session.take_output(much) : "");
        Texts lines;
        for (std::string line; std::getline(output, line);) {
            lines.push_back(line);
        }
        return lines;
    }

    // Stores what is there to store, at once.
    void store() {
        while (session.has_entries()) {
            own.view().store_received(session.take_entries(), [&](const Result<void>& outcome) {
                outcome ? session.stored() : session.not_stored(outcome.error().text);
            });
        }
    }

    void pass(link::Ticks time) {
        now += time;
        session.time_passed(now);
    }

    std::string code() const {
        return session.closing() ? session.closing()->code : "";
    }

    MemoryJournals& own;
    link::Ticks now{5'000};
    link::Session session;
};

std::string kind_of_line(const std::string& line) {
    const auto message = link::parse_message(line);
    REQUIRE(message);
    constexpr const char* names[] = {"hello", "entry", "ack", "ping", "pong", "error", "unknown"};
    return names[message->index()];
}

Texts types_of(const Texts& lines) {
    Texts types;
    for (const std::string& line : lines) {
        types.push_back(kind_of_line(line));
    }
    return types;
}

} // namespace

SCENARIO(
    "a ward and a pharmacy that meet for the first time exchange their journals",
    "[link][session]") {
    GIVEN("a ward with three entries, a pharmacy with one, and no common past") {
        MemoryJournals ward_disk("ward-1");
        MemoryJournals pharmacy_disk("pharmacy");
        ward_disk.record(3);
        pharmacy_disk.record(1);
        Talk ward(ward_disk, "ward-1", "pharmacy");
        Talk pharmacy(pharmacy_disk, "pharmacy", "");

        THEN("the ward speaks first, and says that it holds nothing") {
            CHECK(
                ward.say()
                == Texts{R"({"type":"hello","protocol":1,"node":"ward-1","have":{"pharmacy":0}})"});
            CHECK(pharmacy.say().empty());
        }

        WHEN("the pharmacy hears it") {
            pharmacy.hear(ward.say().at(0));

            THEN("it says and hears nothing more until the ward is admitted") {
                CHECK(pharmacy.session.phase() == Phase::introduced);
                CHECK(pharmacy.session.peer() == "ward-1");
                CHECK_FALSE(pharmacy.session.wants_input());
                CHECK_FALSE(pharmacy.session.has_output());
            }

            AND_WHEN("it admits the ward, and each hears all that the other says") {
                pharmacy.session.admit(pharmacy.now);
                Texts to_ward = pharmacy.say();
                CHECK(types_of(to_ward) == Texts{"hello", "entry"});
                for (const std::string& line : to_ward) {
                    ward.hear(line);
                }
                ward.store();
                Texts to_pharmacy = ward.say();
                CHECK(types_of(to_pharmacy) == Texts{"ack", "entry", "entry", "entry"});
                for (const std::string& line : to_pharmacy) {
                    pharmacy.hear(line);
                }
                pharmacy.store();
                for (const std::string& line : pharmacy.say()) {
                    ward.hear(line);
                }

                THEN("both hold both, and both know") {
                    CHECK(pharmacy_disk.entries("ward-1") == ward_disk.entries("ward-1"));
                    CHECK(ward_disk.entries("pharmacy") == pharmacy_disk.entries("pharmacy"));
                    CHECK(ward.session.acknowledged() == 3);
                    CHECK(pharmacy.session.acknowledged() == 1);
                    CHECK(ward.session.on_disk() == 1);
                    CHECK(ward.say().empty());
                    CHECK(pharmacy.say().empty());
                    CHECK(pharmacy_disk.batches == std::vector<std::size_t>{3});
                }
            }
        }
    }
}

TEST_CASE("a journal resumes after the last entry that the peer holds", "[link][session]") {
    const std::int64_t held = GENERATE(range(0, 8));
    MemoryJournals disk("ward-1");
    disk.record(7);
    Talk ward(disk);
    static_cast<void>(ward.say());

    const std::string hash =
        held == 0 ? "" : disk.entries("ward-1")[static_cast<std::size_t>(held - 1)].hash;
    ward.hear(hello("pharmacy", "ward-1", held, hash));
    const Texts said = ward.say();

    REQUIRE(said.size() == static_cast<std::size_t>(7 - held));
    CHECK(ward.session.sent() == 7);
    CHECK(ward.session.acknowledged() == held);
    if (!said.empty()) {
        CHECK(journal::parse_line(said.front())->seq == held + 1);
    }
}

TEST_CASE(
    "what the ward holds of the pharmacy's journal stands in its hello, with the hash",
    "[link][session]") {
    MemoryJournals pharmacy("pharmacy");
    pharmacy.record(5);
    MemoryJournals disk("ward-1");
    disk.hold(pharmacy, 4);

    const Texts said = Talk(disk).say();

    REQUIRE(said.size() == 1);
    CHECK(
        said[0]
        == R"({"type":"hello","protocol":1,"node":"ward-1","have":{"pharmacy":4},)"
           R"("have_hash":{"pharmacy":")"
               + pharmacy.entries("pharmacy")[3].hash + R"("}})");
}

TEST_CASE("an entry is acknowledged only once it is on disk", "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(3);
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.say());

    pharmacy.hear(journal::to_line(ward.entries("ward-1")[0]));
    pharmacy.hear(journal::to_line(ward.entries("ward-1")[1]));
    CHECK(pharmacy.session.take_entries().size() == 2);
    pharmacy.hear(journal::to_line(ward.entries("ward-1")[2]));

    CHECK(pharmacy.say().empty());
    CHECK(pharmacy.session.is_storing());
    CHECK_FALSE(pharmacy.session.has_entries()); // one batch is out
    pharmacy.session.stored();
    CHECK(pharmacy.say() == Texts{R"({"type":"ack","seq":2})"});
    CHECK(pharmacy.session.has_entries());
    CHECK(pharmacy.session.take_entries().size() == 1);
    CHECK(pharmacy.say().empty());
    pharmacy.session.stored();
    CHECK(pharmacy.say() == Texts{R"({"type":"ack","seq":3})"});
    CHECK_FALSE(pharmacy.session.is_storing());
}

TEST_CASE("what cannot be stored is never acknowledged, and the peer is told", "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(3);
    MemoryJournals disk("pharmacy");
    disk.refuse_commits("the disk is full");
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.say());

    for (const auto& entry : ward.entries("ward-1")) {
        pharmacy.hear(journal::to_line(entry));
    }
    pharmacy.store();

    CHECK(pharmacy.code() == "not_stored");
    const Texts said = pharmacy.say();
    CHECK(types_of(said) == Texts{"error"});
    CHECK(said.at(0).find("the disk is full") != std::string::npos);
    CHECK_FALSE(pharmacy.session.is_storing());
    CHECK(disk.entries("ward-1").empty());
    CHECK_FALSE(link::needs_a_person(*pharmacy.session.closing()));
}

TEST_CASE("what came before the peer went is still stored", "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(2);
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    pharmacy.hear(journal::to_line(ward.entries("ward-1")[0]));
    pharmacy.hear(journal::to_line(ward.entries("ward-1")[1]));

    pharmacy.session.lost("the cable was pulled");
    pharmacy.store();

    CHECK(disk.entries("ward-1") == ward.entries("ward-1"));
    CHECK(pharmacy.code() == "closed");
    CHECK_FALSE(pharmacy.session.wants_input());
}

TEST_CASE("what has been sent twice is held once and acknowledged again", "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(4);
    MemoryJournals disk("pharmacy");
    disk.hold(ward, 2);
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.say());

    SECTION("on disk already") {
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[0]));
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[1]));
        CHECK_FALSE(pharmacy.session.has_entries());
        CHECK(pharmacy.say() == Texts{R"({"type":"ack","seq":2})"});
    }
    SECTION("not on disk yet") {
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[2]));
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[3]));
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[2]));
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[3]));
        CHECK(pharmacy.say().empty());
        CHECK(pharmacy.session.take_entries().size() == 2);
    }
    CHECK(pharmacy.code().empty());
}

TEST_CASE(
    "an entry that is not the next one of the peer's journal ends the conversation",
    "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(6);
    MemoryJournals other("ward-1"); // another machine with the same name
    other.record(1, 9);
    other.record(5);
    MemoryJournals stranger("ward-9");
    stranger.record(4);
    MemoryJournals disk("pharmacy");
    disk.hold(ward, 2);
    journal::Entry forged = ward.entries("ward-1")[3];
    forged.body = R"({"forged":1})";

    struct Example {
        const char* name;
        journal::Entry entry;
        const char* code;
    };

    const auto example = GENERATE_REF(values<Example>({
        {"a gap", ward.entries("ward-1")[4], "gap"},
        {"a gap at the far end", ward.entries("ward-1")[5], "gap"},
        {"another past", other.entries("ward-1")[3], "fork"},
        {"a repeated entry with another content, on disk", other.entries("ward-1")[0], "fork"},
        {"a repeated entry with another content, not on disk", other.entries("ward-1")[2], "fork"},
        {"a content that was changed", forged, "bad_hash"},
        {"another node's entry", stranger.entries("ward-9")[3], "wrong_node"},
    }));

    DYNAMIC_SECTION(example.name) {
        Talk pharmacy(disk, "pharmacy", "");
        pharmacy.hear(hello("ward-1", "pharmacy", 0));
        pharmacy.session.admit(pharmacy.now);
        static_cast<void>(pharmacy.say());
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[2]));
        REQUIRE(pharmacy.code().empty());

        pharmacy.hear(journal::to_line(example.entry));

        CHECK(pharmacy.code() == example.code);
        CHECK(link::needs_a_person(*pharmacy.session.closing()));
        CHECK(types_of(pharmacy.say()) == Texts{"error"});
        CHECK(pharmacy.session.take_entries().size() == 1); // what was sound before stays
        CHECK_FALSE(pharmacy.session.wants_input());
    }
}

TEST_CASE(
    "a peer that holds what was never written here is refused at its hello", "[link][session]") {
    MemoryJournals before("ward-1");
    before.record(9);
    MemoryJournals pharmacy("pharmacy");
    pharmacy.hold(before, 9);
    MemoryJournals disk("ward-1");
    disk.record(9);
    disk.restore_backup_of(6);
    const auto hash = [&](std::size_t seq) { return pharmacy.entries("ward-1")[seq - 1].hash; };

    SECTION("more than there is") {
        Talk ward(disk);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 9, hash(9)));
        CHECK(ward.code() == "ahead");
        CHECK(types_of(ward.say()) == Texts{"error"});
        CHECK(ward.session.sent() == 0);
    }
    SECTION("one more than there is, without a hash") {
        Talk ward(disk);
        ward.hear(hello("pharmacy", "ward-1", 7));
        CHECK(ward.code() == "ahead");
    }
    SECTION("the restored ward has gone another way since") {
        disk.record(5, 3);
        Talk ward(disk);
        ward.hear(hello("pharmacy", "ward-1", 9, hash(9)));
        CHECK(ward.code() == "fork");
    }
    SECTION("exactly what there is") {
        Talk ward(disk);
        ward.hear(hello("pharmacy", "ward-1", 6, hash(6)));
        CHECK(ward.code().empty());
        CHECK(ward.session.phase() == Phase::running);
    }
    SECTION("the same number with another hash") {
        Talk ward(disk);
        ward.hear(hello("pharmacy", "ward-1", 6, hash(5)));
        CHECK(ward.code() == "fork");
    }
    SECTION("fewer, with the right hash") {
        Talk ward(disk);
        ward.hear(hello("pharmacy", "ward-1", 2, hash(2)));
        CHECK(ward.code().empty());
    }
    SECTION("fewer, with another hash") {
        Talk ward(disk);
        ward.hear(hello("pharmacy", "ward-1", 2, hash(3)));
        CHECK(ward.code() == "fork");
    }
    SECTION("the pharmacy says the same to a ward that is behind") {
        Talk other_way(pharmacy, "pharmacy", "");
        other_way.hear(hello("ward-1", "pharmacy", 1));
        other_way.session.admit(other_way.now);
        CHECK(other_way.code() == "ahead");
        CHECK(types_of(other_way.say()) == Texts{"hello", "error"});
    }
}

TEST_CASE("acknowledgements count once, in order, and only for what was sent", "[link][session]") {
    MemoryJournals disk("ward-1");
    disk.record(5);
    Talk ward(disk);
    static_cast<void>(ward.say());
    ward.hear(hello("pharmacy", "ward-1", 1));
    REQUIRE(ward.say().size() == 4);

    ward.hear(R"({"type":"ack","seq":3})");
    CHECK(ward.session.acknowledged() == 3);
    ward.hear(R"({"type":"ack","seq":3})");
    ward.hear(R"({"type":"ack","seq":2})");
    ward.hear(R"({"type":"ack","seq":0})");
    CHECK(ward.session.acknowledged() == 3);
    ward.hear(R"({"type":"ack","seq":5})");
    CHECK(ward.session.acknowledged() == 5);
    CHECK(ward.code().empty());

    ward.hear(R"({"type":"ack","seq":6})");
    CHECK(ward.code() == "bad_ack");
    CHECK(ward.session.acknowledged() == 5);
}

TEST_CASE("a first line that is not a fitting hello ends the conversation", "[link][session]") {
    struct Example {
        std::string line;
        const char* code;
        bool by_peer;
    };

    const auto example = GENERATE(values<Example>({
        {R"({"type":"ping"})", "hello_expected", false},
        {R"({"type":"ack","seq":0})", "hello_expected", false},
        {R"({"type":"weather"})", "hello_expected", false},
        {R"({"type":"hello","protocol":2,"node":"pharmacy","have":{}})", "unknown_protocol", false},
        {hello("pharmacy-2", "ward-1", 0), "wrong_node", false},
        {hello("ward-1", "ward-1", 0), "wrong_node", false},
        {"GET / HTTP/1.1", "not_json", false},
        {"", "not_json", false},
        {R"({"type":"hello"})", "bad_message", false},
        {R"({"type":"error","code":"unknown_node","text":"who?"})", "unknown_node", true},
        {R"({"type":"error","code":"busy","text":"later"})", "busy", true},
    }));

    DYNAMIC_SECTION(example.line) {
        MemoryJournals disk("ward-1");
        disk.record(3);
        Talk ward(disk);
        static_cast<void>(ward.say());

        ward.hear(example.line);

        CHECK(ward.code() == example.code);
        CHECK(ward.session.closing()->by_peer == example.by_peer);
        CHECK(types_of(ward.say()) == (example.by_peer ? Texts{} : Texts{"error"}));
        CHECK_FALSE(ward.session.wants_input());
        CHECK(ward.session.sent() == 0);
    }
}

TEST_CASE("a pharmacy does not take itself for a ward", "[link][session]") {
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "");

    pharmacy.hear(hello("pharmacy", "pharmacy", 0));

    CHECK(pharmacy.code() == "wrong_node");
}

TEST_CASE("every line has its answer while entries flow", "[link][session]") {
    struct Example {
        std::string line;
        Texts answer; // types
        const char* code;
    };

    const auto example = GENERATE(values<Example>({
        {R"({"type":"ping"})", {"pong"}, ""},
        {R"({"type":"pong"})", {}, ""},
        {R"({"type":"weather","tomorrow":1})", {}, ""},
        {R"({"type":"error","code":"gap","text":"where is 7?"})", {}, "gap"},
        {hello("pharmacy", "ward-1", 0), {"error"}, "bad_message"},
        {R"({"type":"ack"})", {"error"}, "bad_message"},
        {"}", {"error"}, "not_json"},
    }));

    DYNAMIC_SECTION(example.line) {
        MemoryJournals disk("ward-1");
        Talk ward(disk);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 0));
        REQUIRE(ward.say().empty());

        ward.hear(example.line);

        CHECK(types_of(ward.say()) == example.answer);
        CHECK(ward.code() == example.code);
    }
}

TEST_CASE("a peer that floods with pings is answered, but makes nothing grow", "[link][session]") {
    MemoryJournals disk("ward-1");
    Talk ward(disk);
    static_cast<void>(ward.say());
    ward.hear(hello("pharmacy", "ward-1", 0));

    for (int i = 0; i < 1'000; ++i) {
        ward.hear(R"({"type":"ping"})");
    }

    CHECK(types_of(ward.say()) == Texts{"pong"});
}

TEST_CASE("only so much is on its way without an acknowledgement", "[link][session]") {
    link::SessionLimits limits;
    limits.window_entries = 10;
    limits.window_bytes = 20'000;
    MemoryJournals disk("ward-1");

    SECTION("entries") {
        disk.record(25);
        Talk ward(disk, "ward-1", "pharmacy", limits);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 0));
        CHECK(ward.say().size() == 10);
        CHECK_FALSE(ward.session.has_output());
        ward.hear(R"({"type":"ack","seq":4})");
        CHECK(ward.say().size() == 4);
        ward.hear(R"({"type":"ack","seq":14})");
        CHECK(ward.say().size() == 10);
        ward.hear(R"({"type":"ack","seq":24})");
        CHECK(ward.say().size() == 1);
    }
    SECTION("bytes") {
        disk.record(5, 9'000);
        Talk ward(disk, "ward-1", "pharmacy", limits);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 0));
        Texts said = ward.say();
        for (Texts more = ward.say(); !more.empty(); more = ward.say()) {
            said.insert(said.end(), more.begin(), more.end());
        }
        CHECK(said.size() == 3); // the third begins inside the window
        ward.hear(R"({"type":"ack","seq":3})");
        CHECK(ward.say().size() == 2);
    }
    SECTION("an entry larger than the window still goes, alone") {
        disk.record(2, 500'000);
        Talk ward(disk, "ward-1", "pharmacy", limits);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 0));
        CHECK(ward.say().size() == 1);
        CHECK(ward.say().empty());
        ward.hear(R"({"type":"ack","seq":1})");
        CHECK(ward.say().size() == 1);
    }
}

TEST_CASE("an entry leaves as soon as it is committed", "[link][session]") {
    MemoryJournals disk("ward-1");
    Talk ward(disk);
    static_cast<void>(ward.say());
    ward.hear(hello("pharmacy", "ward-1", 0));
    CHECK_FALSE(ward.session.has_output());

    disk.record();
    ward.session.own_journal_grew();

    CHECK(types_of(ward.say()) == Texts{"entry"});
}

TEST_CASE("a journal that grows before the hello is heard waits for it", "[link][session]") {
    MemoryJournals disk("ward-1");
    Talk ward(disk);
    CHECK(ward.say().size() == 1);

    disk.record();
    ward.session.own_journal_grew();

    CHECK_FALSE(ward.session.has_output());
    ward.hear(hello("pharmacy", "ward-1", 0));
    CHECK(types_of(ward.say()) == Texts{"entry"});
}

TEST_CASE("an own entry that fits no line stops the link with a name", "[link][session]") {
    MemoryJournals disk("ward-1");
    disk.record(1);
    disk.record(1, link::line_bytes_max);
    Talk ward(disk);
    static_cast<void>(ward.say());
    ward.hear(hello("pharmacy", "ward-1", 1));

    CHECK(types_of(ward.say()) == Texts{"error"});

    CHECK(ward.code() == "line_too_long");
    CHECK(ward.session.closing()->text.find("entry 2 of ward-1") != std::string::npos);
}

TEST_CASE("a line over the limit is named with the limit that holds", "[link][session]") {
    MemoryJournals disk("ward-1");
    Talk ward(disk);
    static_cast<void>(ward.say());
    const bool greeted = GENERATE(false, true);
    if (greeted) {
        ward.hear(hello("pharmacy", "ward-1", 0));
    }

    ward.session.line_too_long();

    CHECK(ward.code() == "line_too_long");
    CHECK(
        ward.session.closing()->text
        == (greeted ? "a line is over 1048576 bytes" : "a line is over 16384 bytes"));
}

TEST_CASE("reading stops while too much is not on disk", "[link][session]") {
    link::SessionLimits limits;
    limits.unstored_bytes = 2'000;
    MemoryJournals ward("ward-1");
    ward.record(20);
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "", limits);
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.say());

    std::size_t heard = 0;
    while (pharmacy.session.wants_input()) {
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[heard++]));
    }
    CHECK(heard > 2);
    CHECK(heard < 10);
    CHECK_THROWS(pharmacy.hear(R"({"type":"ping"})"));
    pharmacy.pass(10min); // its own silence is not the peer's
    CHECK(pharmacy.code().empty());

    static_cast<void>(pharmacy.session.take_entries());
    CHECK_FALSE(pharmacy.session.wants_input());
    pharmacy.session.stored();
    CHECK(pharmacy.session.wants_input());
}

SCENARIO("a silent peer is asked, and given up after three intervals", "[link][session]") {
    GIVEN("a conversation with an interval of ten seconds") {
        MemoryJournals disk("ward-1");
        Talk ward(disk);
        static_cast<void>(ward.say());
        ward.hear(hello("pharmacy", "ward-1", 0));
        CHECK(ward.session.next_due() == ward.now + 10s);

        WHEN("just under one interval passes") {
            ward.pass(9'999ms);
            THEN("nothing is said") {
                CHECK(ward.say().empty());
            }
        }
        WHEN("one interval passes") {
            ward.pass(10s);
            THEN("one ping is sent") {
                CHECK(types_of(ward.say()) == Texts{"ping"});
                ward.pass(1ms);
                CHECK(ward.say().empty());
            }
            AND_WHEN("the peer answers") {
                ward.hear(R"({"type":"pong"})");
                THEN("the count begins anew") {
                    ward.pass(29s);
                    CHECK(ward.code().empty());
                }
            }
            AND_WHEN("it says nothing for two more") {
                ward.pass(10s);
                ward.pass(9'999ms);
                CHECK(ward.code().empty());
                ward.pass(1ms);
                THEN("it is given up, for now") {
                    CHECK(ward.code() == "silent");
                    CHECK_FALSE(link::needs_a_person(*ward.session.closing()));
                    CHECK(ward.session.next_due() == link::Ticks::max());
                }
            }
        }
        WHEN("an absurd time passes at once") {
            ward.pass(24h);
            THEN("it is given up") {
                CHECK(ward.code() == "silent");
            }
        }
    }
}

TEST_CASE("who says no hello in time is given up", "[link][session]") {
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "");
    CHECK(pharmacy.session.next_due() == pharmacy.now + 10s);

    pharmacy.pass(9'999ms);
    CHECK(pharmacy.code().empty());
    pharmacy.pass(1ms);

    CHECK(pharmacy.code() == "no_hello");
}

TEST_CASE("only the first reason to end counts", "[link][session]") {
    MemoryJournals disk("ward-1");
    Talk ward(disk);
    static_cast<void>(ward.say());

    ward.session.refuse("going_away", "the ward stops");
    ward.session.refuse("busy", "no");
    ward.session.lost("gone");
    ward.session.time_passed(ward.now + 24h);

    CHECK(ward.code() == "going_away");
    CHECK(ward.say() == Texts{link::to_line(link::Fault{"going_away", "the ward stops"})});
    CHECK(ward.say().empty());
}

TEST_CASE("two sessions talk through lines that come a byte at a time", "[link][session]") {
    MemoryJournals ward_disk("ward-1");
    MemoryJournals pharmacy_disk("pharmacy");
    ward_disk.record(20, 50);
    pharmacy_disk.record(20, 50);
    Talk ward(ward_disk);
    Talk pharmacy(pharmacy_disk, "pharmacy", "");
    const auto carry = [](Talk& from, Talk& to) {
        std::string bytes;
        while (from.session.has_output()) {
            bytes += from.session.take_output(100);
        }
        link::Lines lines(link::line_bytes_max);
        for (const char byte : bytes) {
            lines.feed(std::string_view(&byte, 1));
            if (const auto line = lines.next()) {
                to.hear(std::string(*line));
            }
            if (to.session.phase() == Phase::introduced) {
                to.session.admit(to.now);
            }
        }
        to.store();
        return !bytes.empty();
    };

    int rounds = 0;
    while (carry(ward, pharmacy) || carry(pharmacy, ward)) {
        REQUIRE(++rounds < 100);
    }

    CHECK(pharmacy_disk.entries("ward-1") == ward_disk.entries("ward-1"));
    CHECK(ward_disk.entries("pharmacy") == pharmacy_disk.entries("pharmacy"));
    CHECK(ward.session.acknowledged() == 20);
    CHECK(pharmacy.session.acknowledged() == 20);
}
