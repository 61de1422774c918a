// How a node knows its own entries again when a peer claims to hold them, or gives them back. The
// hash chain alone shows that entries belong together, and anybody can make such a chain; a mark
// can be made, and told from a wrong one, by nobody but the author. Pure: the key comes in as a
// function.
#pragma once

#include "daemon/journal/entry.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace cartwatch::link {

// Of a node that marks its entries: the pharmacy. A ward believes its pharmacy, and has none.
struct Marks {
    // The mark of the entry at which that node's journal would end so. Empty: nothing is marked.
    std::function<std::string(const std::string& node, const journal::Head& end)> of;

    // Whether an own entry of that number counts only with its mark. Not, where it was given out
    // before there were marks.
    std::function<bool(std::int64_t seq)> demanded;

    // This node gives its entries a mark, and keeps nobody else's.
    [[nodiscard]] bool given() const {
        return of != nullptr;
    }

    // Whether this node wrote that entry, as far as the mark tells. Holds where none is demanded.
    [[nodiscard]] bool
    prove(const std::string& node, const journal::Head& end, std::string_view mark) const;
};

} // namespace cartwatch::link
