#include "tests/support/second_books.hpp"

#include <algorithm>

namespace cartwatch::support {

using namespace readiness;

namespace {

const Line* line_of(const Cart& cart, const std::string& id) {
    for (const Line& line : cart.lines) {
        if (line.id == id) {
            return &line;
        }
    }
    return nullptr;
}

// The line that a step speaks of; empty: none.
std::string subject_of(const StepAction& action) {
    if (const auto* counted = std::get_if<LineCounted>(&action)) {
        return counted->line;
    }
    if (const auto* missing = std::get_if<LineMissing>(&action)) {
        return missing->line;
    }
    if (const auto* taken = std::get_if<HoldingTakenOut>(&action)) {
        return taken->line;
    }
    return "";
}

} // namespace

void SecondBooks::read(const Recorded& entry) {
    const bool of_pharmacy = entry.node == "pharmacy";
    if (const auto* issued = std::get_if<RecallIssued>(&entry.event)) {
        recalls_.push_back(issued->recall);
    } else if (const auto* changed = std::get_if<PolicyChanged>(&entry.event)) {
        // What the pharmacy publishes counts for every ward.
        if (of_pharmacy || !policy_of_pharmacy_) {
            policy_ = changed->policy;
            policy_of_pharmacy_ = of_pharmacy;
        }
    }
    if (of_pharmacy) {
        return;
    }
    if (const auto* defined = std::get_if<CartDefined>(&entry.event)) {
        read(*defined);
    } else if (const auto* stocked = std::get_if<StockRecorded>(&entry.event)) {
        Stock& stock = shelves_.at(stocked->cart).stock[stocked->line];
        stock.clear();
        for (const Holding& holding : stocked->holdings) {
            stock[holding.lot] = holding;
        }
    } else if (const auto* opened = std::get_if<CheckOpened>(&entry.event)) {
        looks_[opened->check] = Look{opened->cart, {}};
        if (shelves_.at(opened->cart).seal) {
            shelves_.at(opened->cart).seal->intact = false;
        }
    } else if (const auto* stepped = std::get_if<CheckStepped>(&entry.event)) {
        looks_.at(stepped->check).steps.push_back({stepped->step, stepped->action, false});
    } else if (const auto* undone = std::get_if<StepUndone>(&entry.event)) {
        for (Taken& taken : looks_.at(undone->check).steps) {
            taken.undone = taken.undone || taken.number == undone->step;
        }
    } else if (const auto* closed = std::get_if<CheckClosed>(&entry.event)) {
        read(*closed);
    } else if (const auto* cancelled = std::get_if<CheckCancelled>(&entry.event)) {
        looks_.erase(cancelled->check);
    } else if (const auto* judged = std::get_if<DayJudged>(&entry.event)) {
        last_judged_ = std::max(judged->day, last_judged_.value_or(judged->day));
    } else if (const auto* corrected = std::get_if<DayCorrected>(&entry.event)) {
        read(*corrected);
    }
}

// Lines that ask for another product now hold nothing, and what an open check said of them is void.
void SecondBooks::read(const CartDefined& event) {
    Shelf& shelf = shelves_[event.cart.id];
    const Cart before = shelf.list;
    shelf.list = event.cart;
    const auto stays = [&](const std::string& id) {
        const Line* was = line_of(before, id);
        const Line* is = line_of(event.cart, id);
        return was != nullptr && is != nullptr && was->product == is->product;
    };
    std::erase_if(shelf.stock, [&](const auto& line) { return !stays(line.first); });
    std::erase_if(shelf.tests, [&](const auto& test) {
        return std::none_of(
            event.cart.devices.begin(), event.cart.devices.end(), [&](const Device& device) {
                return device.id == test.first;
            });
    });
    for (auto& [id, look] : looks_) {
        for (Taken& taken : look.steps) {
            const std::string subject = subject_of(taken.action);
            if (look.cart == event.cart.id && !subject.empty() && !stays(subject)) {
                taken.undone = true;
            }
        }
    }
}

// Only what was counted is there; only what was tested works.
void SecondBooks::read(const CheckClosed& event) {
    Shelf& shelf = shelves_.at(event.cart);
    shelf.stock.clear();
    shelf.tests.clear();
    shelf.seal.reset();
    for (const Taken& taken : looks_.at(event.check).steps) {
        if (!taken.undone) {
            take(shelf, taken.action, event.working_day);
        }
    }
    shelf.checked = event.working_day;
    looks_.erase(event.check);
}

void SecondBooks::take(Shelf& shelf, const StepAction& action, Day day) {
    if (const auto* counted = std::get_if<LineCounted>(&action)) {
        shelf.stock[counted->line][counted->holding.lot] = counted->holding;
    } else if (const auto* missing = std::get_if<LineMissing>(&action)) {
        shelf.stock.erase(missing->line);
    } else if (const auto* out = std::get_if<HoldingTakenOut>(&action)) {
        Stock& stock = shelf.stock[out->line];
        if (const auto found = stock.find(out->lot); found != stock.end()) {
            Holding& left = found->second;
            left.quantity -= out->quantity;
            if (left.quantity < left.damaged) {
                left.damaged = left.quantity;
            }
            if (left.quantity <= 0) {
                stock.erase(found);
            }
        }
    } else if (const auto* tested = std::get_if<DeviceTested>(&action)) {
        shelf.tests[tested->device] = DeviceTest{day, tested->passed};
    } else if (const auto* read = std::get_if<SealRead>(&action)) {
        shelf.seal = Seal{read->number, true};
    }
}

// Days after the one that is right were never lived.
void SecondBooks::read(const DayCorrected& event) {
    last_judged_ = event.day;
    for (auto& [id, shelf] : shelves_) {
        if (shelf.checked && *shelf.checked > event.day) {
            shelf.checked.reset();
        }
        std::erase_if(shelf.tests, [&](const auto& test) { return test.second.on > event.day; });
    }
}

Cart SecondBooks::cart(const std::string& id) const {
    const Shelf& shelf = shelves_.at(id);
    Cart cart = shelf.list;
    for (Line& line : cart.lines) {
        line.holdings.clear();
        if (const auto stock = shelf.stock.find(line.id); stock != shelf.stock.end()) {
            for (const auto& [lot, holding] : stock->second) {
                line.holdings.push_back(holding);
            }
        }
    }
    for (Device& device : cart.devices) {
        device.last_test.reset();
        if (const auto test = shelf.tests.find(device.id); test != shelf.tests.end()) {
            device.last_test = test->second;
        }
    }
    cart.last_full_check = shelf.checked;
    cart.seal = shelf.seal;
    return cart;
}

std::vector<std::string> SecondBooks::carts() const {
    std::vector<std::string> ids;
    for (const auto& [id, shelf] : shelves_) {
        ids.push_back(id);
    }
    return ids;
}

std::string SecondBooks::open_check(const std::string& cart) const {
    for (const auto& [id, look] : looks_) {
        if (look.cart == cart) {
            return id;
        }
    }
    return "";
}

} // namespace cartwatch::support
