// Request targets: what is accepted never climbs, hides a byte, or changes when it is read again.
#include "daemon/web/guard.hpp"
#include "daemon/web/message.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

using namespace cartwatch;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    if (const auto target = web::parse_target(text)) {
        const std::string& path = target->path;
        const bool climbs = (path + "/").find("/../") != std::string::npos;
        const bool breaks =
            path.find_first_of(std::string_view("\0\r\n\\", 4)) != std::string::npos;
        if (path.front() != '/' || climbs || breaks) {
            std::abort();
        }
    }
    if (const auto authority = web::parse_authority(text)) {
        const bool bracketed = authority->host.find(':') != std::string::npos;
        const std::string host = bracketed ? "[" + authority->host + "]" : authority->host;
        const auto again =
            web::parse_authority(authority->port.empty() ? host : host + ":" + authority->port);
        if (!again || again->host != authority->host || again->port != authority->port) {
            std::abort();
        }
    }
    return 0;
}
