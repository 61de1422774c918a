// One judgement while it is being made: what evaluate*.cpp share. Internal to them.
#pragma once

#include "daemon/readiness/evaluate.hpp"

#include <algorithm>

namespace cartwatch::readiness {

// Collects the findings of one cart on one day.
struct Judge {
    const Cart& cart;
    const Policy& policy;
    std::span<const Recall> recalls;
    std::vector<Substitution> substitutions; // of this cart
    Day today;
    std::optional<Shifts> shifts;
    std::optional<Day> due;
    Day notices_until; // the last of the days whose coming is worth a notice
    std::vector<Finding> findings;
    // The earliest last day on which something that is in order now still is.
    std::optional<Day> in_order_until;

    void keep_until(Day day) {
        in_order_until = in_order_until ? std::min(*in_order_until, day) : day;
    }
};

// Both notices of something that is still usable on the day judged. `named` bears the line and lot
// or the device and accessory.
void note_coming_expiry(Judge& judge, Finding named, Day last_usable_day);

void judge_device(Judge& judge, const Device& device);

} // namespace cartwatch::readiness
