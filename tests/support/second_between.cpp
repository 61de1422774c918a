#include "tests/support/second_between.hpp"

namespace cartwatch::support {

using namespace readiness;

namespace {

// When it is asked for, and when it was made.
struct Between {
    int interval = 0; // days; 0: not asked for so
    bool each_shift = false;
    std::optional<Day> last;
    std::optional<Instant> last_at;
};

// Whether the whole of the shift before this one went by without it.
bool missed_a_shift(const Between& between, Instant full_at, const Shifts& shifts) {
    for (const auto& made : {std::optional(full_at), between.last_at}) {
        const bool yet_to_come = made && *made > shifts.now + std::chrono::minutes(5);
        if (made && *made >= shifts.previous_began && !yet_to_come) {
            return false;
        }
    }
    return true;
}

} // namespace

bool second_is_late(const Cart& cart, const Policy& policy, CheckKind kind, const AsOf& as_of) {
    const bool of_seal = kind == CheckKind::sealed;
    if (!cart.last_full_check || (of_seal && !(cart.seal && cart.seal->intact))) {
        return false;
    }
    Between between{
        policy.handover_interval_days,
        policy.handover_each_shift,
        cart.last_handover,
        cart.last_handover_at};
    if (of_seal) {
        between = {
            policy.sealed_interval_days,
            policy.sealed_each_shift,
            cart.last_sealed_check,
            cart.last_sealed_at};
    }
    if (between.each_shift && !policy.shift_hours.empty()) {
        between.interval = 1; // where no shift is known
        if (as_of.shifts && cart.last_full_at
            && missed_a_shift(between, *cart.last_full_at, *as_of.shifts)) {
            return true;
        }
    }
    Day since = *cart.last_full_check;
    if (between.last && *between.last > since) {
        since = *between.last;
    }
    return between.interval > 0 && as_of.day > since + std::chrono::days(between.interval);
}

} // namespace cartwatch::support
