#include "daemon/node/journal_access.hpp"

namespace cartwatch::node {

link::Journal journal_access(
    ledger::Ledger& ledger,
    std::function<void(std::string_view peer, std::int64_t seq)> acknowledged) {
    link::Journal access;
    access.head = [&ledger](std::string_view node) { return ledger.head(node); };
    access.entries_after = [&ledger](
                               std::string_view node,
                               std::int64_t after,
                               std::size_t max_count,
                               std::size_t max_bytes) {
        // Without a store there is nothing to send for now; the ledger says when there is again.
        return ledger.store() ? ledger.store()->entries_after(node, after, max_count, max_bytes)
                              : std::vector<journal::Entry>{};
    };
    access.store_received =
        [&ledger](std::vector<journal::Entry> entries, std::function<void(Result<void>)> done) {
            ledger.receive(std::move(entries), std::move(done));
        };
    access.acknowledged = std::move(acknowledged);
    return access;
}

} // namespace cartwatch::node
