#include "tests/simulation/world.hpp"

namespace cartwatch::simulation {

void World::something_goes_wrong() {
    if (!faults_) {
        return;
    }
    // More machines, more faults in the same time; each machine meets one in ten seconds or so.
    agenda_.after(
        chance_.up_to(Ticks{16'000 / (options_.wards + 1)}), [this] { something_goes_wrong(); });
    Node& node = any_node();
    switch (chance_.below(12)) {
    case 0:
        if (node.machine->is_up()) {
            ++figures_.power_cuts_at_rest;
            power_fails(node);
        }
        break;
    case 1:
        ends(node, true);
        break;
    case 2:
        ends(node, false);
        break;
    case 3:
    case 4:
    case 5:
    case 6:
        disk_goes_wrong(node);
        break;
    case 7:
        clock_jumps(node);
        break;
    case 8:
        any_ward().cut_off_until = agenda_.now() + chance_.up_to(10s);
        break;
    default:
        cut_a_cable();
        break;
    }
}

// Where something is under way sooner than where nothing is: it tells more.
void World::cut_a_cable() {
    for (int tries = 4; tries > 0; --tries) {
        const Ward& ward = any_ward();
        if (!ward.conversation) {
            continue;
        }
        Cable& cable = ward.conversation->cable();
        if (tries == 1 || cable.under_way(Side::ward) + cable.under_way(Side::pharmacy) > 0) {
            cable.cut();
            return;
        }
    }
}

void World::disk_goes_wrong(Node& node) {
    Disk& disk = node.machine->disk();
    const Ticks while_it_lasts = chance_.up_to(15s);
    switch (chance_.below(4)) {
    case 0:
        disk.set_full(true);
        agenda_.after(while_it_lasts, [&disk] { disk.set_full(false); });
        break;
    case 1:
        disk.set_syncs_fail(true);
        agenda_.after(while_it_lasts, [&disk] { disk.set_syncs_fail(false); });
        break;
    case 2: {
        constexpr std::array faults{Fault::sync_fails, Fault::power_cut_in_sync};
        disk.break_at(
            faults[chance_.below(faults.size())], 1 + static_cast<std::int64_t>(chance_.below(6)));
        break;
    }
    default: {
        constexpr std::array faults{
            Fault::write_fails, Fault::write_torn, Fault::disk_full, Fault::power_cut_in_write};
        disk.break_at(
            faults[chance_.below(faults.size())], 1 + static_cast<std::int64_t>(chance_.below(80)));
        break;
    }
    }
}

// Set by hand, or by a server of time that is wrong: up to a year, and back.
void World::clock_jumps(Node& node) {
    ++figures_.clock_jumps;
    const auto hours = static_cast<std::chrono::hours::rep>(chance_.below(24 * 365));
    node.clock_offset = chance_.one_in(2) ? std::chrono::hours{0} : std::chrono::hours{hours};
    if (chance_.one_in(3)) {
        node.clock_offset = -node.clock_offset;
    }
}

void World::nothing_goes_wrong_any_more() {
    faults_ = false;
    pharmacy_.machine->disk().mend();
    for (Ward& ward : wards_) {
        ward.machine->disk().mend();
        ward.cut_off_until = Ticks{0};
    }
}

} // namespace cartwatch::simulation
