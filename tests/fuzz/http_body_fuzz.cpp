// Bodies of requests: a fault always names its place, and what is accepted holds to its bounds.
#include "daemon/web/command_json.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <variant>

using namespace cartwatch;

namespace {

codes::Reading as_text(std::string_view) {
    return codes::ScannedCode{};
}

void require(bool condition) {
    if (!condition) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    if (const auto scan = web::parse_scan_body(body)) {
        require(!scan->station.empty() && scan->station.size() <= web::name_bytes_max);
    }
    const auto command = web::parse_command_body(body, as_text);
    if (!command) {
        require(!command.error().text.empty());
    } else if (const auto* entered = std::get_if<readiness::EnterQuantity>(&command->command)) {
        require(entered->quantity >= 0 && entered->quantity <= web::quantity_max);
    }
    const auto accept = web::parse_accept_body(body);
    require(!accept || accept->episode >= 1);
    require(!web::parse_hand_back_body(body) || accept); // it asks for less
    return 0;
}
