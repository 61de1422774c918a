#include "daemon/trust/pem_parts.hpp"

namespace cartwatch::trust {

std::vector<std::string> pem_parts(std::string_view text) {
    constexpr std::size_t parts_max = 8; // the largest file that is written has three
    constexpr std::string_view begins = "-----BEGIN ";
    constexpr std::string_view ends = "-----END ";
    std::vector<std::string> parts;
    std::size_t begin = text.find(begins);
    while (begin != std::string_view::npos && parts.size() < parts_max) {
        const std::size_t last = text.find(ends, begin);
        if (last == std::string_view::npos) {
            break;
        }
        const std::size_t line_feed = text.find('\n', last);
        const std::size_t end = line_feed == std::string_view::npos ? text.size() : line_feed + 1;
        parts.emplace_back(text.substr(begin, end - begin));
        begin = text.find(begins, end);
    }
    return parts;
}

} // namespace cartwatch::trust
