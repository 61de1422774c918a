// The goal: a joined ward that lies about the pharmacy's journal neither stops the pharmacy nor
// adds to its past, and one that tells the truth is believed as before.
#include "daemon/link/session.hpp"
#include "tests/daemon/link/session_kit.hpp"

#include <catch2/catch.hpp>

#include <optional>

namespace cartwatch::session_marks_test {

namespace {

using namespace cartwatch::link_kit;
using namespace std::chrono_literals;
using Phase = link::Session::Phase;

const link::SessionLimits usual;
const link::Marks own_marks = marks_under("the pharmacy's");

// A pharmacy that wrote nine entries and marks them, and a ward that received them all; then the
// pharmacy's disk is that of a backup.
struct Hospital {
    explicit Hospital(std::int64_t backup = 6) {
        pharmacy_disk.record(9);
        deliver();
        written = pharmacy_disk.entries("pharmacy");
        pharmacy_disk.restore_backup_of(backup);
    }

    // Everything to the ward, over the real session of both.
    void deliver() {
        Talk from(pharmacy_disk, "pharmacy", "", usual, own_marks);
        Talk to(ward_disk);
        from.hear(to.say().at(0));
        from.session.admit(from.now);
        for (const std::string& line : from.say()) {
            to.hear(line);
        }
        to.store();
    }

    // The pharmacy's session once it heard that hello and let the ward in.
    Talk& meets(const std::string& greeting, const link::Marks& marks = own_marks) {
        pharmacy.emplace(pharmacy_disk, "pharmacy", "", usual, marks);
        pharmacy->hear(greeting);
        pharmacy->session.admit(pharmacy->now);
        return *pharmacy;
    }

    std::string honest_greeting() {
        Talk ward(ward_disk);
        return ward.say().at(0);
    }

    journal::Entry held(std::int64_t seq) {
        return ward_disk.entries("pharmacy")[static_cast<std::size_t>(seq - 1)];
    }

    MemoryJournals pharmacy_disk{"pharmacy"};
    MemoryJournals ward_disk{"ward-1"};
    MemoryJournals::Entries written;
    std::optional<Talk> pharmacy;
};

std::string claim(std::int64_t seq, const std::string& hash, const std::string& mark) {
    link::Hello hello;
    hello.node = "ward-1";
    hello.have["pharmacy"] = link::Held{seq, hash, mark};
    return link::to_line(hello);
}

journal::Entry invented_after(const journal::Head& head, const std::string& mark) {
    journal::Entry entry = entry_after(head, "pharmacy", R"({"never":"written"})");
    entry.mark = mark;
    return entry;
}

} // namespace

SCENARIO("an entry of the pharmacy goes to the wards with its mark", "[link][session][marks]") {
    GIVEN("a pharmacy that marks its entries") {
        MemoryJournals disk("pharmacy");
        disk.record(2);
        Talk pharmacy(disk, "pharmacy", "", usual, own_marks);
        pharmacy.hear(hello("ward-1", "pharmacy", 0));
        pharmacy.session.admit(pharmacy.now);

        WHEN("it sends them") {
            const Texts said = pharmacy.say();
            REQUIRE(types_of(said) == Texts{"hello", "entry", "entry"});
            const auto sent = journal::parse_line(said[2]);

            THEN("each bears the mark of its own number and content") {
                CHECK(sent->mark == own_marks.of("pharmacy", disk.head("pharmacy")));
            }
            THEN("the pharmacy's own copy has none: it can make it at any time") {
                CHECK(disk.entries("pharmacy")[1].mark.empty());
            }
            AND_WHEN("a ward received them") {
                MemoryJournals ward_disk("ward-1");
                Talk ward(ward_disk);
                ward.say();
                for (const std::string& line : said) {
                    ward.hear(line);
                }
                ward.store();
                THEN("its next hello bears the mark of the last") {
                    Talk again(ward_disk);
                    CHECK(again.say() == Texts{claim(2, sent->hash, sent->mark)});
                }
            }
        }
        WHEN("a ward marks what it sends") {
            MemoryJournals ward_disk("ward-1");
            ward_disk.record(1);
            journal::Entry entry = ward_disk.entries("ward-1")[0];
            entry.mark = std::string(journal::mark_digits, 'a');
            pharmacy.hear(journal::to_line(entry));
            pharmacy.store();
            THEN("the pharmacy keeps the entry alone") {
                REQUIRE(disk.entries("ward-1").size() == 1);
                CHECK(disk.entries("ward-1")[0].mark.empty());
            }
        }
    }
}

SCENARIO(
    "a claim to hold more of the pharmacy's journal must be proven", "[link][session][marks]") {
    GIVEN("a pharmacy restored from a backup, and a ward that holds three more of its entries") {
        Hospital hospital;

        WHEN("the ward tells the truth") {
            Talk& pharmacy = hospital.meets(hospital.honest_greeting());
            THEN("it is asked for what is missing") {
                CHECK(pharmacy.session.owed() == 3);
                CHECK(types_of(pharmacy.say()) == Texts{"hello", "return"});
            }
        }
    }
    GIVEN("a pharmacy that lacks nothing") {
        Hospital hospital(9);
        WHEN("a ward holds less, without any mark: an older version") {
            const journal::Entry fifth = hospital.held(5);
            Talk& pharmacy = hospital.meets(claim(5, fifth.hash, ""));
            THEN("nothing needs to be proven") {
                CHECK(pharmacy.session.phase() == Phase::running);
                CHECK(pharmacy.session.acknowledged() == 5);
            }
        }
    }
}

TEST_CASE("a claim that is not proven is refused, and stops nobody", "[link][session][marks]") {
    Hospital hospital;
    const journal::Entry ninth = hospital.held(9);
    const journal::Entry eighth = hospital.held(8);
    const std::string invented(64, 'e');
    const std::string strangers = marks_under("another pharmacy's").of("pharmacy", {9, ninth.hash});
    const std::string of_a_ward = own_marks.of("ward-1", {9, ninth.hash});

    struct Example {
        const char* name;
        std::string greeting;
    };

    const auto example = GENERATE_COPY(values<Example>(
        {{"a number alone", claim(9, "", "")},
         {"a true entry without its mark", claim(9, ninth.hash, "")},
         {"a true mark without the entry's hash", claim(9, "", ninth.mark)},
         {"a number out of the air", claim(1'000'000, invented, std::string(32, '0'))},
         {"the mark of an earlier entry", claim(9, ninth.hash, eighth.mark)},
         {"an earlier entry under a higher number", claim(12, ninth.hash, ninth.mark)},
         {"a true mark under another content", claim(9, invented, ninth.mark)},
         {"the mark of another pharmacy", claim(9, ninth.hash, strangers)},
         {"the mark of another node's entry", claim(9, ninth.hash, of_a_ward)}}));

    DYNAMIC_SECTION(example.name) {
        Talk& pharmacy = hospital.meets(example.greeting);

        REQUIRE(pharmacy.code() == "unproven");
        CHECK(link::needs_a_person(*pharmacy.session.closing()));
        CHECK(pharmacy.session.owed() == 0); // for which the pharmacy would stop
        CHECK(types_of(pharmacy.say()) == Texts{"hello", "error"});
    }
}

TEST_CASE("what comes back without its own mark is not recorded", "[link][session][marks]") {
    Hospital hospital;
    Talk& pharmacy = hospital.meets(hospital.honest_greeting());
    static_cast<void>(pharmacy.say());
    const journal::Entry seventh = hospital.held(7);
    const journal::Head sixth = hospital.pharmacy_disk.head("pharmacy");

    SECTION("the entries as they were are") {
        for (const std::int64_t seq : {7, 8, 9}) {
            pharmacy.hear(journal::to_line(hospital.held(seq)));
        }
        pharmacy.store();
        CHECK(pharmacy.code().empty());
        CHECK(pharmacy.session.owed() == 0);
        CHECK(
            hospital.pharmacy_disk.entries("pharmacy") == hospital.written); // which have no marks
    }
    SECTION("an invented one is not, whatever mark it bears") {
        const std::string of_the_sixth = hospital.held(6).mark;
        const auto mark =
            GENERATE_COPY(std::string(), seventh.mark, of_the_sixth, std::string(32, 'f'));
        pharmacy.hear(journal::to_line(invented_after(sixth, mark)));
        CHECK(pharmacy.code() == "unproven");
        CHECK_FALSE(pharmacy.session.has_entries());
    }
    SECTION("a true one that lost its mark on the way is not") {
        journal::Entry bare = seventh;
        bare.mark.clear();
        pharmacy.hear(journal::to_line(bare));
        CHECK(pharmacy.code() == "unproven");
    }
    SECTION("what came before an invented one stays: it is proven by itself") {
        pharmacy.hear(journal::to_line(seventh));
        pharmacy.hear(journal::to_line(invented_after({7, seventh.hash}, hospital.held(8).mark)));
        CHECK(pharmacy.code() == "unproven");
        pharmacy.store();
        CHECK(
            hospital.pharmacy_disk.entries("pharmacy")
            == MemoryJournals::Entries(hospital.written.begin(), hospital.written.begin() + 7));
    }
    SECTION("what is left after a cut in the middle comes with the next call") {
        pharmacy.hear(journal::to_line(seventh));
        pharmacy.store();
        pharmacy.session.lost("cut");
        Talk& again = hospital.meets(hospital.honest_greeting());
        CHECK(again.session.owed() == 2);
        const Texts said = again.say();
        REQUIRE(types_of(said) == Texts{"hello", "return"});
        CHECK(said[1] == R"({"type":"return","after":7})");
        again.hear(journal::to_line(hospital.held(8)));
        again.hear(journal::to_line(hospital.held(9)));
        again.store();
        CHECK(hospital.pharmacy_disk.entries("pharmacy") == hospital.written);
    }
}

TEST_CASE("what a ward gives back bears the marks that came with it", "[link][session][marks]") {
    Hospital hospital;
    Talk ward(hospital.ward_disk);
    Talk& pharmacy = hospital.meets(ward.say().at(0));
    for (const std::string& line : pharmacy.say()) {
        ward.hear(line);
    }
    for (const std::string& line : ward.say()) {
        pharmacy.hear(line);
    }
    pharmacy.store();
    CHECK(pharmacy.code().empty());
    CHECK(hospital.pharmacy_disk.entries("pharmacy") == hospital.written);
}

TEST_CASE("entries of before there were marks come back without", "[link][session][marks]") {
    Hospital hospital;
    const journal::Entry eighth = hospital.held(8);
    const auto before_the_eighth = marks_under("the pharmacy's", 7);

    SECTION("a claim to them is believed") {
        Talk& pharmacy = hospital.meets(claim(7, hospital.held(7).hash, ""), before_the_eighth);
        CHECK(pharmacy.session.owed() == 1);
        journal::Entry seventh = hospital.held(7);
        seventh.mark.clear();
        pharmacy.hear(journal::to_line(seventh));
        CHECK(pharmacy.session.has_entries());
    }
    SECTION("a claim to more is not") {
        CHECK(hospital.meets(claim(8, eighth.hash, ""), before_the_eighth).code() == "unproven");
    }
}

TEST_CASE(
    "a proven claim holds the pharmacy up for a time that has an end", "[link][session][marks]") {
    Hospital hospital;
    Talk& pharmacy = hospital.meets(hospital.honest_greeting());
    static_cast<void>(pharmacy.say());
    MemoryJournals ward("ward-1");
    ward.record(100);
    std::size_t said = 0;
    // An entry of its own each 50 s, so that it is never silent, and none of those asked for.
    const auto last = pharmacy.now + usual.return_longest + 3 * usual.return_entry;
    while (pharmacy.code().empty() && pharmacy.now < last) {
        pharmacy.hear(journal::to_line(ward.entries("ward-1")[said++]));
        pharmacy.store();
        for (int i = 0; i < 5 && pharmacy.code().empty(); ++i) {
            pharmacy.hear(R"({"type":"pong"})");
            pharmacy.pass(10s);
        }
    }
    CHECK(pharmacy.code() == "ahead");
    CHECK(pharmacy.now - last < 10s);
    CHECK(pharmacy.now >= last);
}

} // namespace cartwatch::session_marks_test
