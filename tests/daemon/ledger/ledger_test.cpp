#include "tests/daemon/ledger/ledger_kit.hpp"

#include <csignal>
#include <filesystem>

#include <sys/resource.h>

namespace cartwatch::ledger_test {

namespace {

// As long as it lives no file of this process can grow: every commit fails as on a full disk.
class NoRoom {
public:
    NoRoom() : before_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &limit_);
        rlimit none = limit_;
        none.rlim_cur = 1;
        setrlimit(RLIMIT_FSIZE, &none);
    }

    NoRoom(const NoRoom&) = delete;
    NoRoom& operator=(const NoRoom&) = delete;
    NoRoom(NoRoom&&) = delete;
    NoRoom& operator=(NoRoom&&) = delete;

    ~NoRoom() {
        setrlimit(RLIMIT_FSIZE, &limit_);
        std::signal(SIGXFSZ, before_);
    }

private:
    rlimit limit_{};
    void (*before_)(int);
};

const std::string pack = "]d201095210000001001727123110A1";

} // namespace

TEST_CASE(
    "a ledger that is busy between two turns of the clock checkpoints by itself", "[ledger]") {
    Bench bench;
    bench.furnish();
    bench.open_check();
    bench.scan(pack);
    bool was_due = false;
    for (int i = 0; i < 1'000; ++i) {
        REQUIRE(bench.run(EnterQuantity{i % 9 + 1, "epi"}));
        was_due |= bench->store()->is_checkpoint_due();
    }

    const auto log = std::filesystem::file_size(bench.folder() / "cartwatch.db-wal");

    CHECK_FALSE(was_due);
    CHECK(log > 4'096 * (store::checkpoint_pages - 1'000)); // there was something to do
    CHECK(log < 4'096 * (store::checkpoint_pages + 1'000));
}

SCENARIO("what no entry can hold is refused, and nobody else's work stops", "[ledger]") {
    GIVEN("a command whose entry would be none") {
        Bench bench;
        bench.furnish();
        bench.open_check();
        Station station;
        station.id = "X";
        station.name.zh = "新站点";
        Define define;
        define.actor = "two\nlines"; // no entry may hold this: the hash is taken over lines
        define.events = {StationDefined{station}};

        WHEN("it is submitted in one turn with a nurse's scan") {
            const State before = bench->state();
            int refusals = 0;
            std::string heard;
            bench->submit("", define, [&](const Result<Reply>& reply) {
                refusals += reply || reply.error().text.empty() ? 0 : 1;
            });
            codes::ReadOptions options;
            options.as_of = today;
            bench->submit(
                "OR", Scan{codes::read(pack, options), false}, [&](const Result<Reply>& reply) {
                    heard = reply ? reply->message : "";
                });
            bench.turn();

            THEN("whoever asked is told, nothing of it shows, and the scan counts") {
                CHECK(refusals == 1);
                CHECK(heard == "ok");
                CHECK(bench->recording());
                CHECK(bench.broken_.empty());
                CHECK(
                    node_of(bench->state(), "ward-1").stations
                    == node_of(before, "ward-1").stations);
            }
        }
    }
}

SCENARIO("what was answered is on disk, and what was not answered is nowhere", "[ledger]") {
    GIVEN("an open check") {
        Bench bench;
        bench.furnish();
        bench.open_check();

        WHEN("a scan was answered and the power fails") {
            REQUIRE(bench.scan(pack)->message == "ok");
            const State before = bench->state();
            bench.open();

            THEN("the check stands as it was, and the station goes on with it") {
                CHECK(bench->state() == before);
                CHECK(bench->session_of("OR").check == "ward-1/1");
                CHECK(bench.scan(pack)->message == "duplicate");
            }
        }
        WHEN("the power fails before the turn in which it would be committed") {
            const State before = bench->state();
            codes::ReadOptions options;
            options.as_of = today;
            bool answered = false;
            bench->submit("OR", Scan{codes::read(pack, options), false}, [&](const auto&) {
                answered = true;
            });
            bench.open();

            THEN("nobody was told, and nothing is there") {
                CHECK_FALSE(answered);
                CHECK(bench->state() == before);
            }
        }
    }
}

SCENARIO("a request that is made again changes nothing, also after a power failure", "[ledger]") {
    GIVEN("a number that was entered and answered") {
        Bench bench;
        bench.furnish();
        bench.open_check();
        REQUIRE(bench.scan(pack)->message == "ok");
        const RequestName name{"page 1", "four of epi"};
        const auto first = bench.run(EnterQuantity{4, "epi"}, "OR", name);
        REQUIRE(first->step == 2);

        WHEN("it comes again, before or after the power fails") {
            const bool power_fails = GENERATE(false, true);
            if (power_fails) {
                bench.open();
            }
            const auto head = bench->head("ward-1");
            const auto second = bench.run(EnterQuantity{4, "epi"}, "OR", name);

            THEN("it is answered as it was, and nothing is recorded") {
                REQUIRE(second);
                CHECK(second->message == first->message);
                CHECK(second->step == first->step);
                CHECK(bench->head("ward-1") == head);
            }
        }
        WHEN("it comes again as something else") {
            bench.open();
            const auto other =
                bench.run(EnterQuantity{5, "epi"}, "OR", RequestName{"page 1", "five of epi"});

            THEN("it is refused") {
                REQUIRE_FALSE(other);
                CHECK(other.error().code == ErrorCode::conflict);
            }
        }
        WHEN("so many others came since that it is forgotten") {
            for (std::size_t i = 0; i < store::answered_requests_kept; ++i) {
                REQUIRE(bench.run(
                    EnterQuantity{3, "epi"}, "OR", RequestName{"later " + std::to_string(i), "3"}));
            }
            THEN("the store keeps no more than it says, and memory and disk agree") {
                CHECK(bench->store()->answered().size() == store::answered_requests_kept);
                CHECK(bench->store()->answered().front().id == "later 0");
                CHECK(bench.run(EnterQuantity{4, "epi"}, "OR", name)->step != first->step);
            }
        }
    }
    GIVEN("the same request twice in one turn") {
        Bench bench;
        bench.furnish();
        bench.open_check();
        REQUIRE(bench.scan(pack)->message == "ok");
        std::vector<int> steps;
        for (int i = 0; i < 2; ++i) {
            bench->submit(
                "OR",
                EnterQuantity{4, "epi"},
                [&](const Result<Reply>& reply) { steps.push_back(reply->step); },
                RequestName{"page 1", "4"});
        }
        bench.turn();
        THEN("it is done once") {
            CHECK(steps == std::vector<int>{2, 2});
        }
    }
}

SCENARIO("whether a request was made already is known without making it", "[ledger]") {
    GIVEN("a number that was entered before the power failed") {
        Bench bench;
        bench.furnish();
        bench.open_check();
        REQUIRE(bench.scan(pack)->message == "ok");
        const RequestName name{"page 1", "four of epi"};
        CHECK_FALSE(bench->answered(name));
        const auto first = bench.run(EnterQuantity{4, "epi"}, "OR", name);
        bench.open();

        THEN("its answer is that of then") {
            const auto known = bench->answered(name);
            REQUIRE(known);
            REQUIRE(*known);
            CHECK((*known)->message == first->message);
        }
        THEN("something else under its id is refused, and another id is new") {
            const auto other = bench->answered(RequestName{"page 1", "five of epi"});
            REQUIRE(other);
            REQUIRE_FALSE(*other);
            CHECK(other->error().code == ErrorCode::conflict);
            CHECK_FALSE(bench->answered(RequestName{"page 2", "four of epi"}));
        }
    }
}

SCENARIO("a request whose commit failed may be made again", "[ledger]") {
    Bench bench;
    bench.furnish();
    bench.open_check();
    REQUIRE(bench.scan(pack)->message == "ok");
    const RequestName name{"page 1", "4"};
    {
        const NoRoom no_room;
        REQUIRE_FALSE(bench.run(EnterQuantity{4, "epi"}, "OR", name));
    }
    REQUIRE(bench->try_to_recover());
    CHECK(bench.run(EnterQuantity{4, "epi"}, "OR", name)->step == 2);
}

SCENARIO("what arrives together is committed together", "[ledger]") {
    Bench bench;
    bench.furnish();
    bench.open_check();
    REQUIRE(bench.scan(pack)->message == "ok");
    const auto commits = bench->counters().commits;
    const auto seq = bench->head("ward-1").seq;
    int answers = 0;
    for (int i = 1; i <= 10; ++i) {
        bench->submit("OR", EnterQuantity{i, "epi"}, [&](const auto&) { ++answers; });
    }
    bench.turn();
    CHECK(answers == 10);
    CHECK(bench->counters().commits == commits + 1);
    CHECK(bench->head("ward-1").seq == seq + 10);
}

SCENARIO("the same words twice are two replies", "[ledger]") {
    Bench bench;
    bench.furnish();
    const auto first = bench.scan(pack);
    const auto second = bench.scan(pack);
    CHECK(first->message == second->message);
    CHECK(second->number == first->number + 1);
    CHECK(bench->last_reply_of("OR")->number == second->number);
}

SCENARIO("a refusal records nothing but is answered and remembered for the page", "[ledger]") {
    Bench bench;
    bench.furnish();
    const auto seq = bench->head("ward-1").seq;
    CHECK(bench.scan(pack)->kind == ReplyKind::reject);
    CHECK(bench->head("ward-1").seq == seq);
    CHECK(bench->last_reply_of("OR")->kind == ReplyKind::reject);
}

SCENARIO("a failed commit stops recording until the store is sound again", "[ledger]") {
    GIVEN("a disk that has no room") {
        Bench bench;
        bench.furnish();
        bench.open_check();
        const State before = bench->state();
        int told = 0;
        bench->observe([&](std::span<const store::Item> items) { told += items.empty() ? 1 : 0; });

        WHEN("a scan is submitted") {
            const auto reply = [&] {
                const NoRoom no_room;
                return bench.scan(pack);
            }();

            THEN("it is refused, nothing of it shows, and no later command passes") {
                REQUIRE_FALSE(reply);
                CHECK(reply.error().code == ErrorCode::unavailable);
                CHECK_FALSE(bench->recording());
                CHECK_FALSE(bench.broken_.empty());
                CHECK(told == 1);
                CHECK_FALSE(bench.scan(pack));
            }
            AND_WHEN("the store is opened again") {
                REQUIRE(bench->try_to_recover());

                THEN("work goes on where it stood") {
                    CHECK(bench->recording());
                    CHECK(bench->state() == before);
                    CHECK(bench.scan(pack)->message == "ok");
                }
            }
        }
    }
}

SCENARIO("each command of a turn whose commit fails is told so", "[ledger]") {
    Bench bench;
    bench.furnish();
    bench.open_check();
    const State before = bench->state();
    const journal::Head head = bench->head("ward-1");
    int refusals = 0;
    const auto count_refusal = [&](const Result<Reply>& reply) { refusals += reply ? 0 : 1; };
    {
        const NoRoom no_room;
        codes::ReadOptions options;
        options.as_of = today;
        bench->submit("OR", Scan{codes::read(pack, options), false}, count_refusal);
        bench->submit("OR", EnterQuantity{3, "epi"}, count_refusal);
        bench.turn();
    }
    CHECK(refusals == 2);
    CHECK_FALSE(bench->recording());
    CHECK(bench->head("ward-1") == head); // a peer must not hear of what is on no disk

    REQUIRE(bench->try_to_recover());
    CHECK(bench->state() == before);
    CHECK(bench.scan(pack)->message == "ok");
}

TEST_CASE("the ledger says when the next station's session has rested", "[ledger]") {
    Bench bench;
    CHECK_FALSE(bench->next_rest());
    const auto badge = [&bench](const std::string& station) {
        const auto reading = codes::read(codes::own_tag(codes::TagType::staff, 1), {});
        REQUIRE(bench.run(Scan{reading, false}, station));
    };
    badge("OR");
    bench.uptime += std::chrono::minutes(4);
    badge("N3");

    const auto rests_at = session_rests_after + std::chrono::milliseconds(1);
    CHECK(bench->next_rest() == rests_at - std::chrono::minutes(4));
    bench.uptime = session_rests_after;
    CHECK(bench->next_rest() == std::chrono::milliseconds(1));
    bench.uptime = rests_at;
    CHECK(bench->next_rest() == std::chrono::minutes(4));
    bench.uptime += std::chrono::minutes(4);
    CHECK_FALSE(bench->next_rest());
}

} // namespace cartwatch::ledger_test
