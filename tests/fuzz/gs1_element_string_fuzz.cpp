// Any bytes as an element string: what is accepted can be written again, and reads the same.
#include "scanner/codes/gs1_element_string.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace cartwatch::codes::gs1;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const ParseContext context{2026, {}};
    ElementString first;
    if (parse_element_string(text, context, first).rule != Rule::none) {
        return 0;
    }
    std::string written;
    for (const Element& element : first.elements()) {
        written += std::string(element.digits) + std::string(element.value) + separator;
    }
    ElementString second;
    bool same = parse_element_string(written, context, second).rule == Rule::none
                && second.elements().size() == first.elements().size();
    for (std::size_t i = 0; same && i < first.elements().size(); ++i) {
        same = first.elements()[i].number == second.elements()[i].number
               && first.elements()[i].value == second.elements()[i].value;
    }
    if (!same) {
        std::abort();
    }
    return 0;
}
