// The ledger as the link sees it: where journals end, what they hold, and where to put what comes.
#pragma once

#include "daemon/ledger/ledger.hpp"
#include "daemon/link/journal.hpp"

#include <cstdint>
#include <functional>
#include <string_view>

namespace cartwatch::node {

// `acknowledged` is told how far a peer is. The ledger outlives the result.
[[nodiscard]] link::Journal journal_access(
    ledger::Ledger& ledger,
    std::function<void(std::string_view peer, std::int64_t seq)> acknowledged);

} // namespace cartwatch::node
