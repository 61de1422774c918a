// A journal written by hand for figures: entries at hours of days, in a zone eight hours ahead of
// UTC.
#pragma once

#include "daemon/figures/past.hpp"
#include "daemon/readiness/evaluate.hpp"
#include "tests/support/builders.hpp"

#include <string>
#include <vector>

namespace cartwatch::figures {

using namespace readiness;
using namespace support;

// When questions about the past are asked.
inline const Instant much_later = instant("2040-01-01T00:00:00.000Z");

inline Instant china_day_begins(Day day) {
    return Instant(day) - std::chrono::hours(8);
}

// The shifts of a hospital there that begins them at midnight, eight and sixteen, whatever the
// policy's hours are.
inline std::optional<Shifts> china_shifts(Instant at, std::span<const int> hours) {
    if (hours.empty()) {
        return std::nullopt;
    }
    const std::chrono::hours length(8); // as far as the zone is ahead
    const Instant began = at - at.time_since_epoch() % length;
    return Shifts{
        at, began - 2 * length, began - length, began, began + length, began + 2 * length};
}

class Diary {
public:
    // What is written next happens at this hour of the day.
    Diary& on(std::string_view text, int hour = 8) {
        now_ = day_begins(day(text)) + std::chrono::hours(hour);
        return *this;
    }

    Diary& at(Instant instant) {
        now_ = instant;
        return *this;
    }

    Diary& write(Event event, const std::string& node = "ward") {
        Recorded entry;
        entry.node = node;
        entry.seq = static_cast<std::int64_t>(entries.size()) + 1;
        entry.at = now_;
        entry.actor = "N1";
        entry.event = std::move(event);
        entries.push_back(std::move(entry));
        return *this;
    }

    // A whole check of the cart on the day of the diary: these steps, signed.
    Diary& check(
        const std::string& cart,
        std::vector<StepAction> steps,
        std::vector<std::string> missing = {}) {
        const std::string id = "ward/" + std::to_string(entries.size());
        write(CheckOpened{id, cart, CheckKind::full, "N1"});
        int number = 0;
        for (StepAction& step : steps) {
            write(CheckStepped{id, ++number, "N1", std::move(step)});
        }
        CheckClosed closed;
        closed.check = id;
        closed.cart = cart;
        closed.by = "N1";
        closed.working_day = past().day_of(now_);
        closed.not_scanned = std::move(missing);
        return write(closed);
    }

    // The clock had been wrong.
    Diary& correct(std::string_view text) {
        return write(DayCorrected{day(text), "H1"});
    }

    // The seal was found unbroken.
    Diary& check_seal(
        const std::string& cart, const std::string& seal, CheckKind kind = CheckKind::sealed) {
        const std::string id = "ward/" + std::to_string(entries.size());
        write(CheckOpened{id, cart, kind, "N1"});
        write(CheckStepped{id, 1, "N1", SealRead{seal}});
        CheckClosed closed;
        closed.check = id;
        closed.cart = cart;
        closed.by = "N1";
        closed.kind = kind;
        closed.working_day = past().day_of(now_);
        return write(closed);
    }

    [[nodiscard]] Instant now() const {
        return now_;
    }

    [[nodiscard]] Past past(const std::string& pharmacy = "pharmacy") const {
        return past_of(entries, pharmacy, day_begins, shifts_at);
    }

    std::vector<Recorded> entries;
    DayBegins day_begins = china_day_begins;
    ShiftsAt shifts_at = {};

private:
    Instant now_;
};

inline LineCounted counted(
    std::string line,
    std::string lot,
    std::string_view until,
    int quantity,
    Evidence evidence = Evidence::scanned) {
    LineCounted step;
    step.line = std::move(line);
    step.holding = a_lot(std::move(lot), until, quantity);
    step.holding.evidence = evidence;
    return step;
}

// One critical line of epi, five of them.
inline CartDefined a_listed_cart(const std::string& id, const std::string& station = "") {
    Cart cart = a_cart(id).with(a_line("epi").par(5).critical());
    cart.station = station;
    return {cart};
}

} // namespace cartwatch::figures
