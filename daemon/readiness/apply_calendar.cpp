#include "daemon/readiness/apply.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// That something works has to be seen again; that it does not stands until somebody sees that it
// does, and was seen by this day at the latest.
template <typename Result>
void forget_after(std::optional<Result>& last, Day day) {
    if (!last || last->on <= day) {
        return;
    }
    if (last->passed) {
        last.reset();
    } else {
        last->on = day;
    }
}

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
        forget_after(device.last_test, day);
        for (FunctionTest& test : device.tests) {
            forget_after(test.last, day);
        }
    }
}

// The same of what an open check has tested on such a day.
void forget_after(Check& check, Day day) {
    for (Step& step : check.steps) {
        auto* tested = std::get_if<DeviceTested>(&step.action);
        if (tested == nullptr || !tested->on || *tested->on <= day) {
            continue;
        }
        if (tested->passed) {
            step.undone = true;
        } else {
            tested->on = day;
        }
        check.reviewed = false;
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
