// A text that is read as a code is printed and read again as the same code.
#include "daemon/trust/join_code.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cartwatch;
    const auto code =
        trust::parse_join_code(std::string_view(reinterpret_cast<const char*>(data), size));
    if (!code) {
        return code.error().text.empty() ? (std::abort(), 0) : 0;
    }
    const auto again = trust::parse_join_code(trust::to_text(*code));
    return again == code && trust::is_secret(code->secret) ? 0 : (std::abort(), 0);
}
