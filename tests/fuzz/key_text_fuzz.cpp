// Any key events: no scan is over the limit, empty, or holds a character that ends one; and what
// was typed in whole is what a second run over the same events gives.
#include "scanner/devices/key_text.hpp"

#include <cstdlib>
#include <vector>

using namespace cartwatch::devices;

namespace {
constexpr std::size_t limit = 64;

std::vector<TypedScan> run(const std::uint8_t* data, std::size_t size) {
    KeyTextOptions options;
    options.layout = static_cast<Layout>(size % 4);
    options.bytes_max = limit;
    KeyText keys(options);
    std::vector<TypedScan> scans;
    Ticks now{0};
    for (std::size_t i = 0; i + 1 < size; i += 2) {
        now += Ticks{data[i + 1] & 0xF8};
        const auto action = static_cast<KeyAction>((data[i + 1] & 0x07) % 3);
        if (auto scan = keys.feed({data[i], action, now})) {
            scans.push_back(std::move(*scan));
        }
    }
    return scans;
}
} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto scans = run(data, size);
    for (const TypedScan& scan : scans) {
        const bool ended_late = scan.text.find_first_of("\r\n\t\x03") != std::string::npos;
        if (scan.text.size() > limit || (scan.text.empty() && !scan.too_long) || ended_late) {
            std::abort();
        }
    }
    return scans == run(data, size) ? 0 : (std::abort(), 0);
}
