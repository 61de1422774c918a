#include "daemon/readiness/apply.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/tags.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

template <typename Part>
const Part* part_with_id(const std::vector<Part>& parts, const std::string& id) {
    const auto found =
        std::find_if(parts.begin(), parts.end(), [&](const Part& part) { return part.id == id; });
    return found == parts.end() ? nullptr : &*found;
}

// What was found in the cart belongs to its lines and devices, not to the list: it stays with those
// that stay. Units of another product are none of the line's.
void keep_found(Cart& cart, const Cart& before) {
    for (Line& line : cart.lines) {
        const Line* known = part_with_id(before.lines, line.id);
        if (known != nullptr && known->product == line.product) {
            line.holdings = known->holdings;
        }
    }
    for (Device& device : cart.devices) {
        if (const Device* known = part_with_id(before.devices, device.id)) {
            keep_results(device, *known);
        }
    }
    cart.last_full_check = before.last_full_check;
    cart.last_sealed_check = before.last_sealed_check;
    cart.last_handover = before.last_handover;
    cart.last_full_at = before.last_full_at;
    cart.last_sealed_at = before.last_sealed_at;
    cart.last_handover_at = before.last_handover_at;
    cart.unexplained_seal = before.unexplained_seal;
    cart.seal = before.seal;
    cart.use = before.use;
}

const std::string* line_of(const StepAction& action) {
    if (const auto* counted = std::get_if<LineCounted>(&action)) {
        return &counted->line;
    }
    if (const auto* missing = std::get_if<LineMissing>(&action)) {
        return &missing->line;
    }
    if (const auto* used = std::get_if<UnitsUsed>(&action)) {
        return &used->line;
    }
    if (const auto* left = std::get_if<LineLeft>(&action)) {
        return &left->line;
    }
    const auto* taken = std::get_if<HoldingTakenOut>(&action);
    return taken == nullptr ? nullptr : &taken->line;
}

// Whether the step speaks of a test that still asks for the same thing.
bool tests_the_same(const DeviceTested& step, const Cart& before, const Cart& now) {
    const Device* old_device = part_with_id(before.devices, step.device);
    const Device* new_device = part_with_id(now.devices, step.device);
    if (old_device == nullptr || new_device == nullptr) {
        return false;
    }
    const FunctionTest* old_test = find_test(*old_device, step.test);
    const FunctionTest* new_test = find_test(*new_device, step.test);
    if (step.test.empty()) {
        return !step.passed || new_device->tests.empty(); // not there, whatever its tests are
    }
    return old_test != nullptr && new_test != nullptr && old_test->unit == new_test->unit;
}

// Steps on lines that are gone, or that ask for another product now, no longer count; nor do tests
// that are no longer asked for.
void drop_steps(Check& check, const Cart& before, const Cart& now) {
    for (Step& step : check.steps) {
        if (const auto* tested = std::get_if<DeviceTested>(&step.action)) {
            step.undone = step.undone || !tests_the_same(*tested, before, now);
        }
        const std::string* id = line_of(step.action);
        if (id == nullptr) {
            continue;
        }
        const Line* old_line = part_with_id(before.lines, *id);
        const Line* new_line = part_with_id(now.lines, *id);
        const bool stays =
            old_line != nullptr && new_line != nullptr && old_line->product == new_line->product;
        step.undone = step.undone || !stays;
    }
    check.progress = progress_of(check);
    check.reviewed = false;
}

} // namespace

Cart list_of(Cart cart) {
    for (Line& line : cart.lines) {
        line.holdings.clear();
    }
    for (Device& device : cart.devices) {
        device.last_test.reset();
        for (FunctionTest& test : device.tests) {
            test.last.reset();
        }
    }
    cart.last_full_check.reset();
    cart.last_sealed_check.reset();
    cart.last_handover.reset();
    cart.last_full_at.reset();
    cart.last_sealed_at.reset();
    cart.last_handover_at.reset();
    cart.unexplained_seal.clear();
    cart.seal.reset();
    cart.use.reset();
    return cart;
}

void apply_event(const Application& at, const StationDefined& event) {
    at.node().stations[event.station.id] = event.station;
}

void apply_event(const Application& at, const ProductDefined& event) {
    at.node().products[event.product.id] = event.product;
}

void apply_event(const Application& at, const StaffDefined& event) {
    at.node().staff[event.staff.id] = event.staff;
    note_tag(at.node().tags_given, event.staff.badge);
}

void apply_event(const Application& at, const CartDefined& event) {
    NodeState& node = at.node();
    Cart cart = list_of(event.cart);
    if (const auto found = node.carts.find(cart.id); found != node.carts.end()) {
        keep_found(cart, found->second);
        for (auto& [id, check] : node.open_checks) {
            if (check.cart == cart.id) {
                drop_steps(check, found->second, cart);
            }
        }
    }
    note_tags(node.tags_given, cart);
    std::string id = cart.id;
    node.carts.insert_or_assign(std::move(id), std::move(cart));
}

void apply_event(const Application& at, const StockRecorded& event) {
    NodeState& node = at.node();
    const auto cart = node.carts.find(event.cart);
    if (cart == node.carts.end()) {
        return;
    }
    for (Line& line : cart->second.lines) {
        if (line.id == event.line) {
            line.holdings = event.holdings;
        }
    }
}

void apply_event(const Application& at, const PolicyChanged& event) {
    at.node().policy = event.policy;
}

void apply_event(const Application& at, const CodeLinked& event) {
    std::vector<CodeLinked>& links = at.node().links;
    if (std::find(links.begin(), links.end(), event) == links.end()) {
        links.push_back(event);
    }
}

} // namespace cartwatch::readiness
