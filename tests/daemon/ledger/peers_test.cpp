// The goal: what peers send is taken whole, in order and in turn.
#include "tests/daemon/ledger/ledger_kit.hpp"

#include <set>

namespace cartwatch::ledger_test {

namespace {

// So many entries of a node's journal, from its beginning; of a kind that nobody knows.
std::vector<journal::Entry> entries_of(const std::string& node, int count) {
    std::vector<journal::Entry> entries;
    journal::Head head;
    for (int i = 0; i < count; ++i) {
        journal::Entry entry;
        entry.node = node;
        entry.seq = head.seq + 1;
        entry.at = Instant{today};
        entry.kind = "test.happened";
        entry.actor = "system";
        entry.body = "{}";
        entry.prev = head.hash;
        entry.hash = crypto::sha256(journal::canonical_text(entry));
        head = {entry.seq, entry.hash};
        entries.push_back(std::move(entry));
    }
    return entries;
}

} // namespace

SCENARIO("a peer's entries are taken in order, once, as far as they are sound", "[ledger]") {
    GIVEN("a ward's journal and a pharmacy that holds nothing of it") {
        Bench ward;
        ward.furnish();
        const auto entries = ward->store()->entries_after("ward-1", 0, 100, 1'000'000);
        REQUIRE(entries.size() == 4);
        Bench pharmacy("pharmacy");

        WHEN("it comes whole, and once more") {
            REQUIRE(pharmacy.receive(entries));
            REQUIRE(pharmacy.receive(entries));

            THEN("it is there once") {
                CHECK(pharmacy->head("ward-1") == ward->head("ward-1"));
                CHECK(node_of(pharmacy->state(), "ward-1") == node_of(ward->state(), "ward-1"));
            }
        }
        WHEN("an entry is left out, or its body was changed") {
            auto damaged = entries;
            const bool gap = GENERATE(true, false);
            if (gap) {
                damaged.erase(damaged.begin() + 1);
            } else {
                damaged[2].body.replace(damaged[2].body.find("N1"), 2, "N2");
            }
            const auto taken = pharmacy.receive(damaged);

            THEN("what came before is kept, and the rest once it comes right") {
                CHECK_FALSE(taken);
                CHECK(pharmacy->head("ward-1").seq == (gap ? 1 : 2));
                CHECK(pharmacy.receive(entries));
                CHECK(pharmacy->head("ward-1") == ward->head("ward-1"));
            }
        }
        WHEN("an entry is one that this version cannot read") {
            auto unread = entries;
            unread[2].body = R"({"id":7})";
            unread[2].hash = crypto::sha256(journal::canonical_text(unread[2]));
            const auto taken = pharmacy.receive(unread);

            THEN("it is named, and what came before is kept on disk") {
                REQUIRE_FALSE(taken);
                CHECK(taken.error().code == ErrorCode::bad_input);
                CHECK(taken.error().text.find("entry 3 of ward-1") != std::string::npos);
                pharmacy.open();
                CHECK(pharmacy->head("ward-1").seq == 2);
            }
            THEN("once the ward is mended, all goes on") {
                CHECK(pharmacy.receive({entries[2], entries[3]}));
                CHECK(pharmacy->head("ward-1") == ward->head("ward-1"));
            }
        }
    }
}

SCENARIO("an alert does not stand behind other wards' months", "[ledger]") {
    GIVEN("a pharmacy that twenty wards send long journals, and one ward an alert") {
        Bench pharmacy("pharmacy");
        std::set<std::string> stored;
        const auto hand_in = [&](const std::string& node, int count) {
            pharmacy->receive(entries_of(node, count), [&stored, node](const Result<void>& taken) {
                REQUIRE(taken);
                stored.insert(node);
            });
        };
        constexpr int piece = 128;
        for (int ward = 10; ward < 30; ++ward) {
            hand_in("ward-" + std::to_string(ward), piece);
        }
        hand_in("live", 1);
        std::optional<Result<Reply>> answer;
        pharmacy->submit("", Define{{}, "system"}, [&](auto reply) { answer = std::move(reply); });

        WHEN("one turn has passed") {
            pharmacy.one_turn();

            THEN("the alert is stored, the person is answered, and so is who waited longest") {
                CHECK(answer);
                CHECK(stored.contains("live"));
                CHECK(stored.contains("ward-10"));
            }
            THEN("the turn was not long") {
                CHECK(stored.size() <= 1 + Ledger::turn_entries / piece);
            }
        }
        WHEN("alerts keep coming") {
            for (int i = 0; i < 20; ++i) {
                for (int alert = 0; alert < 600; ++alert) {
                    hand_in("live-" + std::to_string(i) + "-" + std::to_string(alert), 1);
                }
                pharmacy.one_turn();
            }

            THEN("every long journal had its turn") {
                for (int ward = 10; ward < 30; ++ward) {
                    CHECK(stored.contains("ward-" + std::to_string(ward)));
                }
            }
        }
        WHEN("there is time") {
            pharmacy.turn();

            THEN("everything is stored") {
                CHECK(stored.size() == 21);
            }
        }
    }
}

SCENARIO("journals that wait take no command's place", "[ledger]") {
    Bench pharmacy("pharmacy");
    int stored = 0;
    for (std::size_t ward = 0; ward < Ledger::commands_waiting_max; ++ward) {
        pharmacy->receive(entries_of("ward-" + std::to_string(ward), 1), [&](const auto& taken) {
            stored += taken ? 1 : 0;
        });
    }

    CHECK(pharmacy.run(Define{{}, "system"}, ""));

    CHECK(stored == static_cast<int>(Ledger::commands_waiting_max));
}

} // namespace cartwatch::ledger_test
