// Any bytes as a scan: the reader answers, keeps the bytes as they came, and promises only what its
// families promise.
#include "scanner/codes/reader.hpp"
#include "scanner/values/text.hpp"

#include <cstdint>
#include <cstdlib>

using namespace cartwatch;

namespace {

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    codes::ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    const codes::Reading reading = codes::read(text, options);
    require((reading ? reading->raw : reading.error().raw) == text);
    if (!reading) {
        require(!reading.error().rule.empty() && !reading.error().text.empty());
        return 0;
    }
    require(reading->gtin.empty() || (reading->gtin.size() == 14 && is_all_digits(reading->gtin)));
    require(
        reading->gtin.empty() || gs1_check_digit(reading->gtin.substr(0, 13)) == reading->gtin[13]);
    require(reading->family != codes::Family::other || reading->gtin.empty());
    const std::size_t longest = reading->family == codes::Family::ma ? 64 : 20;
    require(reading->lot.size() <= longest && reading->serial.size() <= longest);
    return 0;
}
