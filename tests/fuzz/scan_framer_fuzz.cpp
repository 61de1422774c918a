// Any bytes, cut anywhere: the scans are the same as from one piece, bounded, and without line
// ends.
#include "scanner/devices/scan_framer.hpp"

#include <cstdint>
#include <cstdlib>

using namespace cartwatch::devices;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    constexpr std::size_t limit = 32;
    const std::string bytes(data, data + size);
    ScanFramer whole(Ticks{100}, limit);
    const auto expected = whole.feed(bytes, Ticks{0});
    for (const TypedScan& scan : expected) {
        if (scan.text.size() > limit || scan.text.find_first_of("\r\n\x03") != std::string::npos) {
            std::abort();
        }
    }
    const std::size_t cut = size == 0 ? 0 : data[0] % (size + 1);
    ScanFramer framer(Ticks{100}, limit);
    auto scans = framer.feed(bytes.substr(0, cut), Ticks{0});
    for (TypedScan& scan : framer.feed(bytes.substr(cut), Ticks{1})) {
        scans.push_back(std::move(scan));
    }
    if (scans != expected) {
        std::abort();
    }
    return 0;
}
