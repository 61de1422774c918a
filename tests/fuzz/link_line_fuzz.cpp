// A line that is read as a message is written and read again as the same message.
#include "daemon/link/messages.hpp"

#include <cstdlib>
#include <string_view>
#include <type_traits>

using namespace cartwatch;

static std::string written(const link::Message& message) {
    return std::visit(
        [](const auto& said) -> std::string {
            using Said = std::decay_t<decltype(said)>;
            if constexpr (std::is_same_v<Said, link::UnknownMessage>) {
                return ""; // never sent
            } else if constexpr (std::is_same_v<Said, journal::Entry>) {
                return journal::to_line(said);
            } else {
                return link::to_line(said);
            }
        },
        message);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view line(reinterpret_cast<const char*>(data), size);
    const auto message = link::parse_message(line);
    const std::string again = message ? written(*message) : "";
    if (message && !again.empty() && again.size() <= link::line_bytes_max
        && (link::parse_message(again) != message || again.find('\n') != std::string::npos)) {
        std::abort();
    }
    if (!message && message.error().text.empty()) {
        std::abort();
    }
    return 0;
}
