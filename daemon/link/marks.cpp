#include "daemon/link/marks.hpp"

#include <cstddef>

namespace cartwatch::link {

namespace {

// Takes as long whatever is wrong with it: nobody finds a mark digit by digit.
bool same_mark(std::string_view one, std::string_view other) {
    bool same = one.size() == other.size();
    for (std::size_t i = 0; i < one.size() && i < other.size(); ++i) {
        same &= one[i] == other[i];
    }
    return same;
}

} // namespace

bool Marks::prove(const std::string& node, const journal::Head& end, std::string_view mark) const {
    return !given() || !demanded(end.seq) || same_mark(of(node, end), mark);
}

} // namespace cartwatch::link
