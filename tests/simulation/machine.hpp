// One node without its sockets and pages: the real ledger over the real store, on a simulated disk.
// It keeps books of what it told anybody to be on the disk, and holds the disk to them each time it
// starts.
#pragma once

#include "daemon/ledger/ledger.hpp"
#include "tests/simulation/disk_vfs.hpp"

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace cartwatch::simulation {

// A promise that was not kept.
class Broken : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

void must(bool holds, const std::string& rule);

struct MachineOptions {
    std::string node;
    std::string pharmacy;
    // Runs a function later, or never.
    std::function<void(std::function<void()>)> post;
    std::function<readiness::Context()> moment;
    // The disk lost its power in the midst of something: to be called cut_power soon. May be empty.
    std::function<void()> power_lost = {};
};

class Machine {
public:
    Machine(MachineOptions options, std::uint64_t seed);

    [[nodiscard]] const std::string& node() const {
        return options_.node;
    }

    [[nodiscard]] Disk& disk() {
        return disk_;
    }

    [[nodiscard]] std::filesystem::path database() const {
        return mount_.database();
    }

    // Power on, if it was off, and the daemon starts. False where its disk does not let it.
    bool start();

    // The program ends as it should.
    void stop();

    // The program ends between two turns of its loop, as by kill -9: its files stay as programs
    // read them.
    void kill();

    // The same, and what was not synced is left to chance. To be called as well, before anything
    // else, once the disk has lost power by itself.
    void cut_power();

    // Started, and its disk has power: what it says may be heard.
    [[nodiscard]] bool is_up() const {
        return ledger_ != nullptr && disk_.has_power();
    }

    [[nodiscard]] ledger::Ledger& ledger() {
        return *ledger_;
    }

    // Does what comes from outside, and notes whether the power failed in it.
    void guard(const std::function<void()>& act);

    // Another one after each start: what an earlier one asked for is not for this one.
    [[nodiscard]] int run() const {
        return run_;
    }

    // What a user, or a peer, is told: everything of that journal up to its present end is on the
    // disk.
    void promise(const std::string& node);

    // How far that journal was promised to be on the disk.
    [[nodiscard]] std::int64_t promised(const std::string& node) const;

    // A failure of the machine was noted.
    [[nodiscard]] const std::vector<std::string>& failures() const {
        return failures_;
    }

    // What verify says; empty: everything holds.
    [[nodiscard]] std::string verify() const;

    // Throws Broken where the disk does not hold what was promised.
    void check_promises();

private:
    [[nodiscard]] ledger::Options ledger_options();

    MachineOptions options_;
    Disk disk_;
    Mount mount_{disk_};
    std::unique_ptr<ledger::Ledger> ledger_;
    std::map<std::string, journal::Head> promised_;
    std::vector<std::string> failures_;
    int run_ = 0;
};

} // namespace cartwatch::simulation
