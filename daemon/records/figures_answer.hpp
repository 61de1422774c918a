// How long each cart was ready, and how many of its lines were typed or left out, in the days asked
// for: the figures of `cartwatch figures`, from the same journal by the same rules, cart by cart.
#pragma once

#include "daemon/clock/calendar.hpp"
#include "daemon/figures/past.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/web/service.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace cartwatch::records {

// Entries that are gone through for one answer: seconds of work on a thread of its own. A hospital
// of twenty carts writes so many in about two years; `cartwatch figures` goes through more.
inline constexpr std::int64_t figures_entries_max = 200'000;

// Everything that the loop's state has to say, as values that another thread may read.
struct FiguresAsked {
    web::HistoryQuestion question;
    Day today;
    Instant now;
    std::string pharmacy;
    std::vector<figures::CartName> carts; // in use, by node and id
};

[[nodiscard]] FiguresAsked figures_asked_of(ledger::Ledger& ledger, web::HistoryQuestion question);

// The answer as JSON text; without any cart where there are more entries than `entries_max`. Stops
// between two nodes, refused, once `stopped` says so. Throws StoreFailure where the store cannot be
// read.
[[nodiscard]] Result<std::string> figures_text(
    const std::filesystem::path& store_file,
    const clock::Calendar& calendar,
    const FiguresAsked& asked,
    const std::function<bool()>& stopped,
    std::int64_t entries_max = figures_entries_max);

} // namespace cartwatch::records
