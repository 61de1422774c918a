// The goal: every line that does not fit ends the conversation with its own code.
#include "daemon/link/session.hpp"
#include "tests/daemon/link/session_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::session_refusal_test {

namespace {

using namespace cartwatch::link_kit;
using namespace std::chrono_literals;
using Phase = link::Session::Phase;

} // namespace

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

TEST_CASE(
    "what cannot be read is a person's to mend, what came before it stays", "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(3);
    MemoryJournals disk("pharmacy");
    disk.cannot_read(2);
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.say());

    for (const auto& entry : ward.entries("ward-1")) {
        pharmacy.hear(journal::to_line(entry));
    }
    pharmacy.store();

    CHECK(pharmacy.code() == "bad_message");
    const Texts said = pharmacy.say();
    REQUIRE(types_of(said) == Texts{"ack", "error"});
    CHECK(said.at(0) == link::to_line(link::Ack{1}));
    CHECK(said.at(1).find("entry 2 is unread") != std::string::npos);
    CHECK(pharmacy.session.on_disk() == 1);
    CHECK_FALSE(pharmacy.session.is_storing());
    CHECK(link::needs_a_person(*pharmacy.session.closing()));
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

} // namespace cartwatch::session_refusal_test
