#include "daemon/readiness/one_line.hpp"

namespace cartwatch::readiness {

namespace {

// How many bytes the control character has that begins here; 0: it is none.
std::size_t control_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    if (byte(0) < 0x20 || byte(0) == 0x7F) {
        return 1;
    }
    if (byte(0) == 0xC2 && byte(1) >= 0x80 && byte(1) < 0xA0) { // U+0080 to U+009F
        return 2;
    }
    const bool separator =
        byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) == 0xA8 || byte(2) == 0xA9);
    return separator ? 3 : 0; // U+2028, U+2029
}

} // namespace

bool is_one_line(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (control_at(text, at) != 0) {
            return false;
        }
    }
    return true;
}

std::string one_line(std::string_view text) {
    std::string line;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t bytes = control_at(text, at);
        if (bytes == 0) {
            line += text[at++];
            continue;
        }
        const bool parts = bytes == 3 || text[at] == '\t' || text[at] == '\n' || text[at] == '\r';
        if (parts && !line.empty() && line.back() != ' ') {
            line += ' ';
        }
        at += bytes;
    }
    return line;
}

} // namespace cartwatch::readiness
