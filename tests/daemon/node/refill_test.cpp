// The goal: a node goes on writing once nobody is left who may hold more of its past.
#include "daemon/node/refill.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::refill_test {

namespace {

using namespace std::chrono_literals;
using node::Hearing;
using node::Refill;

link::Status connected(const std::string& peer, std::int64_t owed = 0) {
    link::Status status;
    status.state = link::Status::State::connected;
    status.peer = peer;
    status.owed = owed;
    return status;
}

Hearing hearing_of(const Refill& refill, const std::string& peer) {
    for (const node::RefillPeer& known : refill.peers()) {
        if (known.node == peer) {
            return known.hearing;
        }
    }
    FAIL(peer + " is not known");
    return Hearing::awaited;
}

} // namespace

SCENARIO("a pharmacy waits for every ward of its list", "[refill]") {
    GIVEN("two wards that may hold entries") {
        Refill refill({"ward-1", "ward-2"});
        CHECK_FALSE(refill.is_back(24h));

        WHEN("one is heard and owes nothing") {
            refill.hear(connected("ward-1"), 0ms);
            THEN("the other is waited for, however long") {
                CHECK(hearing_of(refill, "ward-1") == Hearing::heard);
                CHECK(hearing_of(refill, "ward-2") == Hearing::awaited);
                CHECK_FALSE(refill.is_back(24h));
            }
        }
        WHEN("both are heard, and one still gives back") {
            refill.hear(connected("ward-1"), 0ms);
            refill.hear(connected("ward-2", 7), 0ms);
            CHECK(hearing_of(refill, "ward-2") == Hearing::returning);
            CHECK_FALSE(refill.is_back(0ms));
            refill.hear(connected("ward-2", 0), 0ms);
            THEN("it is back with the last of it") {
                CHECK(refill.is_back(0ms));
            }
        }
        WHEN("a ward owes nothing, and has entries of its own that are not here yet") {
            refill.hear(connected("ward-1"), 0ms);
            link::Status status = connected("ward-2");
            status.wrote = 12;
            status.received = 11;
            refill.hear(status, 0ms);
            CHECK(hearing_of(refill, "ward-2") == Hearing::returning);
            CHECK_FALSE(refill.is_back(0ms));
            status.received = 12;
            refill.hear(status, 0ms);
            THEN("they are waited for, too: what the board shows hangs on them") {
                CHECK(refill.is_back(0ms));
            }
        }
        WHEN("one was heard and is gone again, or records on") {
            refill.hear(connected("ward-1"), 0ms);
            link::Status gone = connected("ward-1");
            gone.state = link::Status::State::off;
            refill.hear(gone, 0ms);
            link::Status more = connected("ward-1");
            more.wrote = 3;
            refill.hear(more, 0ms);
            THEN("it stays heard") {
                CHECK(hearing_of(refill, "ward-1") == Hearing::heard);
            }
        }
        WHEN("a ward that is not of the list turns out to hold more") {
            refill.hear(connected("ward-1"), 0ms);
            refill.hear(connected("ward-2"), 0ms);
            refill.hear(connected("ward-9", 2), 0ms);
            THEN("it is waited for") {
                CHECK_FALSE(refill.is_back(0ms));
            }
        }
    }
}

SCENARIO("who holds another past locks nobody out", "[refill]") {
    GIVEN("two wards that may hold entries") {
        Refill refill({"ward-1", "ward-2"});

        WHEN("one holds another past") {
            refill.hear(connected("ward-1"), 0ms);
            refill.hear(connected("ward-2", 3), 0ms);
            link::Status forked;
            forked.peer = "ward-2";
            forked.last_error = link::Closing{"fork", "entry 7 is another", true};
            refill.hear(forked, 0ms);
            THEN("nothing will come of it, and nobody is locked out") {
                CHECK(hearing_of(refill, "ward-2") == Hearing::forked);
                CHECK(refill.is_back(0ms));
            }
        }
    }
}

SCENARIO("where the wards are not known, time tells that none is missing", "[refill]") {
    GIVEN("a pharmacy that takes every ward") {
        Refill refill({});

        THEN("nobody heard is not enough, however long") {
            CHECK_FALSE(refill.is_back(24h));
        }
        WHEN("one is heard, and later another") {
            refill.hear(connected("ward-1"), 5s);
            CHECK_FALSE(refill.is_back(64s));
            refill.hear(connected("ward-2"), 64s);
            THEN("a minute without a new one ends the wait") {
                CHECK_FALSE(refill.is_back(65s));
                CHECK_FALSE(refill.is_back(124s - 1ms));
                CHECK(refill.is_back(124s));
            }
        }
    }
}

} // namespace cartwatch::refill_test
