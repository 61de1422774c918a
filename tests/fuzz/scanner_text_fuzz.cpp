// Any text of a decoder library: taking the scanner's form twice changes nothing more.
#include "scanner/pictures/scanner_text.hpp"

#include <cstdint>
#include <cstdlib>

using namespace cartwatch::pictures;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const std::string raw = databar_expanded_text(text);
    if (raw.size() > text.size() || upc_a_text(upc_a_text(text)) != upc_a_text(text)
        || upc_e_text(upc_e_text(text)) != upc_e_text(text)
        || databar_omni_text(databar_omni_text(text)) != databar_omni_text(text)) {
        std::abort();
    }
    return 0;
}
