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

namespace {

// A journal that goes on with these.
class Author {
public:
    explicit Author(std::string node) : node_(std::move(node)) {}

    journal::Entry write(Event event) {
        Recorded recorded;
        recorded.node = node_;
        recorded.seq = head_.seq + 1;
        recorded.at = Instant{today};
        recorded.actor = "system";
        recorded.event = std::move(event);
        journal::Entry entry = journal::make_entry(head_, recorded, crypto::sha256);
        head_ = {entry.seq, entry.hash};
        return entry;
    }

    std::vector<journal::Entry> write_carts(std::size_t count) {
        std::vector<journal::Entry> entries;
        for (std::size_t i = 0; i < count; ++i) {
            Cart cart;
            cart.id = "C-" + std::to_string(head_.seq);
            cart.name.zh = "抢救车";
            entries.push_back(write(CartDefined{cart}));
        }
        return entries;
    }

private:
    std::string node_;
    journal::Head head_;
};

} // namespace

SCENARIO("entries that concern every cart are taken in as far as a turn goes", "[ledger]") {
    GIVEN("a ward of many carts that sends what judges them all, again and again") {
        Bench pharmacy("pharmacy");
        Author author("ward-1");
        constexpr std::size_t carts = Ledger::turn_judged / 2;
        REQUIRE(pharmacy.receive(author.write_carts(carts)));
        std::vector<journal::Entry> heavy;
        for (int i = 0; i < 10; ++i) {
            heavy.push_back(author.write(PolicyChanged{}));
        }
        int answered = 0;
        pharmacy->receive(heavy, [&](const Result<void>& taken) {
            CHECK(taken);
            ++answered;
        });
        bool live = false;
        pharmacy->receive(entries_of("live", 1), [&](const auto& taken) { live = bool(taken); });

        WHEN("one turn has passed") {
            pharmacy.one_turn();

            THEN("some are on the disk, and nobody is told that all are") {
                CHECK(pharmacy->head("ward-1").seq == carts + 2);
                CHECK(answered == 0);
            }
        }
        WHEN("the next has passed") {
            pharmacy.one_turn();
            pharmacy.one_turn();

            THEN("the alert that waited is stored") {
                CHECK(live);
                CHECK(answered == 0);
            }
        }
        WHEN("there is time") {
            pharmacy.turn();

            THEN("all are stored, and that is told once") {
                CHECK(pharmacy->head("ward-1").seq == carts + 10);
                CHECK(answered == 1);
                CHECK(live);
            }
        }
    }
}

SCENARIO("a node has so many carts and no more", "[ledger]") {
    GIVEN("a pharmacy that keeps three carts of a node") {
        Bench pharmacy("pharmacy");
        pharmacy.carts_max = 3;
        pharmacy.open();
        Author author("ward-1");
        const auto carts = author.write_carts(5);

        WHEN("a ward sends five") {
            const auto taken = pharmacy.receive(carts);

            THEN("three are kept, and the fourth is named") {
                REQUIRE_FALSE(taken);
                CHECK(taken.error().code == ErrorCode::too_large);
                CHECK(taken.error().text.find("entry 4 of ward-1") != std::string::npos);
                CHECK(pharmacy->head("ward-1").seq == 3);
            }
        }
        WHEN("a cart that is there is defined again") {
            Author other("ward-1");
            auto again = other.write_carts(3);
            Cart cart;
            cart.id = "C-1";
            cart.name.zh = "另一辆";
            again.push_back(other.write(CartDefined{cart}));

            THEN("it is taken") {
                CHECK(pharmacy.receive(again));
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
