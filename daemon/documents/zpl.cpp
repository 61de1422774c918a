#include "daemon/documents/zpl.hpp"

#include <algorithm>
#include <string_view>

namespace cartwatch::documents {

namespace {

constexpr std::string_view hex_digits = "0123456789ABCDEF";
constexpr std::size_t longest_count = 419; // 'z' (400) and 'Y' (19)

// How often the next digit stands: G to Y for 1 to 19, g to z for 20 to 400 in twenties.
std::string count_of(std::size_t times) {
    std::string count;
    if (times >= 20) {
        count += static_cast<char>('g' + static_cast<char>(times / 20 - 1));
    }
    if (times % 20 != 0) {
        count += static_cast<char>('G' + static_cast<char>(times % 20 - 1));
    }
    return count;
}

void add_run(std::string& text, char digit, std::size_t times) {
    for (; times > longest_count; times -= longest_count) {
        text += count_of(longest_count) + digit;
    }
    text += (times > 2 ? count_of(times) : std::string(times - 1, digit)) + digit;
}

// A row's digits; what is white to its end is one comma.
std::string compressed(const std::string& digits) {
    const std::size_t last = digits.find_last_not_of('0');
    const std::size_t end = last == std::string::npos ? 0 : last + 1;
    std::string text;
    for (std::size_t at = 0; at < end;) {
        const std::size_t other = std::min(digits.find_first_not_of(digits[at], at), end);
        add_run(text, digits[at], other - at);
        at = other;
    }
    return end < digits.size() ? text + ',' : text;
}

} // namespace

std::string zpl_label(const Bitmap& bitmap) {
    const std::size_t row_bytes = bitmap.row_bytes();
    const std::string all = std::to_string(bitmap.bytes.size());
    std::string text = "^XA^PW" + std::to_string(bitmap.width) + "^LL"
                       + std::to_string(bitmap.height) + "^LH0,0^FO0,0^GFA," + all + "," + all + ","
                       + std::to_string(row_bytes) + ",\n";
    std::string before;
    for (std::size_t row = 0; row < bitmap.bytes.size(); row += row_bytes) {
        std::string digits;
        for (std::size_t at = row; at < row + row_bytes; ++at) {
            digits += hex_digits[bitmap.bytes[at] >> 4U];
            digits += hex_digits[bitmap.bytes[at] & 0xFU];
        }
        // A colon is the row above once more.
        text += row > 0 && digits == before ? ":" : compressed(digits);
        before = std::move(digits);
    }
    return text + "\n^FS^XZ\n";
}

} // namespace cartwatch::documents
