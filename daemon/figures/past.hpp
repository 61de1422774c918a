// What figures are computed from: entries, when days begin where the hospital stands, and of what a
// figure is asked. Entries alone: no table, no clock, no zone. A figure goes through all of them:
// it is what figures kept in tables are held against, not what a page waits for.
#pragma once

#include "daemon/readiness/state.hpp"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace cartwatch::figures {

// The instant at which a calendar day begins in the hospital's zone. Days of 23 or 25 hours are its
// business; it must rise from day to day.
using DayBegins = std::function<Instant(Day)>;

// The shift that an instant lies in, of a hospital whose shifts begin at these hours; nullopt where
// it names none.
using ShiftsAt = std::function<std::optional<Shifts>(Instant, std::span<const int>)>;

// An entry, and when it was recorded. A node whose clock went back stands still until it has caught
// up, or until somebody says what day it is: then what was dated ahead of that counts as recorded
// at that moment.
struct Dated {
    Instant at;
    const readiness::Recorded* entry = nullptr;
};

// Everything that was recorded, by one node or by all of them, in the order in which it arrived;
// what one node recorded is in the order of its journal. What is left out of it changes no instant
// of what stays.
struct Past {
    std::vector<Dated> entries; // what they point at outlives this
    std::string pharmacy;       // its node's name
    DayBegins day_begins;
    ShiftsAt shifts_at = {}; // empty: no shifts are known

    // By the hours that a policy names.
    [[nodiscard]] std::optional<Shifts>
    shifts_of(const readiness::Policy& policy, Instant at) const;

    // The calendar day of an instant.
    [[nodiscard]] Day day_of(Instant instant) const;
};

[[nodiscard]] Past past_of(
    std::span<const readiness::Recorded> entries,
    std::string pharmacy,
    DayBegins day_begins,
    ShiftsAt shifts_at = {});

// Node and id.
using CartName = std::pair<std::string, std::string>;

// Days from `from` on and before `to`.
struct Period {
    Day from;
    Day to;

    [[nodiscard]] bool holds(Day day) const {
        return from <= day && day < to;
    }
};

// Of what: what is left empty names all. Retired carts count for nothing from then on.
struct Scope {
    std::string node;
    std::string station;
    std::string cart;

    [[nodiscard]] bool holds(const std::string& of_node, const readiness::Cart& of_cart) const;
};

enum class Told {
    as_it_arrived, // an answer stands after what it answers, whatever the clocks said
    as_it_happened // by time: what a ward without a link recorded stands where it belongs
};

// The fold of the entries, step by step.
class Telling {
public:
    Telling(const Past& past, Told order);

    // The next entry, or nullptr at the end; `state` does not hold it yet.
    [[nodiscard]] const readiness::Recorded* upcoming() const;

    // When the next entry was recorded. Precondition: there is one.
    [[nodiscard]] Instant upcoming_at() const;

    // Takes the next entry in. Precondition: there is one.
    void take();

    // Takes in all that was recorded up to and at the instant.
    void take_until(Instant instant);

    readiness::State state;

private:
    std::vector<Dated> entries_;
    std::size_t next_ = 0;
};

} // namespace cartwatch::figures
