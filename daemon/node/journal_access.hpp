// The ledger as the link sees it: where journals end, what they hold, and where to put what comes.
#pragma once

#include "daemon/ledger/ledger.hpp"
#include "daemon/link/journal.hpp"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace cartwatch::node {

// Entries as Store::entries_after gives them; none where there is no store, or where the disk does
// not give them: that is said once on the log, and is no reason to end with everybody else's work.
[[nodiscard]] std::vector<journal::Entry> entries_if_readable(
    ledger::Ledger& ledger,
    std::string_view node,
    std::int64_t after,
    std::size_t max_count,
    std::size_t max_bytes);

// `acknowledged` is told how far a peer is. The ledger outlives the result.
[[nodiscard]] link::Journal journal_access(
    ledger::Ledger& ledger,
    std::function<void(std::string_view peer, std::int64_t seq)> acknowledged);

} // namespace cartwatch::node
