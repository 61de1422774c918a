// Everything that an inspection pack is made of, read once: the whole journal in memory, what
// stands now, and which part of each journal was written on the days asked for.
#pragma once

#include "daemon/figures/archive.hpp"
#include "daemon/pack/manifest.hpp"
#include "daemon/readiness/use.hpp"
#include "daemon/store/queries.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace cartwatch::inspection {

struct PackRequest {
    Day from; // calendar days in the hospital's zone, both included
    Day to;
    std::vector<std::string> stations; // ids; empty: all
    Instant now;
    Day today;
    std::string node; // that makes the pack
    std::string time_zone;
    figures::DayBegins begin_of;
    figures::ShiftsAt shifts_at;
    // Entries that are gone through at most, about 1 kB of memory each.
    std::int64_t entries_max = 0;
};

// A controlled line in a check that counted it.
struct ControlledCount {
    std::string node;
    readiness::Cart cart; // as it was on file before the signature
    readiness::CheckClosed closed;
    Instant at;
    std::int64_t seq = 0; // of the signature
    readiness::Line line;
    int counted = 0;                         // units on file after it
    std::optional<readiness::UsedLine> used; // of a count after an emergency
};

struct Gathered {
    PackRequest request;
    std::vector<readiness::Recorded> entries;
    std::optional<figures::Archive> archive; // of the entries above
    readiness::State state;                  // as of now
    std::set<std::string> badges;            // every badge's code that was ever on file
    std::vector<ControlledCount> controlled;
    std::vector<pack::PackJournal> journals; // hashes are not known yet
    std::set<std::string> stations;          // asked for; empty: all

    Gathered() = default;
    Gathered(const Gathered&) = delete; // the archive points at the entries
    Gathered& operator=(const Gathered&) = delete;
    Gathered(Gathered&&) = delete;
    Gathered& operator=(Gathered&&) = delete;
    ~Gathered() = default;

    [[nodiscard]] bool holds(const std::string& station) const {
        return stations.empty() || stations.contains(station);
    }

    // Days of the request that are over or begun.
    [[nodiscard]] figures::Period period() const;
    // Instants of the request's days.
    [[nodiscard]] store::Span span() const;

    // nullptr: not on a list now.
    [[nodiscard]] const readiness::Cart* cart(const std::string& node, const std::string& id) const;
    [[nodiscard]] std::string cart_name(const std::string& node, const std::string& id) const;
    [[nodiscard]] std::string station_of(const std::string& node, const std::string& id) const;
    [[nodiscard]] std::string
    station_name(const std::string& node, const std::string& station) const;
    // Empty: not on file.
    [[nodiscard]] std::string person(const std::string& node, const std::string& id) const;

    // What figures are told of: all or each station asked for, then each cart.
    [[nodiscard]] std::vector<figures::Scope> wholes() const;
    [[nodiscard]] std::vector<figures::Scope> station_scopes() const;
    [[nodiscard]] std::vector<figures::Scope> cart_scopes() const;
};

// Fills in `gathered`. Refused: days that cannot be, a station of no cart, more entries than may be
// gone through. Throws StoreFailure where the store cannot be read.
[[nodiscard]] Result<void> gather(store::Reader& reader, PackRequest request, Gathered& gathered);

} // namespace cartwatch::inspection
