#include "tests/simulation/machine.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/store/verify.hpp"

namespace cartwatch::simulation {

void must(bool holds, const std::string& rule) {
    if (!holds) {
        throw Broken(rule);
    }
}

namespace {

// Less than a daemon's, so that many machines fit into memory; commits outgrow it.
constexpr std::int64_t log_bytes = 128 * 1024;

} // namespace

Machine::Machine(MachineOptions options, std::uint64_t seed)
    : options_(std::move(options)), disk_(seed) {}

ledger::Options Machine::ledger_options() {
    ledger::Options options;
    options.node = options_.node;
    options.digest = crypto::sha256;
    options.moment = [this](const readiness::Policy& /*policy*/) { return options_.moment(); };
    options.post = [this, run = run_](std::function<void()> work) {
        options_.post([this, run, work = std::move(work)] {
            if (run == run_ && is_up()) {
                guard(work);
            }
        });
    };
    options.open_store = [this] {
        return std::make_unique<store::Store>(
            store::Store::open(database(), {options_.node, options_.pharmacy}, log_bytes));
    };
    options.broken = [this](std::string_view what) { failures_.emplace_back(what); };
    return options;
}

bool Machine::start() {
    must(ledger_ == nullptr, "a machine that is up is not started");
    disk_.restore_power();
    ++run_;
    const std::int64_t faults = disk_.figures().faults();
    try {
        ledger_ = std::make_unique<ledger::Ledger>(ledger_options());
    } catch (const std::exception& failure) {
        must(
            disk_.figures().faults() > faults,
            options_.node + " does not start on a disk that works: " + failure.what());
        failures_.emplace_back(failure.what());
        return false;
    }
    check_promises();
    return true;
}

void Machine::stop() {
    ++run_;
    ledger_.reset();
}

void Machine::kill() {
    disk_.set_out_of_reach(true); // a connection that is closed would write
    stop();
    disk_.set_out_of_reach(false);
}

void Machine::cut_power() {
    disk_.cut_power();
    stop();
}

void Machine::guard(const std::function<void()>& act) {
    act();
    if (ledger_ && !disk_.has_power() && options_.power_lost) {
        options_.power_lost();
    }
}

std::int64_t Machine::promised(const std::string& node) const {
    const auto found = promised_.find(node);
    return found == promised_.end() ? 0 : found->second.seq;
}

void Machine::promise(const std::string& node) {
    promised_[node] = ledger_->head(node);
}

std::string Machine::verify() const {
    const store::VerifyReport report = store::verify(database());
    return report.holds() ? "" : report.fault->text;
}

void Machine::check_promises() {
    for (const auto& [node, head] : promised_) {
        if (head.seq == 0) {
            continue;
        }
        const auto held = ledger_->store()->entries_after(node, head.seq - 1, 1, 1);
        must(
            !held.empty() && held.front().seq == head.seq && held.front().hash == head.hash,
            options_.node + " lost entry " + std::to_string(head.seq) + " of " + node);
    }
}

} // namespace cartwatch::simulation
