// The store under every fault that a disk can have, at every write and every sync of a ward's life:
// the n-th meets it, n = 1, 2, … until nothing is left to meet. Whatever it was: what somebody was
// told is there, nothing is there by half, and every check that the store has of itself holds.
#include "daemon/crypto/sha256.hpp"
#include "tests/simulation/lone_ward.hpp"
#include "tests/support/sanitizers.hpp"
#include "tests/support/sequence_count.hpp"

#include <catch2/catch.hpp>

#include <iostream>
#include <vector>

namespace cartwatch::fault_table_test {

using namespace simulation;

namespace {

// Entries of a pharmacy, as the link would hand them in.
std::vector<journal::Entry> entries_of_pharmacy() {
    std::vector<journal::Entry> entries;
    journal::Head head;
    for (int number = 1; number <= 3; ++number) {
        readiness::Recorded recorded;
        recorded.node = "pharmacy";
        recorded.seq = head.seq + 1;
        recorded.at = support::instant("2026-11-22T03:00:00.000Z");
        recorded.actor = "system";
        recorded.event = readiness::StaffDefined{support::a_person(
            "P" + std::to_string(number),
            readiness::Role::pharmacist,
            codes::own_tag(codes::TagType::staff, number))};
        entries.push_back(journal::make_entry(head, recorded, crypto::sha256));
        head = {entries.back().seq, entries.back().hash};
    }
    return entries;
}

// Everything that a ward's store goes through in a day. Where `reopens`, the daemon opens its store
// anew after a failure, else it is ended.
void live(LoneWard& ward, bool reopens) {
    Machine& machine = ward.machine();
    if (!machine.start()) {
        return;
    }
    ward.run(furnish_ward());
    ward.take_stock(4, "mark-1");
    ward.run(readiness::JudgeDay{}); // raises an alert
    ward.receive(entries_of_pharmacy());
    ward.checkpoint();
    ward.take_stock(2, "mark-2");
    ward.run(readiness::JudgeDay{});
    ward.checkpoint();
    ward.take_stock(10, "mark-3");
    ward.run(readiness::JudgeDay{});
    if (machine.is_up() && !(reopens && !machine.ledger().recording())) {
        machine.stop();
    }
}

void come_back(LoneWard& ward) {
    Machine& machine = ward.machine();
    if (!machine.disk().has_power()) {
        machine.cut_power();
    }
    if (machine.is_up()) {
        must(!machine.ledger().recording(), "only who does not record has to recover");
        must(!ward.take_stock(1, "never"), "nothing is accepted before the store was opened anew");
        must(machine.ledger().try_to_recover(), "the store is opened on a disk that works again");
    } else {
        must(machine.start(), "the daemon starts on a disk that works again");
    }
}

// What was told is there, once; what SQLite, and the store (which takes ten times as long), say of
// themselves holds. How many of the refused are there?
int check(LoneWard& ward, bool verifies) {
    ward.machine().check_promises();
    const auto faults = ward.machine().ledger().store()->integrity();
    must(faults.empty(), faults.empty() ? "" : faults.front());
    const std::string fault = verifies ? ward.machine().verify() : "";
    must(fault.empty(), "verify: " + fault);
    return ward.refused_and_there();
}

// From the fault on: the daemon comes back, somebody goes on, and the power fails once more.
int survive(LoneWard& ward, bool verifies) {
    come_back(ward);
    const int refused_and_there = check(ward, verifies);
    if (!ward.is_furnished()) {
        must(ward.run(furnish_ward()), "what was refused is accepted now");
    }
    must(ward.take_stock(3, "mark-4"), "what comes after is accepted");
    ward.machine().cut_power();
    must(ward.machine().start(), "the daemon starts after the power cut");
    check(ward, verifies);
    return refused_and_there;
}

struct Plan {
    const char* what;
    Disk::Image begins_with; // nothing: the store is made
    int step;                // between two faults; 1: at every operation
    int verifies_every;      // so many faults
};

// Of one fault, at the operations that it can meet.
struct Row {
    const char* name;
    Fault fault;
    int met = 0;
    int refused = 0;           // stocktakings whose user was told so
    int refused_and_there = 0; // of those
};

bool meets(Row& row, int n, const Plan& plan) {
    LoneWard ward(static_cast<std::uint64_t>(n));
    Disk& disk = ward.machine().disk();
    disk.load(plan.begins_with);
    disk.break_at(row.fault, n);
    live(ward, n / plan.step % 2 == 0);
    if (!disk.is_broken()) {
        must(ward.refused() == 0, "without a fault nothing is refused");
        return false;
    }
    ++row.met;
    row.refused_and_there += survive(ward, row.met % plan.verifies_every == 0);
    row.refused += static_cast<int>(ward.refused());
    return true;
}

void meet_all(const Plan& plan) {
    std::cout << plan.what << ":\n";
    std::vector<Row> rows{
        {"a write fails", Fault::write_fails},
        {"a write is torn", Fault::write_torn},
        {"a write finds no room", Fault::disk_full},
        {"the power is cut in a write", Fault::power_cut_in_write},
        {"a sync fails", Fault::sync_fails},
        {"the power is cut in a sync", Fault::power_cut_in_sync}};
    for (Row& row : rows) {
        INFO(row.name);
        bool met = true;
        for (int n = 1; met; n += plan.step) {
            INFO("n = " << n);
            REQUIRE_NOTHROW(met = meets(row, n, plan));
        }
        std::cout << "  " << row.name << ": " << row.met << " times; refused " << row.refused
                  << " stocktakings, of which " << row.refused_and_there
                  << " were there afterwards\n";
        CHECK(row.met > 0);
    }
}

// 1: at every operation, each time verified, for who has minutes (CARTWATCH_FAULT_STEP=1).
int step_asked(int ordinary) {
    return support::number_asked("CARTWATCH_FAULT_STEP", test::sanitized ? 4 * ordinary : ordinary);
}

// A store that was made and closed.
Disk::Image new_store() {
    LoneWard ward(1);
    must(ward.machine().start(), "the daemon starts");
    ward.machine().stop();
    return ward.machine().disk().image();
}

} // namespace

TEST_CASE("the store bears every fault at every write and every sync", "[simulation]") {
    meet_all({"a day of a ward, at every operation", new_store(), step_asked(1), step_asked(8)});
}

TEST_CASE("the store bears every fault while it is made", "[simulation]") {
    meet_all({"from an empty disk, at every 16th operation", {}, step_asked(16), step_asked(4)});
}

} // namespace cartwatch::fault_table_test
