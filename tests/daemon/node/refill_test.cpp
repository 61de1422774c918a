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

SCENARIO("who gives nothing of the past locks nobody out", "[refill]") {
    const std::string code = GENERATE("unproven", "ahead");
    const Hearing told = code == "ahead" ? Hearing::withheld : Hearing::unproven;
    link::Status ended;
    ended.peer = "ward-2";
    ended.last_error = link::Closing{code, "in words", false};

    GIVEN("two wards that may hold entries") {
        Refill refill({"ward-1", "ward-2"});

        WHEN("one is heard, and of the other nothing is to be had") {
            refill.hear(connected("ward-1"), 0ms);
            refill.hear(connected("ward-2", 3), 0ms);
            CHECK_FALSE(refill.is_back(24h));
            refill.hear(ended, 0ms);
            THEN("that one is not waited for") {
                CHECK(hearing_of(refill, "ward-2") == told);
                CHECK(refill.is_back(0ms));
            }
            AND_WHEN("it calls again") {
                refill.hear(connected("ward-2", 3), 1s);
                THEN("it holds nobody up a second time") {
                    CHECK(hearing_of(refill, "ward-2") == told);
                    CHECK(refill.is_back(1s));
                }
                THEN("it is heard once all of it is here") {
                    refill.hear(connected("ward-2", 2), 1s);
                    CHECK(hearing_of(refill, "ward-2") == told);
                    refill.hear(connected("ward-2", 0), 1s);
                    CHECK(hearing_of(refill, "ward-2") == Hearing::heard);
                }
            }
        }
        WHEN("nobody else was heard") {
            refill.hear(ended, 0ms);
            THEN("the other is waited for") {
                CHECK_FALSE(refill.is_back(24h));
            }
        }
    }
    GIVEN("that ward alone") {
        Refill refill({"ward-2"});
        refill.hear(ended, 0ms);
        THEN("a person decides: it did not show that there is no past") {
            CHECK_FALSE(refill.is_back(24h));
        }
    }
    GIVEN("a pharmacy that takes every ward") {
        Refill refill({});
        refill.hear(ended, 0ms);
        THEN("its word does not end the wait") {
            CHECK_FALSE(refill.is_back(24h));
        }
    }
    GIVEN("a ward whose pharmacy refuses it for that reason") {
        Refill refill({"ward-2"});
        ended.last_error->by_peer = true;
        refill.hear(ended, 0ms);
        THEN("that says nothing of the ward's own past") {
            CHECK_FALSE(node::gives_nothing(ended));
            CHECK(hearing_of(refill, "ward-2") == Hearing::awaited);
        }
    }
}

SCENARIO("a ward's word on its own journal holds nobody up for ever", "[refill]") {
    GIVEN("a ward that owes nothing and says that it wrote more than it sends") {
        Refill refill({"ward-1", "ward-2"});
        refill.hear(connected("ward-1"), 0ms);
        link::Status status = connected("ward-2");
        status.wrote = 1'000'000;
        refill.hear(status, 0ms);

        WHEN("it sends some of it now and then") {
            for (link::Ticks now{0}; now < 10min; now += 100s) {
                ++status.received;
                refill.hear(status, now);
            }
            THEN("it is waited for") {
                CHECK(hearing_of(refill, "ward-2") == Hearing::returning);
                CHECK_FALSE(refill.is_back(10min));
            }
        }
        WHEN("it sends nothing for two minutes") {
            refill.hear(status, node::still_wait - 1ms);
            CHECK_FALSE(refill.is_back(node::still_wait - 1ms));
            refill.hear(status, node::still_wait);
            THEN("it is not waited for any more") {
                CHECK(hearing_of(refill, "ward-2") == Hearing::withheld);
                CHECK(refill.is_back(node::still_wait));
            }
        }
    }
    GIVEN("a ward that waits for its turn to be asked") {
        Refill refill({"ward-1", "ward-2"});
        refill.hear(connected("ward-1"), 0ms);
        refill.hear(connected("ward-2", 5), 0ms);
        refill.hear(connected("ward-2", 5), 24h);
        THEN("it is waited for: its session has a limit of its own, from then on") {
            CHECK(hearing_of(refill, "ward-2") == Hearing::returning);
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
