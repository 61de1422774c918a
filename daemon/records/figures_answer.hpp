// How long each cart was ready, and how many of its lines were typed or left out, in the days asked
// for: the figures that `cartwatch figures` computes from the journal itself, cart by cart. They
// may differ where a ward without a link told something late: here it is judged with what was known
// when it came (store/standings.hpp), there in the order in which it happened.
#pragma once

#include "daemon/clock/calendar.hpp"
#include "daemon/figures/past.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/web/service.hpp"

#include <string>
#include <vector>

namespace cartwatch::records {

// Everything that the loop's state has to say, as values that another thread may read.
struct FiguresAsked {
    web::HistoryQuestion question;
    Day today;
    Instant now;
    std::vector<figures::CartName> carts; // in use, by node and id
};

[[nodiscard]] FiguresAsked figures_asked_of(ledger::Ledger& ledger, web::HistoryQuestion question);

// The answer as JSON text, from tables that were kept as entries came: its cost grows with the days
// and the carts asked for, not with the journal. Throws StoreFailure where the store cannot be
// read.
[[nodiscard]] std::string
figures_text(store::Reader& reader, const clock::Calendar& calendar, const FiguresAsked& asked);

} // namespace cartwatch::records
