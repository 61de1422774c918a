// The goal: a node that may be behind its own past writes nothing, takes back what its peers hold,
// whichever comes first, and ends where it would have been.
#include "tests/daemon/ledger/small_ledger.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::ledger_past_test {

using namespace cartwatch::ledger_kit;
using namespace cartwatch::readiness;

namespace {

// What happened in a hospital, told in the order in which it did.
class Story {
public:
    void happened(const std::string& node, int minute, Event event) {
        journal::Head& head = heads_[node];
        Recorded recorded;
        recorded.node = node;
        recorded.seq = head.seq + 1;
        recorded.at = at(minute);
        recorded.actor = "P001";
        recorded.event = std::move(event);
        lived.push_back(journal::make_entry(head, recorded, crypto::sha256));
        head = {lived.back().seq, lived.back().hash};
    }

    std::vector<journal::Entry> journal_of(const std::string& node, std::size_t from = 0) const {
        std::vector<journal::Entry> entries;
        for (std::size_t i = from; i < lived.size(); ++i) {
            if (lived[i].node == node) {
                entries.push_back(lived[i]);
            }
        }
        return entries;
    }

    std::vector<journal::Entry> lived;

private:
    std::map<std::string, journal::Head> heads_;
};

AlertNeed a_need(int quantity, int usable) {
    AlertNeed need;
    need.line = "epi";
    need.product = "epi";
    need.severity = Severity::high;
    need.quantity = quantity;
    need.reasons.absent = quantity;
    need.kinds = {FindingKind::shortage};
    need.par = 10;
    need.usable = usable;
    return need;
}

// Two wards' alerts, what the pharmacy did about them, and what arrived. The second ward's clock is
// an hour ahead.
Story a_day() {
    const AlertKey key{"OR-1", "epi"};
    const DispatchedUnits units{"A1", std::nullopt, 5, {}};
    DispatchedUnits arrived = units;
    arrived.sent_seq = 2;
    Story story;
    story.happened("ward-1", 1, AlertRaised{key, 1, a_need(5, 5)});
    story.happened("pharmacy", 2, AlertAccepted{"ward-1", key, 1, "P001", at(30), 1});
    story.happened("ward-2", 63, AlertRaised{key, 1, a_need(3, 7)});
    story.happened("pharmacy", 4, AlertDispatched{"ward-1", key, 1, "P001", {units}, "", 1});
    story.happened("ward-1", 5, AlertChanged{key, 1, a_need(1, 9), {arrived}});
    story.happened("pharmacy", 6, AlertAccepted{"ward-2", key, 1, "P002", at(40), 1});
    story.happened("ward-1", 7, AlertClosed{key, 1, true});
    story.happened("ward-2", 68, AlertChanged{key, 1, a_need(8, 2), {}});
    story.happened("pharmacy", 9, AlertAccepted{"ward-2", key, 1, "P001", std::nullopt, 2});
    story.happened("ward-1", 10, AlertRaised{key, 2, a_need(4, 6)});
    story.happened("pharmacy", 11, AlertEscalated{"ward-1", key, 2, Escalation::not_accepted});
    return story;
}

} // namespace

SCENARIO("a pharmacy that lost its disk is where it was, whoever told it what first", "[ledger]") {
    GIVEN("a pharmacy that lived through a day") {
        const Story day = a_day();
        SmallLedger before;
        for (const auto& entry : day.lived) {
            REQUIRE(before.receive({entry}));
        }
        using Order = std::vector<std::string>;
        const auto order = GENERATE(values<Order>({
            {"pharmacy", "ward-1", "ward-2"},
            {"ward-2", "ward-1", "pharmacy"},
            {"ward-1", "pharmacy", "ward-2"},
        }));
        const std::size_t kept = GENERATE(0U, 4U, 7U); // entries that the backup holds

        WHEN("another gets all of it back, one journal after the other") {
            SmallLedger after;
            for (std::size_t i = 0; i < kept; ++i) {
                REQUIRE(after.receive({day.lived[i]}));
            }
            after->await_past(store::PastReason::restored);
            for (const std::string& node : order) {
                REQUIRE(after.receive(day.journal_of(node)));
            }
            after->end_awaited_past();

            THEN("it shows the same") {
                CHECK(after->state() == before->state());
                CHECK(after->heads() == before->heads());
            }
            THEN("so it does after a restart, and writes on") {
                after.open();
                CHECK(after->state() == before->state());
                CHECK_FALSE(after->awaited_past());
                CHECK(after.run(JudgeDay{}));
                CHECK(after->head("pharmacy").seq == before->head("pharmacy").seq + 1);
            }
        }
    }
}

SCENARIO("a node that waits for its past writes nothing of its own", "[ledger]") {
    GIVEN("a pharmacy that waits") {
        const Story day = a_day();
        SmallLedger pharmacy;
        pharmacy->await_past(store::PastReason::empty);

        THEN("commands are refused with what to do, also after a restart") {
            if (GENERATE(false, true)) {
                pharmacy.open();
            }
            const auto reply = pharmacy.run(JudgeDay{});
            REQUIRE_FALSE(reply);
            CHECK(reply.error().code == ErrorCode::unavailable);
            CHECK(reply.error().text.find("resume") != std::string::npos);
            CHECK(pharmacy->head("pharmacy").seq == 0);
            CHECK(pharmacy->recording());
            CHECK_FALSE(pharmacy->writing());
            CHECK(pharmacy->awaited_past()->reason == store::PastReason::empty);
        }
        WHEN("what comes back comes twice") {
            REQUIRE(pharmacy.receive(day.journal_of("pharmacy")));
            REQUIRE(pharmacy.receive(day.journal_of("pharmacy")));
            THEN("it is held once") {
                CHECK(pharmacy->head("pharmacy").seq == 5);
            }
        }
        WHEN("the second time it is another past") {
            Story other;
            other.happened("pharmacy", 3, DayJudged{today});
            REQUIRE(pharmacy.receive(day.journal_of("pharmacy")));
            const auto taken = pharmacy.receive(other.journal_of("pharmacy"));
            THEN("it is refused as a fork") {
                REQUIRE_FALSE(taken);
                CHECK(taken.error().text.rfind("fork:", 0) == 0);
                CHECK(pharmacy->head("pharmacy").seq == 5);
            }
        }
        WHEN("somebody ends the wait") {
            int told = 0;
            pharmacy->observe([&](std::span<const store::Item> items) {
                CHECK(items.empty());
                ++told;
            });
            pharmacy->end_awaited_past();
            pharmacy->end_awaited_past();
            THEN("it writes again, and all are told once") {
                CHECK(told == 1);
                CHECK(pharmacy->writing());
            }
        }
    }
}

} // namespace cartwatch::ledger_past_test
