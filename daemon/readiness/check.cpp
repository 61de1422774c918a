#include "daemon/readiness/check.hpp"

#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/restock.hpp"
#include "daemon/readiness/use.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::readiness {

StepAction::StepAction() = default;
StepAction::StepAction(const StepAction& other) = default;
StepAction::StepAction(StepAction&& other) noexcept = default;
StepAction& StepAction::operator=(const StepAction& other) = default;
StepAction& StepAction::operator=(StepAction&& other) noexcept = default;
StepAction::~StepAction() = default;

bool operator==(const StepAction& left, const StepAction& right) {
    return static_cast<const StepActionKinds&>(left) == static_cast<const StepActionKinds&>(right);
}

namespace {

bool contains(const std::vector<std::string>& list, std::string_view one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

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
        LineProgress& known = progress.lines.own(line);
        known.last_at = step.at;
        known.last_by = step.by;
        return known;
    }

    void operator()(const LineCounted& counted) const {
        LineProgress& line = touch(counted.line, counted.holding.lot);
        line.missing = false;
        if (counted.number_entered && !contains(line.numbered, counted.holding.lot)) {
            line.numbered.push_back(counted.holding.lot);
        }
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
        line.numbered.clear();
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
        known[tested.test] = TestTaken{tested.passed, tested.value, step.by, tested.on};
        progress.devices[tested.device] = std::all_of(
            known.begin(), known.end(), [](const auto& test) { return test.second.passed; });
    }

    void operator()(const CodeParked& parked) const {
        progress.parked.push_back(parked.raw);
    }

    void operator()(const ScanNoted&) const {}

    void operator()(const SealRead& seal) const {
        progress.seal = seal.number;
        progress.seal_at = step.at;
    }

    void operator()(const SealFound& seal) const {
        progress.seal_found = seal.number;
    }

    void operator()(const UnitsUsed& used) const {
        touch(used.line, used.lot).used[used.lot] = used.quantity;
    }

    void operator()(const LineLeft& left) const {
        touch(left.line, progress.last_line == left.line ? progress.last_lot : "").left =
            left.quantity;
    }
};

bool taken_out(const LineProgress& progress, const std::string& lot) {
    return std::any_of(
        progress.taken_out.begin(), progress.taken_out.end(), [&](const HoldingTakenOut& taken) {
            return taken.lot == lot;
        });
}

// A blind line whose number nobody entered is not counted.
bool is_numbered(const LineProgress& known) {
    return std::all_of(known.holdings.begin(), known.holdings.end(), [&](const Holding& holding) {
        return holding.quantity == 0 || contains(known.numbered, holding.lot);
    });
}

std::vector<Holding> counted_holdings(const CheckProgress& progress, const std::string& line) {
    std::vector<Holding> held;
    const LineProgress* known = progress.lines.find(line);
    if (known != nullptr && (!is_blind(progress, line) || is_numbered(*known))) {
        std::copy_if(
            known->holdings.begin(),
            known->holdings.end(),
            std::back_inserter(held),
            [](const Holding& holding) { return holding.quantity > 0; });
    }
    return held;
}

} // namespace

std::string_view to_text(CheckKind kind) {
    static constexpr std::array<std::string_view, 5> names = {
        "full", "sealed", "after_use", "handover", "restock"};
    return names.at(static_cast<std::size_t>(kind));
}

std::string_view to_text(RemarkKind kind) {
    static constexpr std::array<std::string_view, 3> names = {"pace", "same_label", "list_order"};
    return names.at(static_cast<std::size_t>(kind));
}

void add_step(CheckProgress& progress, const Step& step) {
    if (!step.undone) {
        std::visit(StepTaker{progress, step}, step.action);
    }
}

CheckProgress progress_of(const Check& check) {
    CheckProgress progress;
    progress.kind = check.kind;
    progress.blind = check.blind;
    for (const Step& step : check.steps) {
        add_step(progress, step);
    }
    return progress;
}

bool has_counted(const std::vector<Step>& steps) {
    return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
        return !step.undone && !std::holds_alternative<ScanNoted>(step.action)
               && !std::holds_alternative<SealFound>(step.action);
    });
}

bool was_opened(const std::vector<Step>& steps) {
    return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
        const auto* noted = std::get_if<ScanNoted>(&step.action);
        return noted != nullptr ? !noted->line.empty()
                                : !std::holds_alternative<SealRead>(step.action)
                                      && !std::holds_alternative<SealFound>(step.action)
                                      && !std::holds_alternative<DeviceTested>(step.action)
                                      && !std::holds_alternative<CodeParked>(step.action);
    });
}

bool is_blind(const CheckProgress& progress, std::string_view line) {
    return contains(progress.blind, line);
}

bool is_settled(const Line& line, const CheckProgress& progress) {
    if (!asks_for_lines(progress.kind)) {
        return true;
    }
    const LineProgress* known = progress.lines.find(line.id);
    if (known == nullptr) {
        return false;
    }
    if (known->missing) {
        return true;
    }
    if (!known->holdings.empty()) {
        return !is_blind(progress, line.id) || is_numbered(*known);
    }
    return std::all_of(line.holdings.begin(), line.holdings.end(), [&](const Holding& holding) {
        return holding.quantity == 0 || taken_out(*known, holding.lot);
    });
}

std::vector<std::string> not_scanned(const Cart& cart, const CheckProgress& progress) {
    std::vector<std::string> ids;
    for (const Line& line : cart.lines) {
        if (!is_settled(line, progress)) {
            ids.push_back(line.id);
        }
    }
    const bool asked = asks_for_lines(progress.kind) || progress.kind == CheckKind::handover;
    for (const Device& device : cart.devices) {
        if (asked && !is_settled(device, progress)) {
            ids.push_back(device.id);
        }
    }
    return ids;
}

bool seal_not_read(const Cart& cart, const CheckProgress& progress) {
    return !opens_cart(progress.kind) && cart.seal && cart.seal->intact
           && progress.seal != cart.seal->number;
}

bool has_unanswered_break(const Cart& cart, const Check& check, const CheckProgress& progress) {
    if (!cart.seal) {
        return false;
    }
    const bool was_whole = opens_cart(check.kind) ? check.broke_seal : cart.seal->intact;
    const bool is_another = !progress.seal_found.empty() && progress.seal_found != cart.seal->number
                            && progress.seal_found != progress.seal;
    return was_whole && is_another && progress.seal != cart.seal->number;
}

bool seal_not_put_on(const Cart& cart, const CheckProgress& progress, bool keeps_seals) {
    return progress.kind == CheckKind::full && (cart.seal || keeps_seals) && progress.seal.empty();
}

namespace {

void test_devices(Cart& cart, const CheckProgress& progress, Day working_day) {
    for (Device& device : cart.devices) {
        device = device_after(std::move(device), progress, working_day);
    }
}

// The seal on record was read, or is not known to be unbroken any more.
void prove_seal(Cart& cart, const CheckProgress& progress) {
    if (seal_not_read(cart, progress)) {
        cart.seal->intact = false;
        cart.seal->how = SealBreak::unexplained;
    } else if (cart.seal && cart.seal->intact) {
        for (Line& line : cart.lines) {
            for (Holding& holding : line.holdings) {
                holding.sealed_at = progress.seal_at;
            }
        }
    }
}

} // namespace

Cart cart_after(const Cart& cart, const Check& check, Day working_day, Instant closed_at) {
    const CheckProgress& progress = check.progress;
    if (progress.kind == CheckKind::after_use) {
        return cart_after_use(cart, progress);
    }
    if (progress.kind == CheckKind::restock) {
        return cart_after_restock(cart, progress);
    }
    Cart after = cart;
    if (progress.kind != CheckKind::sealed) {
        test_devices(after, progress, working_day);
    }
    if (!asks_for_lines(progress.kind)) {
        prove_seal(after, progress);
        const bool sealed = progress.kind == CheckKind::sealed;
        (sealed ? after.last_sealed_check : after.last_handover) = working_day;
        (sealed ? after.last_sealed_at : after.last_handover_at) = closed_at;
        return after;
    }
    for (Line& line : after.lines) {
        line.holdings = counted_holdings(progress, line.id);
    }
    after.last_full_check = working_day;
    after.last_full_at = closed_at;
    if (after.use) {
        after.use->checked = true;
    }
    const bool unexplained = cart.seal && cart.seal->broken_without_use();
    after.unexplained_seal = unexplained ? cart.seal->number : std::string();
    after.seal.reset();
    if (!progress.seal.empty()) {
        after.seal = Seal{progress.seal};
    }
    return after;
}

bool is_typed(const LineProgress& line) {
    return std::ranges::any_of(line.holdings, [](const Holding& holding) {
        return holding.quantity > 0 && holding.evidence == Evidence::typed;
    });
}

} // namespace cartwatch::readiness
