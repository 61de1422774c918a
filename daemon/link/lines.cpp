#include "daemon/link/lines.hpp"

namespace cartwatch::link {

Lines::Lines(std::size_t longest) : limit_(longest) {}

void Lines::feed(std::string_view bytes) {
    if (begin_ > 0) {
        bytes_.erase(0, begin_);
        scanned_ -= begin_;
        begin_ = 0;
    }
    bytes_ += bytes;
}

std::optional<std::string_view> Lines::next() {
    if (too_long_) {
        return std::nullopt;
    }
    const std::size_t end = bytes_.find('\n', scanned_);
    scanned_ = end == std::string::npos ? bytes_.size() : end;
    if (scanned_ - begin_ > limit_) {
        too_long_ = true;
        return std::nullopt;
    }
    if (end == std::string::npos) {
        return std::nullopt;
    }
    const std::string_view line = std::string_view(bytes_).substr(begin_, end - begin_);
    begin_ = end + 1;
    scanned_ = begin_;
    return line;
}

bool Lines::too_long() const {
    return too_long_;
}

void Lines::set_limit(std::size_t longest) {
    limit_ = longest;
}

} // namespace cartwatch::link
