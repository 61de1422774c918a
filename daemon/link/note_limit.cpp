#include "daemon/link/note_limit.hpp"

#include <utility>

namespace cartwatch::link {

std::optional<std::string> NoteLimit::pass(const std::string& note, std::chrono::milliseconds now) {
    if (!began_ || now - *began_ >= std::chrono::minutes{1}) {
        began_ = now;
        written_ = 0;
    }
    if (written_ >= per_minute_) {
        ++left_out_;
        return std::nullopt;
    }
    ++written_;
    if (const long long before = std::exchange(left_out_, 0); before > 0) {
        return note + " (and " + std::to_string(before) + " more that were not noted)";
    }
    return note;
}

} // namespace cartwatch::link
