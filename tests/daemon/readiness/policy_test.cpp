// Goal: what the hospital may change is changed at the pharmacy, by a badge with the right to it,
// within what the journal can hold, and never over somebody else's change.
#include "tests/support/ward.hpp"

namespace cartwatch::policy_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

// The pharmacy, with a pharmacist P1 and a nurse N1.
Ward a_pharmacy() {
    Ward pharmacy("pharmacy");
    pharmacy.define({
        StaffDefined{a_person("P1", Role::pharmacist, "9500000012")},
        StaffDefined{a_person("N1", Role::nurse, "9500000029")},
    });
    return pharmacy;
}

SetPolicy five_days() {
    SetPolicy command;
    command.policy.check_interval_days = 5;
    command.badge = "9500000012";
    return command;
}

} // namespace

TEST_CASE("a pharmacist's badge sets the policy, in that name") {
    Ward pharmacy = a_pharmacy();

    const Reply reply = pharmacy.run(five_days());

    CHECK(reply.kind == ReplyKind::accept);
    CHECK(reply.message == "policy_set");
    CHECK(pharmacy.last.actor == "P1");
    CHECK(pharmacy.brought<PolicyChanged>() == 1);
    CHECK(policy_for(pharmacy.state, "ward-3f").check_interval_days == 5);
}

TEST_CASE("a policy that cannot be set changes nothing, and the reply says why") {
    struct Example {
        std::string message;
        std::string badge;
        int interval;
    };

    const auto example = GENERATE(values<Example>({
        {"not_allowed", "9500000029", 5},
        {"unknown_badge", "nobody's", 5},
        {"unknown_badge", "", 5},
        {"policy_same", "9500000012", 7},
        {"policy_refused", "9500000012", 0},
        {"policy_refused", "9500000012", 367},
    }));
    DYNAMIC_SECTION(example.message << " " << example.interval) {
        Ward pharmacy = a_pharmacy();
        SetPolicy command = five_days();
        command.policy.check_interval_days = example.interval;
        command.badge = example.badge;

        const Reply reply = pharmacy.run(command);

        CHECK(reply.kind == ReplyKind::reject);
        CHECK(reply.message == example.message);
        CHECK(pharmacy.last.events.empty());
    }
}

TEST_CASE("a ward sets no policy") {
    Ward ward = a_ward();
    SetPolicy command = five_days();
    command.badge = find_staff(ward.state, "ward-3f", "P1")->badge;

    CHECK(ward.run(command).message == "only_at_pharmacy");
    CHECK(ward.last.events.empty());
}

TEST_CASE("a change that somebody else made meanwhile is not written over") {
    Ward pharmacy = a_pharmacy();
    SetPolicy first = five_days();
    SetPolicy second; // as it was seen before the first
    second.policy.blind_lines = 3;
    second.badge = first.badge;
    REQUIRE(pharmacy.run(first).message == "policy_set");

    CHECK(pharmacy.run(second).message == "policy_changed_meanwhile");
    CHECK(policy_for(pharmacy.state, "pharmacy").blind_lines == 2);

    second.before = first.policy;
    second.policy.check_interval_days = 5;
    CHECK(pharmacy.run(second).message == "policy_set");
}

TEST_CASE("hours to restock are those that an entry can hold") {
    const auto [hours, message] = GENERATE(table<int, std::string>(
        {{0, "policy_refused"},
         {1, "policy_set"},
         {168, "policy_set"},
         {169, "policy_refused"},
         {720, "policy_refused"}}));
    DYNAMIC_SECTION(hours) {
        Ward pharmacy = a_pharmacy();
        SetPolicy command = five_days();
        command.policy.restock_within_hours = hours;
        CHECK(pharmacy.run(command).message == message);
    }
}

} // namespace cartwatch::policy_test
