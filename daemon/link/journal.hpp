// What the link asks of the one who owns the journals. Every function is called on the loop's
// thread; what one throws is a broken machine and ends the task that called it.
#pragma once

#include "daemon/journal/entry.hpp"
#include "scanner/values/result.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace cartwatch::link {

struct Journal {
    // Where the journal of that node ends, on this disk; seq 0 for a node never heard of.
    std::function<journal::Head(std::string_view node)> head;

    // Entries after `after`, in order, without a gap: as many as fit both limits, but at least one
    // where there is one, however large.
    std::function<std::vector<journal::Entry>(
        std::string_view node, std::int64_t after, std::size_t max_count, std::size_t max_bytes)>
        entries_after;

    // Commits entries of one node that continue its head, at once: a peer's, or own ones that come
    // back, of which some may be held by then. Where one is refused, those before it are kept and
    // the head says so. A refusal whose text begins with "fork:" says that others are held, one
    // with bad_input that the entry cannot be read. Then calls `done`, within this call or later,
    // once. The next call for that node comes after that. An acknowledgement leaves only for what
    // is on disk.
    std::function<void(std::vector<journal::Entry> entries, std::function<void(Result<void>)> done)>
        store_received;

    // That peer has this node's own entries up to `seq` on its disk. Falls where a peer comes back
    // with an older disk: it is sent again what it lacks.
    std::function<void(std::string_view peer, std::int64_t seq)> acknowledged;
};

} // namespace cartwatch::link
