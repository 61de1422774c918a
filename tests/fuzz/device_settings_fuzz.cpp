// Any text: refused, or settings that print and read back the same and pass their own check.
#include "scanner/wire/device_settings.hpp"

#include <cstdlib>

using namespace cartwatch::wire;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto devices = parse_device_settings(std::string(data, data + size));
    if (!devices) {
        return 0;
    }
    for (const DeviceSettings& device : *devices) {
        if (!check(device)) {
            std::abort();
        }
    }
    const auto again = parse_device_settings(to_json_text(*devices));
    if (!again || *again != *devices) {
        std::abort();
    }
    return 0;
}
