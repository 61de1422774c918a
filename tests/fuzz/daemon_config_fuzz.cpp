// Any configuration file: refused with its name and a reason, or within its bounds.
#include "daemon/config/config.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

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
    const auto ward = config::parse_ward_config(text, "ward.toml");
    if (ward) {
        require(ward->web.port >= 0 && ward->web.port <= 65535);
        require(ward->tag_block >= 1 && ward->tag_block <= 999);
    } else {
        require(!ward.error().text.empty());
    }
    const auto pharmacy = config::parse_pharmacy_config(text, "pharmacy.toml");
    if (pharmacy) {
        require(pharmacy->link_port >= 0 && pharmacy->link_port <= 65535);
    } else {
        require(!pharmacy.error().text.empty());
    }
    return 0;
}
