// The goal: a node whose disk is older than what its peer holds of it gets its own journal back,
// and says what is wrong where it cannot.
#include "daemon/link/session.hpp"
#include "tests/daemon/link/session_kit.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <sstream>

namespace cartwatch::session_return_test {

namespace {

using namespace cartwatch::link_kit;
using namespace std::chrono_literals;
using Phase = link::Session::Phase;

// A ward that wrote nine entries, all of them at the pharmacy, and has the first six of them.
struct Restored {
    explicit Restored(std::int64_t backup = 6) {
        before.record(9);
        pharmacy.hold(before, 9);
        disk.record(9);
        disk.restore_backup_of(backup);
    }

    std::string hash(std::size_t seq) {
        return pharmacy.entries("ward-1")[seq - 1].hash;
    }

    std::string entry(std::size_t seq) {
        return journal::to_line(pharmacy.entries("ward-1")[seq - 1]);
    }

    std::string greeting() {
        return hello("pharmacy", "ward-1", 9, hash(9));
    }

    MemoryJournals before{"ward-1"};
    MemoryJournals pharmacy{"pharmacy"};
    MemoryJournals disk{"ward-1"};
};

// A pharmacy with nothing, and a ward that holds five of its entries and has two of its own.
struct EmptyPharmacy {
    EmptyPharmacy() : session(waiting_to_be_told(), disk.view(), link::Ticks{0}) {
        before.record(5);
        ward_disk.record(2);
        ward_disk.hold(before, 5);
        ward.emplace(ward_disk);
        session.line_received(ward->say().at(0), link::Ticks{0});
        session.admit(link::Ticks{0});
    }

    static link::SessionOptions waiting_to_be_told() {
        link::SessionOptions options = link_kit::options("pharmacy", "");
        options.asks_at_once = false;
        return options;
    }

    Texts say() {
        std::istringstream output(session.has_output() ? session.take_output(much) : "");
        Texts lines;
        for (std::string line; std::getline(output, line);) {
            lines.push_back(line);
        }
        return lines;
    }

    MemoryJournals before{"pharmacy"};
    MemoryJournals ward_disk{"ward-1"};
    MemoryJournals disk{"pharmacy"};
    link::Session session;
    std::optional<Talk> ward;
};

} // namespace

SCENARIO("a ward restored from a backup is brought forward by its pharmacy", "[link][session]") {
    GIVEN("a ward with six of the nine entries that the pharmacy holds of it") {
        Restored world;
        Talk ward(world.disk);
        Talk pharmacy(world.pharmacy, "pharmacy", "");
        pharmacy.hear(ward.say().at(0));
        pharmacy.session.admit(pharmacy.now);

        WHEN("it hears the pharmacy's hello") {
            ward.hear(pharmacy.say().at(0));

            THEN("it asks for the rest, and counts all as delivered") {
                CHECK(ward.session.owed() == 3);
                CHECK(ward.session.is_asking());
                CHECK(ward.session.acknowledged() == 9);
                CHECK(ward.say() == Texts{R"({"type":"return","after":6})"});
                CHECK(ward.say().empty());
            }

            AND_WHEN("the pharmacy answers, and what comes is stored") {
                pharmacy.hear(ward.say().at(0));
                const Texts returned = pharmacy.say();
                CHECK(types_of(returned) == Texts{"entry", "entry", "entry"});
                for (const std::string& line : returned) {
                    ward.hear(line);
                }
                CHECK(ward.session.owed() == 3);
                ward.store();

                THEN("its journal is what it was, and nothing is said of it any more") {
                    CHECK(world.disk.entries("ward-1") == world.before.entries("ward-1"));
                    CHECK(ward.session.owed() == 0);
                    CHECK_FALSE(ward.session.is_asking());
                    CHECK(ward.say().empty());
                    CHECK(pharmacy.say().empty());
                }

                AND_WHEN("it records more") {
                    world.disk.record(1);
                    ward.session.own_journal_grew();

                    THEN("that is sent as ever") {
                        const Texts said = ward.say();
                        REQUIRE(types_of(said) == Texts{"entry"});
                        CHECK(journal::parse_line(said[0])->seq == 10);
                        pharmacy.hear(said[0]);
                        pharmacy.store();
                        CHECK(pharmacy.code().empty());
                        CHECK(pharmacy.session.on_disk() == 10);
                    }
                }
            }
        }
    }
}

SCENARIO(
    "a pharmacy that lost its disk asks one ward back when its owner says so", "[link][session]") {
    GIVEN("a pharmacy with nothing, and a ward that holds five of its entries and has two") {
        EmptyPharmacy world;
        link::Session& pharmacy = world.session;

        THEN("it knows what is owed and how much the ward wrote, and asks for nothing yet") {
            CHECK(pharmacy.owed() == 5);
            CHECK(pharmacy.peer_wrote() == 2);
            CHECK(types_of(world.say()) == Texts{"hello"});
            CHECK(pharmacy.next_due() < link::Ticks{30'000});
        }

        WHEN("it is told to ask") {
            world.ward->hear(world.say().at(0));
            pharmacy.ask_back(link::Ticks{1'000});
            pharmacy.ask_back(link::Ticks{1'000});
            const Texts asked = world.say();
            CHECK(asked == Texts{R"({"type":"return","after":0})"});
            world.ward->hear(asked.at(0));

            THEN("the ward's own entries and the pharmacy's come, and its own are stored first") {
                const Texts said = world.ward->say();
                REQUIRE(said.size() == 7);
                for (const std::string& line : said) {
                    pharmacy.line_received(line, link::Ticks{1'000});
                }
                const auto first = pharmacy.take_entries();
                REQUIRE(first.size() == 5);
                CHECK(first.front().node == "pharmacy");
                world.disk.view().store_received(
                    first, [&](const Result<void>&) { pharmacy.stored(); });
                CHECK(pharmacy.owed() == 0);
                CHECK(pharmacy.take_entries().size() == 2);
            }
        }

        WHEN("another ward gave it all meanwhile") {
            for (const auto& entry : world.before.entries("pharmacy")) {
                world.disk.view().store_received({entry}, [](const Result<void>&) {});
            }
            pharmacy.own_journal_grew();

            THEN("nothing is asked for") {
                CHECK(pharmacy.owed() == 0);
                pharmacy.ask_back(link::Ticks{1'000});
                CHECK(types_of(world.say()) == Texts{"hello"});
                CHECK(pharmacy.phase() == Phase::running);
            }
        }

        WHEN("another ward gave it another past") {
            world.disk.record(5, 7);
            pharmacy.own_journal_grew();

            THEN("that is a fork, though this ward told no hash") {
                CHECK(pharmacy.closing()->code == "fork");
            }
        }
    }
}

TEST_CASE("what comes back must continue what is there", "[link][session]") {
    Restored world;

    struct Example {
        const char* name;
        int wrote_since;
        std::size_t seq; // of the first entry that comes
        const char* code;
    };

    const auto example = GENERATE(values<Example>({
        {"the next", 0, 7, ""},
        {"one that leaves some out", 0, 8, "gap"},
        {"one that is here", 0, 6, "gap"},
        {"the next, where another was written since", 1, 8, "fork"},
    }));

    DYNAMIC_SECTION(example.name) {
        world.disk.record(example.wrote_since, 3);
        Talk ward(world.disk);
        static_cast<void>(ward.say());
        ward.hear(world.greeting());
        REQUIRE(types_of(ward.say()) == Texts{"return"});

        ward.hear(world.entry(example.seq));

        CHECK(ward.code() == example.code);
        if (ward.code().empty()) {
            CHECK(ward.session.take_entries().size() == 1);
        } else {
            CHECK(link::needs_a_person(*ward.session.closing()));
            CHECK_FALSE(ward.session.has_entries());
        }
    }
}

TEST_CASE("a node that wrote on while it waited for its past has forked", "[link][session]") {
    Restored world;
    Talk ward(world.disk);
    static_cast<void>(ward.say());
    ward.hear(world.greeting());
    static_cast<void>(ward.say());

    SECTION("and sees it at the first entry that its disk refuses") {
        ward.hear(world.entry(7));
        static_cast<void>(ward.session.take_entries());
        ward.session.not_stored(
            Error{ErrorCode::conflict, "fork: entry 7 of ward-1 is another here"});
        CHECK(ward.code() == "fork");
    }
    SECTION("and sees it by the hash, once it wrote as much") {
        world.disk.record(3, 4);
        ward.session.own_journal_grew();
        CHECK(ward.code() == "fork");
    }
    SECTION("a disk that fails is no fork") {
        ward.hear(world.entry(7));
        static_cast<void>(ward.session.take_entries());
        ward.session.not_stored(Error{ErrorCode::unavailable, "the disk is full"});
        CHECK(ward.code() == "not_stored");
    }
}

TEST_CASE("an own entry that nobody asked for ends the conversation", "[link][session]") {
    Restored world(9);
    Talk ward(world.disk);
    static_cast<void>(ward.say());
    ward.hear(world.greeting());
    REQUIRE(ward.say().empty());

    ward.hear(world.entry(7));

    CHECK(ward.code() == "wrong_node");
}

TEST_CASE("a peer that gives nothing back is told so after a while", "[link][session]") {
    Restored world;
    Talk ward(world.disk);
    static_cast<void>(ward.say());
    ward.hear(world.greeting());
    static_cast<void>(ward.say());
    for (int i = 0; i < 5;
         ++i) { // an older version answers pings, and ignores what it does not know
        ward.pass(10s);
        ward.hear(R"({"type":"pong"})");
    }

    SECTION("it waits from the question on") {
        ward.pass(10s - 1ms);
        CHECK(ward.code().empty());
        CHECK(ward.session.next_due() == ward.now + 1ms);
        ward.pass(1ms);
        CHECK(ward.code() == "ahead");
        CHECK(link::needs_a_person(*ward.session.closing()));
        CHECK(types_of(ward.say()) == Texts{"ping", "error"});
    }
    SECTION("it waits on from each entry that comes") {
        ward.hear(world.entry(7));
        ward.store();
        ward.pass(10s);
        CHECK(ward.code().empty());
    }
    SECTION("it waits on while an entry comes over a thin line") {
        for (std::size_t begun = 10'000; begun < 300'000; begun += 10'000) { // at 1 kB/s
            ward.session.bytes_received(ward.now, begun);
            ward.pass(10s);
            REQUIRE(ward.code().empty());
        }
        for (int i = 0; i < 4; ++i) {
            ward.hear(R"({"type":"pong"})");
            ward.pass(10s);
        }
        CHECK(ward.code().empty());
        ward.hear(R"({"type":"pong"})");
        ward.pass(10s);
        CHECK(ward.code() == "ahead");
    }
    SECTION("pieces of short words are no entry") {
        ward.pass(10s - 1ms);
        ward.session.bytes_received(ward.now, 1'023);
        ward.pass(1ms);
        CHECK(ward.code() == "ahead");
    }
}

TEST_CASE(
    "what is asked for comes in pieces that fit the wire, after the own entries",
    "[link][session]") {
    MemoryJournals ward("ward-1");
    ward.record(40, 100);
    MemoryJournals disk("pharmacy");
    disk.hold(ward, 40);
    disk.record(3);
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.session.take_output(much));

    pharmacy.hear(R"({"type":"return","after":10})");
    disk.record(1);
    pharmacy.session.own_journal_grew();
    std::size_t pieces = 0;
    std::vector<std::int64_t> numbers;
    while (pharmacy.session.has_output()) {
        std::istringstream output(pharmacy.session.take_output(1'000));
        ++pieces;
        for (std::string line; std::getline(output, line);) {
            const auto entry = journal::parse_line(line);
            if (entry->node == "ward-1") {
                numbers.push_back(entry->seq);
            } else {
                CHECK(numbers.empty());
            }
        }
    }

    CHECK(pieces > 5);
    REQUIRE(numbers.size() == 30);
    CHECK(numbers.front() == 11);
    CHECK(numbers.back() == 40);
}

TEST_CASE("whoever is asked for what it does not hold says nothing", "[link][session]") {
    MemoryJournals disk("pharmacy");
    Talk pharmacy(disk, "pharmacy", "");
    pharmacy.hear(hello("ward-1", "pharmacy", 0));
    pharmacy.session.admit(pharmacy.now);
    static_cast<void>(pharmacy.say());

    pharmacy.hear(R"({"type":"return","after":0})");
    CHECK(pharmacy.say().empty());
    pharmacy.hear(R"({"type":"return","after":12})");
    CHECK(pharmacy.say().empty());
    CHECK(pharmacy.code().empty());
    pharmacy.hear(R"({"type":"return"})");
    CHECK(pharmacy.code() == "bad_message");
}

} // namespace cartwatch::session_return_test
