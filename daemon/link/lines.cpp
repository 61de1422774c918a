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
        let_go();
        return std::nullopt;
    }
    const std::string_view line = std::string_view(bytes_).substr(begin_, end - begin_);
    begin_ = end + 1;
    scanned_ = begin_;
    return line;
}

// A connection is silent nearly always, and keeps nothing of its last megabyte.
void Lines::let_go() {
    if (begin_ > 0) {
        std::string(bytes_, begin_).swap(bytes_); // assigning would keep the memory
        begin_ = 0;
        scanned_ = bytes_.size();
    }
}

std::size_t Lines::waiting() const {
    return bytes_.size() - begin_;
}

std::size_t Lines::memory() const {
    return bytes_.capacity();
}

bool Lines::too_long() const {
    return too_long_;
}

void Lines::set_limit(std::size_t longest) {
    limit_ = longest;
}

} // namespace cartwatch::link
