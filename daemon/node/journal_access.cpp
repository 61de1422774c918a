#include "daemon/node/journal_access.hpp"

#include "daemon/log/log.hpp"
#include "daemon/store/failure.hpp"

#include <string>

namespace cartwatch::node {

namespace {

// One bad page is asked for again and again: the log says it once, until it is another fault.
void tell_once(const std::string& what) {
    static std::string told;
    if (told != what) {
        told = what;
        log::error("part of a journal cannot be read: " + what);
    }
}

} // namespace

std::vector<journal::Entry> entries_if_readable(
    ledger::Ledger& ledger,
    std::string_view node,
    std::int64_t after,
    std::size_t max_count,
    std::size_t max_bytes) {
    if (ledger.store() == nullptr) {
        return {};
    }
    try {
        return ledger.store()->entries_after(node, after, max_count, max_bytes);
    } catch (const store::StoreFailure& failure) {
        tell_once(failure.what());
        return {};
    }
}

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
        // Where there are none nothing is sent for now; the ledger says when there is a store
        // again.
        return entries_if_readable(ledger, node, after, max_count, max_bytes);
    };
    access.store_received =
        [&ledger](std::vector<journal::Entry> entries, std::function<void(Result<void>)> done) {
            ledger.receive(std::move(entries), std::move(done));
        };
    access.acknowledged = std::move(acknowledged);
    return access;
}

} // namespace cartwatch::node
