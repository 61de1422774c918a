#include "daemon/link/lines.hpp"

namespace cartwatch::link {

Lines::Lines(std::size_t line_bytes_max) : x_limit(line_bytes_max) {}

void Lines::feed(std::string_view bytes) {
    if (x_begin > 0) {
        x_bytes.erase(0, x_begin);
        x_scanned -= x_begin;
        x_begin = 0;
    }
    x_bytes += bytes;
}

std::optional<std::string_view> Lines::next() {
    if (x_too_long) {
        return std::nullopt;
    }
    const std::size_t end = x_bytes.find('\n', x_scanned);
    x_scanned = end == std::string::npos ? x_bytes.size() : end;
    if (x_scanned - x_begin > x_limit) {
        x_too_long = true;
        return std::nullopt;
    }
    if (end == std::string::npos) {
        return std::nullopt;
    }
    const std::string_view line = std::string_view(x_bytes).substr(x_begin, end - x_begin);
    x_begin = end + 1;
    x_scanned = x_begin;
    return line;
}

bool Lines::too_long() const {
    return x_too_long;
}

void Lines::set_limit(std::size_t line_bytes_max) {
    x_limit = line_bytes_max;
}

} // namespace cartwatch::link
