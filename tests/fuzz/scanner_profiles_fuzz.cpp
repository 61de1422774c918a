// Any file of profiles: refused, or printed and read again to the same.
#include "daemon/scanners/profile_store.hpp"

#include <cstdlib>

using namespace cartwatch::scanners;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto profiles = parse_profiles(std::string(data, data + size));
    if (!profiles) {
        return 0;
    }
    if (profiles->size() > profiles_max || parse_profiles(to_json_text(*profiles)) != profiles) {
        std::abort();
    }
    return 0;
}
