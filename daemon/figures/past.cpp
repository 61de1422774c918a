#include "daemon/figures/past.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

namespace cartwatch::figures {

using namespace readiness;

namespace {

bool corrects_clock(const Recorded& entry) {
    return std::holds_alternative<DayCorrected>(entry.event);
}

std::vector<Dated> dated(std::span<const Recorded> entries) {
    std::vector<Dated> result;
    result.reserve(entries.size());
    std::map<std::string_view, Instant> clocks;
    for (const Recorded& entry : entries) {
        Instant& clock = clocks.try_emplace(entry.node, entry.at).first->second;
        clock = corrects_clock(entry) ? entry.at : std::max(clock, entry.at);
        result.push_back({clock, &entry});
    }
    // What a clock that was later put right had dated ahead happened no later than that.
    clocks.clear();
    for (auto one = result.rbegin(); one != result.rend(); ++one) {
        Instant& next = clocks.try_emplace(one->entry->node, one->at).first->second;
        next = std::min(next, one->at);
        one->at = next;
    }
    return result;
}

} // namespace

Past past_of(
    std::span<const Recorded> entries,
    std::string pharmacy,
    DayBegins day_begins,
    ShiftsAt shifts_at) {
    Past past{{}, std::move(pharmacy), std::move(day_begins), std::move(shifts_at)};
    past.entries = dated(entries);
    return past;
}

Day Past::day_of(Instant instant) const {
    // No zone is further than a day from UTC.
    Day day = std::chrono::floor<std::chrono::days>(instant) + std::chrono::days(1);
    while (day_begins(day) > instant) {
        day -= std::chrono::days(1);
    }
    return day;
}

std::optional<Shifts> Past::shifts_of(const Policy& policy, Instant at) const {
    return shifts_at ? shifts_at(at, policy.shift_hours) : std::nullopt;
}

bool Scope::holds(const std::string& of_node, const Cart& of_cart) const {
    return !of_cart.retired && (node.empty() || node == of_node)
           && (station.empty() || station == of_cart.station)
           && (cart.empty() || cart == of_cart.id);
}

Telling::Telling(const Past& past, Told order) {
    state.pharmacy = past.pharmacy;
    entries_ = past.entries;
    if (order == Told::as_it_happened) {
        std::ranges::stable_sort(entries_, {}, &Dated::at);
    }
}

const Recorded* Telling::upcoming() const {
    return next_ < entries_.size() ? entries_[next_].entry : nullptr;
}

Instant Telling::upcoming_at() const {
    return entries_[next_].at;
}

void Telling::take() {
    apply(state, *entries_[next_].entry);
    ++next_;
}

void Telling::take_until(Instant instant) {
    while (upcoming() != nullptr && upcoming_at() <= instant) {
        take();
    }
}

} // namespace cartwatch::figures
