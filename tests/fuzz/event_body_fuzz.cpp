// The first line names a kind, the rest is its body: what is read is written and read as the same,
// and the quick way of reading, which a blank before the body rules out, differs in nothing.
#include "daemon/journal/body.hpp"
#include "daemon/journal/entry.hpp"

#include <cstdlib>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cartwatch;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto end = text.find('\n');
    if (end == std::string_view::npos) {
        return 0;
    }
    const std::string_view kind = text.substr(0, end);
    const auto event = journal::parse_body(kind, text.substr(end + 1));
    const auto thorough = journal::parse_body(kind, ' ' + std::string(text.substr(end + 1)));
    if (event ? !thorough || *thorough != *event : thorough.has_value()) {
        std::abort();
    }
    if (!event) {
        return event.error().text.empty() ? std::abort(), 0 : 0;
    }
    const std::string body = journal::body_of(*event);
    const auto again = journal::parse_body(kind, body);
    if (!again || *again != *event || journal::body_of(*again) != body
        || journal::kind_of(*event) != kind) {
        std::abort();
    }
    return 0;
}
