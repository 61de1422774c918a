#include "scanner/values/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace cartwatch {

namespace {

// Neither longer than need be, nor a surrogate, nor past U+10FFFF: the second byte decides.
bool is_code_point(unsigned char first, unsigned char second) {
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool out_of_range =
        (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
    return !overlong && !out_of_range;
}

// The length in bytes of the well-formed UTF-8 sequence at the front; 0 where there is none.
std::size_t sequence_length(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80) {
        return 1;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xC0) != 0x80) {
            return 0;
        }
    }
    return is_code_point(first, byte(1)) ? length : 0;
}

// The bytes at the front that are ASCII, as far as they come in eights: most texts are.
std::size_t words_of_ascii(std::string_view text) {
    constexpr std::uint64_t beyond_ascii = 0x8080'8080'8080'8080;
    std::size_t size = 0;
    for (; size + sizeof(std::uint64_t) <= text.size(); size += sizeof(std::uint64_t)) {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + size, sizeof(word));
        if ((word & beyond_ascii) != 0) {
            break;
        }
    }
    return size;
}

} // namespace

bool is_all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

std::optional<std::int64_t> parse_digits(std::string_view text) {
    if (text.size() > 18 || !is_all_digits(text)) {
        return std::nullopt;
    }
    std::int64_t value = 0;
    for (const char c : text) {
        value = value * 10 + (c - '0');
    }
    return value;
}

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        text.remove_prefix(words_of_ascii(text));
        if (text.empty()) {
            break;
        }
        const std::size_t length = sequence_length(text);
        if (length == 0) {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

std::string shortened(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) {
        return std::string(text);
    }
    std::size_t end = limit;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    return std::string(text.substr(0, end)) + "…";
}

std::string quotable(std::string_view text, std::size_t limit) {
    static constexpr std::string_view hexadecimal = "0123456789ABCDEF";
    std::string quoted;
    for (const char c : shortened(text, limit)) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
            quoted += c;
        } else {
            quoted += "\\x";
            quoted += hexadecimal[byte >> 4U];
            quoted += hexadecimal[byte & 0x0FU];
        }
    }
    return quoted;
}

char gs1_check_digit(std::string_view digits) {
    int sum = 0;
    int weight = 3;
    for (std::size_t i = digits.size(); i-- > 0;) {
        sum += weight * (digits[i] - '0');
        weight = 4 - weight;
    }
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

} // namespace cartwatch
