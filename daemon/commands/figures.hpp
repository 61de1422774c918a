// `cartwatch figures`: the figures of a hospital, of its stations or of its carts, over days.
// Computed anew from the whole journal each time; reads the node's store and changes nothing.
#pragma once

#include "daemon/config/config.hpp"
#include "scanner/values/day.hpp"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace cartwatch::commands {

// Days up to today where no first day is given: about the month that accreditation asks for.
inline constexpr int figures_days = 30;

// Entries that are gone through at most, about 1 kB of memory each: 2 GB. A ward of twenty carts
// writes some 65,000 a year.
inline constexpr std::int64_t figures_entries_max = 2'000'000;

struct FiguresArguments {
    std::optional<Day> from; // first and last calendar day in the hospital's zone, both included
    std::optional<Day> to;
    std::string by = "hospital"; // hospital, station or cart: one answer for all, or one for each
    std::string ward;            // the node's name; of this, where it is not empty
    std::string station;
    std::string cart;
    bool json = false; // one JSON object a line: schema/figures.md
    Instant now;
    config::NodeConfig node;
    std::int64_t entries_max = figures_entries_max;
};

// 0 done, 2 unusable arguments or no such store, 3 the machine failed. A daemon may be running.
[[nodiscard]] int
run_figures(const FiguresArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
