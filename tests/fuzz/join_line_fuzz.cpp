// A line about certificates that is read is written and read again as the same.
#include "daemon/link/join_messages.hpp"

#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cartwatch;
    const auto message =
        link::parse_join_message(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!message) {
        return message.error().text.empty() ? (std::abort(), 0) : 0;
    }
    const std::string again =
        std::visit([](const auto& said) { return link::to_line(said); }, *message);
    const bool same =
        again.size() > link::join_line_bytes_max || link::parse_join_message(again) == message;
    return same && again.find('\n') == std::string::npos ? 0 : (std::abort(), 0);
}
