#include "daemon/readiness/check.hpp"

#include "daemon/readiness/device_tests.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

Holding* find_lot(std::vector<Holding>& holdings, const std::string& lot) {
    const auto found = std::find_if(
        holdings.begin(), holdings.end(), [&](const Holding& h) { return h.lot == lot; });
    return found == holdings.end() ? nullptr : &*found;
}

// What each kind of step adds to the progress.
struct StepTaker {
    CheckProgress& progress;
    const Step& step;

    LineProgress& touch(const std::string& line, const std::string& lot) const {
        progress.last_line = line;
        progress.last_lot = lot;
        LineProgress& known = progress.lines[line];
        known.last_at = step.at;
        known.last_by = step.by;
        return known;
    }

    void operator()(const LineCounted& counted) const {
        LineProgress& line = touch(counted.line, counted.holding.lot);
        line.missing = false;
        if (Holding* known = find_lot(line.holdings, counted.holding.lot)) {
            *known = counted.holding;
        } else {
            line.holdings.push_back(counted.holding);
        }
    }

    void operator()(const LineMissing& missing) const {
        LineProgress& line = touch(missing.line, "");
        line.missing = true;
        line.holdings.clear();
    }

    void operator()(const HoldingTakenOut& taken) const {
        LineProgress& line = touch(taken.line, taken.lot);
        if (Holding* known = find_lot(line.holdings, taken.lot)) {
            known->quantity = std::max(0, known->quantity - taken.quantity);
            known->damaged = std::min(known->damaged, known->quantity);
            if (known->quantity == 0) {
                line.holdings.erase(line.holdings.begin() + (known - line.holdings.data()));
            }
        }
        line.taken_out.push_back(taken);
    }

    void operator()(const DeviceTested& tested) const {
        std::map<std::string, TestTaken>& known = progress.tests[tested.device];
        if (!tested.test.empty()) {
            known.erase(""); // it is there after all
        }
        known[tested.test] = TestTaken{tested.passed, tested.value, step.by};
        progress.devices[tested.device] = std::all_of(
            known.begin(), known.end(), [](const auto& test) { return test.second.passed; });
    }

    void operator()(const CodeParked& parked) const {
        progress.parked.push_back(parked.raw);
    }

    void operator()(const ScanNoted&) const {}

    void operator()(const SealRead& seal) const {
        progress.seal = seal.number;
    }
};

bool taken_out(const LineProgress& progress, const std::string& lot) {
    return std::any_of(
        progress.taken_out.begin(), progress.taken_out.end(), [&](const HoldingTakenOut& taken) {
            return taken.lot == lot;
        });
}

std::vector<Holding> counted_holdings(const CheckProgress& progress, const std::string& line) {
    std::vector<Holding> held;
    if (const auto found = progress.lines.find(line); found != progress.lines.end()) {
        std::copy_if(
            found->second.holdings.begin(),
            found->second.holdings.end(),
            std::back_inserter(held),
            [](const Holding& holding) { return holding.quantity > 0; });
    }
    return held;
}

} // namespace

void add_step(CheckProgress& progress, const Step& step) {
    if (!step.undone) {
        std::visit(StepTaker{progress, step}, step.action);
    }
}

CheckProgress progress_of(const std::vector<Step>& steps) {
    CheckProgress progress;
    for (const Step& step : steps) {
        add_step(progress, step);
    }
    return progress;
}

bool is_settled(const Line& line, const CheckProgress& progress) {
    const auto found = progress.lines.find(line.id);
    if (found == progress.lines.end()) {
        return false;
    }
    const LineProgress& known = found->second;
    if (known.missing || !known.holdings.empty()) {
        return true;
    }
    return std::all_of(line.holdings.begin(), line.holdings.end(), [&](const Holding& holding) {
        return holding.quantity == 0 || taken_out(known, holding.lot);
    });
}

std::vector<std::string> not_scanned(const Cart& cart, const CheckProgress& progress) {
    std::vector<std::string> ids;
    for (const Line& line : cart.lines) {
        if (!is_settled(line, progress)) {
            ids.push_back(line.id);
        }
    }
    for (const Device& device : cart.devices) {
        if (!is_settled(device, progress)) {
            ids.push_back(device.id);
        }
    }
    return ids;
}

Cart cart_after(const Cart& cart, const Check& check, Day working_day) {
    Cart after = cart;
    for (Line& line : after.lines) {
        line.holdings = counted_holdings(check.progress, line.id);
    }
    for (Device& device : after.devices) {
        device = device_after(std::move(device), check.progress, working_day);
    }
    after.last_full_check = working_day;
    after.seal.reset();
    if (!check.progress.seal.empty()) {
        after.seal = Seal{check.progress.seal, true};
    }
    return after;
}

} // namespace cartwatch::readiness
