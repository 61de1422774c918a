#include "daemon/readiness/apply.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// What is dated on a day that never was says nothing: nobody knows, so it has to be done again.
void forget_after(Cart& cart, Day day) {
    if (cart.last_full_check && *cart.last_full_check > day) {
        cart.last_full_check.reset();
    }
    for (std::optional<Day>* last : {&cart.last_sealed_check, &cart.last_handover}) {
        if (*last && **last > day) {
            last->reset();
        }
    }
    for (Device& device : cart.devices) {
        if (device.last_test && device.last_test->on > day) {
            device.last_test.reset();
        }
        for (FunctionTest& test : device.tests) {
            if (test.last && test.last->on > day) {
                test.last.reset();
            }
        }
    }
}

} // namespace

void apply_event(const Application& at, const DayJudged& event) {
    std::optional<Day>& last = at.node().last_judged;
    last = last ? std::max(*last, event.day) : event.day;
}

void apply_event(const Application& at, const DayCorrected& event) {
    at.node().last_judged = event.day;
    at.node().confirmed_day = event.day;
    for (auto& [id, cart] : at.node().carts) {
        forget_after(cart, event.day);
    }
}

} // namespace cartwatch::readiness
