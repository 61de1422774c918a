#include "daemon/readiness/apply.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// What is dated on a day that never was says nothing: nobody knows, so it has to be done again.
// The seal's day stays: it only bounds how long the seal may be looked at instead of the cart,
// every such look judges the cart anew, and its tag names no day while a check is forgotten
// (day_on_tag).
void forget_after(Cart& cart, Day day) {
    const auto forget = [&](std::optional<Day>& last, std::optional<Instant>& last_at) {
        if (last && *last > day) {
            last.reset();
            last_at.reset();
        }
    };
    forget(cart.last_full_check, cart.last_full_at);
    forget(cart.last_sealed_check, cart.last_sealed_at);
    forget(cart.last_handover, cart.last_handover_at);
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

// The same of what an open check has tested on such a day.
void forget_after(Check& check, Day day) {
    for (Step& step : check.steps) {
        const auto* tested = std::get_if<DeviceTested>(&step.action);
        if (tested != nullptr && tested->on && *tested->on > day) {
            step.undone = true;
            check.reviewed = false;
        }
    }
    check.progress = progress_of(check);
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
    for (auto& [id, check] : at.node().open_checks) {
        forget_after(check, event.day);
    }
}

} // namespace cartwatch::readiness
