// The goal: a node stops writing when it may be behind its own past, and is never locked out of its
// work: by its peers' word, by a person's, or because nothing can come.
#include "daemon/loop/clock.hpp"
#include "daemon/node/past_keeper.hpp"
#include "tests/daemon/ledger/small_ledger.hpp"
#include "tests/support/manual_clock.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <catch2/catch.hpp>

#include <functional>

namespace cartwatch::past_keeper_test {

namespace {

using namespace std::chrono_literals;
using ledger_kit::SmallLedger;

link::Status connected_and_owing_nothing() {
    link::Status status;
    status.state = link::Status::State::connected;
    status.peer = "pharmacy";
    return status;
}

// A ward with a journal of its own, and what its link says of the pharmacy.
struct Ward {
    explicit Ward(int entries = 1) {
        for (int i = 0; i < entries; ++i) {
            REQUIRE(ledger.run(readiness::JudgeDay{}));
        }
        keeper.start({"pharmacy"}, true);
    }

    void hear(std::int64_t owed) {
        link::Status status = connected_and_owing_nothing();
        status.owed = owed;
        keeper.hear(status);
        clock.advance(0ms);
    }

    void hear_end(const std::string& code) {
        link::Status status;
        status.state = link::Status::State::connecting;
        status.peer = "pharmacy";
        status.last_error = link::Closing{code, "entry 7 is another", false};
        keeper.hear(status);
        clock.advance(0ms);
    }

    SmallLedger ledger{"ward-1"};
    support::ManualClock clock;
    int ends = 0;
    node::PastKeeper keeper{*ledger, clock, "ward-1", [this] { ++ends; }};
};

// A pharmacy at work with two wards.
struct Pharmacy {
    Pharmacy() {
        REQUIRE(ledger.run(readiness::JudgeDay{}));
        keeper.start({"ward-1", "ward-2"}, true);
        hear("ward-1", 0);
    }

    void hear(const std::string& ward, std::int64_t owed) {
        link::Status status = connected_and_owing_nothing();
        status.peer = ward;
        status.owed = owed;
        keeper.hear(status);
        clock.advance(0ms);
    }

    void hear_end(const std::string& ward, const std::string& code) {
        link::Status status;
        status.peer = ward;
        status.last_error = link::Closing{code, "in words", false};
        keeper.hear(status);
        clock.advance(0ms);
    }

    SmallLedger ledger{"pharmacy"};
    support::ManualClock clock;
    node::PastKeeper keeper{*ledger, clock, "pharmacy", [] {}};
};

} // namespace

TEST_CASE("a link in full flow does not put off what the calendar has to record", "[past]") {
    SmallLedger ledger{"ward-1"};
    REQUIRE(ledger.run(readiness::JudgeDay{}));
    boost::asio::io_context loop{1};
    loop::SystemClock clock(loop.get_executor());
    int ends = 0;
    node::PastKeeper keeper{*ledger, clock, "ward-1", [&] { ++ends; }};
    keeper.start({"pharmacy"}, true);
    REQUIRE_FALSE(keeper.settled());

    int said = 0;
    const std::function<void()> say = [&] { // something at each turn of the loop
        keeper.hear(connected_and_owing_nothing());
        if (!keeper.settled() && ++said < 1'000) {
            boost::asio::post(loop, say);
        }
    };
    say();
    loop.poll();

    CHECK(keeper.settled());
    CHECK(ends == 1);
    keeper.stop();
}

SCENARIO("a ward that its pharmacy knows better than itself waits", "[past]") {
    GIVEN("a ward at work") {
        Ward ward;
        CHECK(ward.ledger->writing());
        CHECK_FALSE(ward.keeper.status());

        WHEN("the pharmacy holds three more of its entries") {
            ward.hear(3);
            THEN("it writes nothing, and says whom it waits for") {
                CHECK_FALSE(ward.ledger->writing());
                REQUIRE(ward.keeper.status());
                CHECK(ward.keeper.status()->reason == "behind");
                REQUIRE(ward.keeper.status()->peers.size() == 1);
                CHECK(ward.keeper.status()->peers[0].hearing == "returning");
                CHECK(ward.keeper.status()->peers[0].owed == 3);
            }
            AND_WHEN("they are back") {
                ward.hear(0);
                THEN("it goes on, once") {
                    CHECK(ward.ledger->writing());
                    CHECK(ward.ends == 1);
                    CHECK_FALSE(ward.keeper.status());
                }
            }
            AND_WHEN("a nurse says that she must go on") {
                ward.keeper.go_on();
                ward.hear(2);
                THEN("her word holds, until the pharmacy holds no more") {
                    CHECK(ward.ledger->writing());
                    ward.hear(0);
                    ward.hear(1);
                    CHECK_FALSE(ward.ledger->writing());
                }
            }
            AND_WHEN("the two turn out to have other pasts") {
                ward.hear_end("fork");
                THEN("nothing will come: nobody is locked out, now or at the next call") {
                    CHECK(ward.ledger->writing());
                    ward.hear(3);
                    CHECK(ward.ledger->writing());
                }
            }
        }
    }
}

SCENARIO("a ward that proves nothing, or gives nothing, does not stop the pharmacy", "[past]") {
    GIVEN("a pharmacy at work") {
        Pharmacy pharmacy;

        WHEN("a ward's claim is refused as unproven") {
            pharmacy.hear_end("ward-2", "unproven");
            THEN("it goes on recording") {
                CHECK(pharmacy.ledger->writing());
                CHECK_FALSE(pharmacy.keeper.status());
            }
        }
        WHEN("a proven claim stopped it, and nothing came") {
            pharmacy.hear("ward-2", 3);
            CHECK_FALSE(pharmacy.ledger->writing());
            pharmacy.hear("ward-1", 0);
            pharmacy.hear_end("ward-2", "ahead");
            THEN("it goes on, and the same claim stops it no more") {
                CHECK(pharmacy.ledger->writing());
                pharmacy.hear("ward-2", 3);
                CHECK(pharmacy.ledger->writing());
            }
        }
        WHEN("nothing came, and the other ward was not heard yet") {
            pharmacy.hear("ward-2", 3);
            pharmacy.hear_end("ward-2", "ahead");
            THEN("the page says who gives nothing, and who is waited for") {
                REQUIRE(pharmacy.keeper.status());
                const auto peers = pharmacy.keeper.status()->peers;
                REQUIRE(peers.size() == 2);
                CHECK(peers[0].hearing == "awaited");
                CHECK(peers[1].hearing == "withheld");
            }
        }
    }
}

SCENARIO("a node without a past asks its peers first", "[past]") {
    GIVEN("a ward that has written nothing") {
        Ward ward(0);
        CHECK(ward.keeper.status()->reason == "empty");

        WHEN("the pharmacy holds nothing either: a new hospital") {
            ward.hear(0);
            THEN("it begins") {
                CHECK(ward.ledger->writing());
            }
        }
        WHEN("it has ended that wait, still writes nothing, and starts again") {
            ward.keeper.go_on();
            ward.ledger.open();
            node::PastKeeper again(*ward.ledger, ward.clock, "ward-1", [] {});
            again.start({"pharmacy"}, true);
            THEN("it does not wait a second time") {
                CHECK(ward.ledger->writing());
            }
        }
    }
    GIVEN("a node with no peers, whose backup was restored") {
        SmallLedger ledger("ward-1");
        ledger->await_past(store::PastReason::restored);
        support::ManualClock clock;
        node::PastKeeper keeper(*ledger, clock, "ward-1", [] {});
        keeper.start({}, false);
        THEN("there is nobody to wait for") {
            CHECK(ledger->writing());
            CHECK(keeper.settled());
        }
    }
}

TEST_CASE("what nobody asked for is recorded after the peers had time to speak", "[past]") {
    Ward ward;
    CHECK_FALSE(ward.keeper.settled());

    SECTION("the only peer spoke") {
        ward.hear(0);
        CHECK(ward.keeper.settled());
        CHECK(ward.ends == 1);
    }
    SECTION("nobody did") {
        ward.clock.advance(15s - 1ms);
        CHECK_FALSE(ward.keeper.settled());
        ward.clock.advance(1ms);
        CHECK(ward.keeper.settled());
        CHECK(ward.ends == 1);
    }
}

} // namespace cartwatch::past_keeper_test
