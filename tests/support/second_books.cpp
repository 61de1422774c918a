#include "tests/support/second_books.hpp"

#include <algorithm>

namespace cartwatch::support {

using namespace readiness;

namespace {

template <typename Part>
const Part* with_id(const std::vector<Part>& parts, const std::string& id) {
    for (const Part& part : parts) {
        if (part.id == id) {
            return &part;
        }
    }
    return nullptr;
}

const Line* line_of(const Cart& cart, const std::string& id) {
    return with_id(cart.lines, id);
}

std::vector<std::string> name_of(const std::string& node, const Substitution& word) {
    return {node, word.product, word.substitute, word.cart, word.line};
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
    if (const auto* used = std::get_if<UnitsUsed>(&action)) {
        return used->line;
    }
    if (const auto* left = std::get_if<LineLeft>(&action)) {
        return left->line;
    }
    return "";
}

const Device* device_of(const Cart& cart, const std::string& id) {
    return with_id(cart.devices, id);
}

const FunctionTest* test_of(const Device* device, const std::string& id) {
    return device == nullptr ? nullptr : with_id(device->tests, id);
}

// Whether a test of this name asks for the same thing on both lists.
bool is_same_test(
    const Cart& before, const Cart& now, const std::string& device, const std::string& test) {
    const FunctionTest* was = test_of(device_of(before, device), test);
    const FunctionTest* is = test_of(device_of(now, device), test);
    return was != nullptr && is != nullptr && was->unit == is->unit;
}

void lay_on(Device& device, const std::map<std::string, TestResult>& results) {
    for (const auto& [id, result] : results) {
        if (id.empty()) {
            device.last_test = DeviceTest{result.on, result.passed};
        }
        for (FunctionTest& test : device.tests) {
            if (test.id == id) {
                test.last = result;
            }
        }
    }
}

} // namespace

void SecondBooks::read(const Recorded& entry) {
    const bool of_pharmacy = entry.node == "pharmacy";
    if (const auto* issued = std::get_if<RecallIssued>(&entry.event)) {
        recalls_.push_back(issued->recall);
        recalled_by_.push_back(entry.node);
    } else if (const auto* wrong = std::get_if<RecallWithdrawn>(&entry.event)) {
        for (std::size_t i = recalls_.size(); i > 0; --i) {
            if (recalls_[i - 1] == wrong->recall && recalled_by_[i - 1] == entry.node) {
                const auto at = static_cast<std::ptrdiff_t>(i - 1);
                recalls_.erase(recalls_.begin() + at);
                recalled_by_.erase(recalled_by_.begin() + at);
            }
        }
    } else if (const auto* published = std::get_if<SubstitutionPublished>(&entry.event)) {
        substitutions_[name_of(entry.node, published->substitution)] = published->substitution;
    } else if (const auto* withdrawn = std::get_if<SubstitutionWithdrawn>(&entry.event)) {
        substitutions_.erase(name_of(entry.node, withdrawn->substitution));
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
        read(*opened);
    } else if (const auto* turned = std::get_if<CheckTurned>(&entry.event)) {
        read(*turned);
    } else if (const auto* broken = std::get_if<SealBroken>(&entry.event)) {
        read(*broken);
    } else if (const auto* renamed = std::get_if<SealCorrected>(&entry.event)) {
        shelves_.at(renamed->cart).seal->number = renamed->found;
    } else if (const auto* stepped = std::get_if<CheckStepped>(&entry.event)) {
        looks_.at(stepped->check)
            .steps.push_back({stepped->step, stepped->action, stepped->by, false});
    } else if (const auto* undone = std::get_if<StepUndone>(&entry.event)) {
        for (Taken& taken : looks_.at(undone->check).steps) {
            taken.undone = taken.undone || taken.number == undone->step;
        }
    } else if (const auto* closed = std::get_if<CheckClosed>(&entry.event)) {
        const CheckKind kind = looks_.at(closed->check).kind;
        shelves_.at(closed->cart).signed_at[kind] = entry.at;
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
    std::erase_if(shelf.results, [&](const auto& results) {
        return device_of(event.cart, results.first) == nullptr;
    });
    for (auto& [device, results] : shelf.results) {
        std::erase_if(results, [&, &of = device](const auto& result) {
            return !result.first.empty() && !is_same_test(before, event.cart, of, result.first);
        });
    }
    for (auto& [id, look] : looks_) {
        for (Taken& taken : look.steps) {
            const std::string subject = subject_of(taken.action);
            if (look.cart == event.cart.id && !subject.empty() && !stays(subject)) {
                taken.undone = true;
            }
            const auto* tested = std::get_if<DeviceTested>(&taken.action);
            if (look.cart == event.cart.id && tested != nullptr) {
                const Device* was = device_of(before, tested->device);
                const Device* is = device_of(event.cart, tested->device);
                const bool whole =
                    was != nullptr && is != nullptr && (!tested->passed || is->tests.empty());
                const bool holds =
                    tested->test.empty()
                        ? whole
                        : is_same_test(before, event.cart, tested->device, tested->test);
                taken.undone = taken.undone || !holds;
            }
        }
    }
}

void SecondBooks::read(const CheckOpened& event) {
    Look look{event.cart, {}, CheckKind::sealed, event.blind, false};
    looks_[event.check] = look;
    read(CheckTurned{event.check, event.kind, event.by});
}

// One unit after the other goes: of the lot that was told while it has any, else of the lot that
// expires first; and then as many as are more than somebody counted.
void SecondBooks::take_used(Shelf& shelf, const Look& look) {
    std::map<std::string, std::map<std::string, int>> used;
    std::map<std::string, int> left;
    for (const Taken& taken : look.steps) {
        if (const auto* units = std::get_if<UnitsUsed>(&taken.action); units && !taken.undone) {
            used[units->line][units->lot] = units->quantity;
        }
        if (const auto* count = std::get_if<LineLeft>(&taken.action); count && !taken.undone) {
            left[count->line] = count->quantity;
        }
    }
    const auto take_one = [](Stock& stock, const std::string& wanted) {
        auto from = stock.find(wanted);
        if (from == stock.end()) {
            from = stock.begin();
            for (auto other = stock.begin(); other != stock.end(); ++other) {
                const auto& day = other->second.last_usable_day;
                const auto& first = from->second.last_usable_day;
                from = day && (!first || *day < *first) ? other : from;
            }
        }
        if (from == stock.end()) {
            return;
        }
        Holding& holding = from->second;
        --holding.quantity;
        holding.damaged = holding.damaged > holding.quantity ? holding.quantity : holding.damaged;
        if (holding.quantity == 0) {
            stock.erase(from);
        }
    };
    for (const auto& [line, lots] : used) {
        int of_no_lot = 0;
        for (const auto& [lot, units] : lots) {
            for (int i = 0; i < units; ++i) {
                if (shelf.stock[line].contains(lot)) {
                    take_one(shelf.stock[line], lot);
                } else {
                    ++of_no_lot;
                }
            }
        }
        for (; of_no_lot > 0; --of_no_lot) {
            take_one(shelf.stock[line], "no such lot");
        }
    }
    for (const auto& [line, units] : left) {
        int there = 0;
        for (const auto& [lot, holding] : shelf.stock[line]) {
            there += holding.quantity;
        }
        for (; there > units; --there) {
            take_one(shelf.stock[line], "no such lot");
        }
    }
}

// A blind line is counted once each of its lots has a number that somebody entered.
void SecondBooks::drop_uncounted(Shelf& shelf, const Look& look) {
    for (const std::string& line : look.blind) {
        std::set<std::string> numbered;
        for (const Taken& taken : look.steps) {
            const auto* counted = std::get_if<LineCounted>(&taken.action);
            const auto* missing = std::get_if<LineMissing>(&taken.action);
            if (taken.undone) {
                continue;
            }
            if (counted != nullptr && counted->line == line && counted->number_entered) {
                numbered.insert(counted->holding.lot);
            }
            if (missing != nullptr && missing->line == line) {
                numbered.clear();
            }
        }
        for (const auto& [lot, holding] : shelf.stock[line]) {
            if (holding.quantity > 0 && !numbered.contains(lot)) {
                shelf.stock.erase(line);
                break;
            }
        }
    }
}

// Only what was counted is there; only what was tested works.
void SecondBooks::read(const CheckClosed& event) {
    Shelf& shelf = shelves_.at(event.cart);
    const Look look = looks_.at(event.check);
    looks_.erase(event.check);
    if (look.kind == CheckKind::sealed || look.kind == CheckKind::handover) {
        return close_by_seal(shelf, look, event.working_day);
    }
    if (look.kind == CheckKind::after_use || look.kind == CheckKind::restock) {
        return look.kind == CheckKind::restock ? put_in(shelf, look) : take_used(shelf, look);
    }
    shelf.used = false;
    const bool no_use =
        shelf.seal && !shelf.seal->intact
        && (shelf.seal->how == SealBreak::mistake || shelf.seal->how == SealBreak::unexplained
            || bore_another(look, shelf.seal->number));
    shelf.unexplained = no_use ? shelf.seal->number : "";
    shelf.stock.clear();
    shelf.seal.reset();
    for (const Taken& taken : look.steps) {
        if (!taken.undone) {
            take(shelf, taken.action);
        }
    }
    drop_uncounted(shelf, look);
    take_tests(shelf, look.steps, event.working_day);
    shelf.checked = event.working_day;
}

// What is tested at every check is only known where it was tested in this one; what has an interval
// of its own stands until it is taken again. Of a device that nobody saw, or that is not there,
// nothing is known but what was wrong with it.
void SecondBooks::take_tests(Shelf& shelf, const std::vector<Taken>& steps, Day day) {
    for (const Device& device : shelf.list.devices) {
        Results taken;
        for (const Taken& step : steps) {
            const auto* tested = std::get_if<DeviceTested>(&step.action);
            if (tested == nullptr || step.undone || tested->device != device.id) {
                continue;
            }
            if (!tested->test.empty()) {
                taken.erase("");
            }
            taken[tested->test] =
                TestResult{tested->on.value_or(day), tested->passed, tested->value, step.by};
        }
        Results& known = shelf.results[device.id];
        const bool gone = taken.contains("") && !taken.at("").passed;
        std::erase_if(known, [&](const auto& result) {
            const auto& [id, last] = result;
            if (id.empty()) {
                return last.passed || !taken.empty();
            }
            const FunctionTest* test = test_of(&device, id);
            const bool kept = test != nullptr && test->interval_days && !gone && !taken.empty();
            return last.passed && !kept;
        });
        for (const auto& [test, result] : taken) {
            if (!test.empty() || gone || device.tests.empty()) {
                known[test] = result;
            }
        }
    }
}

void SecondBooks::take(Shelf& shelf, const StepAction& action) {
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
    } else if (const auto* read = std::get_if<SealRead>(&action)) {
        shelf.seal = Seal{read->number};
    }
}

// Days after the one that is right were never lived.
void SecondBooks::read(const DayCorrected& event) {
    last_judged_ = event.day;
    for (auto& [id, look] : looks_) {
        for (Taken& taken : look.steps) {
            const auto* tested = std::get_if<DeviceTested>(&taken.action);
            taken.undone = taken.undone || (tested != nullptr && tested->on > event.day);
        }
    }
    for (auto& [id, shelf] : shelves_) {
        const std::pair<CheckKind, std::optional<Day>*> lasts[] = {
            {CheckKind::full, &shelf.checked},
            {CheckKind::sealed, &shelf.sealed},
            {CheckKind::handover, &shelf.handed_over}};
        for (const auto& [kind, last] : lasts) {
            if (*last && **last > event.day) {
                last->reset();
                shelf.signed_at.erase(kind);
            }
        }
        for (auto& [device, results] : shelf.results) {
            std::erase_if(
                results, [&](const auto& result) { return result.second.on > event.day; });
        }
    }
}

Cart SecondBooks::cart(const std::string& id) const {
    return cart_on(shelves_.at(id));
}

Cart SecondBooks::present(const std::string& id) const {
    Shelf shelf = shelves_.at(id);
    for (const auto& [check, look] : looks_) {
        if (look.cart == id && look.kind == CheckKind::after_use) {
            take_used(shelf, look);
        }
    }
    return cart_on(shelf);
}

Cart SecondBooks::cart_on(const Shelf& shelf) {
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
        for (FunctionTest& test : device.tests) {
            test.last.reset();
        }
        if (const auto found = shelf.results.find(device.id); found != shelf.results.end()) {
            lay_on(device, found->second);
        }
    }
    cart.last_full_check = shelf.checked;
    cart.seal = shelf.seal;
    cart.last_sealed_check = shelf.sealed;
    cart.last_handover = shelf.handed_over;
    const auto signed_at = [&](CheckKind kind) {
        const auto found = shelf.signed_at.find(kind);
        return found == shelf.signed_at.end() ? std::nullopt : std::optional(found->second);
    };
    cart.last_full_at = signed_at(CheckKind::full);
    cart.last_sealed_at = signed_at(CheckKind::sealed);
    cart.last_handover_at = signed_at(CheckKind::handover);
    cart.unexplained_seal = shelf.unexplained;
    if (shelf.used) {
        cart.use = CartUse{};
    }
    return cart;
}

std::vector<Substitution> SecondBooks::substitutions() const {
    std::vector<Substitution> all;
    for (const auto& [name, word] : substitutions_) {
        all.push_back(word);
    }
    return all;
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
