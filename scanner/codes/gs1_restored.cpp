#include "scanner/codes/gs1_restored.hpp"

#include <algorithm>

namespace cartwatch::codes::gs1 {

namespace {

// False where the text breaks a rule with these separators; `out` is as it was then.
bool accept_with(Restored&& restored, const ParseContext& context, Parsed& out) {
    ElementString string;
    if (parse_element_string(restored.text, context, string).rule != Rule::none) {
        return false;
    }
    out.restored = std::move(restored.text);
    out.substitute = std::move(restored.substitute);
    out.text = out.restored;
    out.fault = parse_element_string(out.text, context, out.string);
    return true;
}

} // namespace

void parse_restoring(
    std::string_view data,
    const ScannerSettings& scanner,
    const ParseContext& context,
    Parsed& out) {
    out.text = data;
    auto spelled = with_spelled_separators(data, scanner);
    if (spelled && accept_with(std::move(*spelled), context, out)) {
        out.configured =
            std::find(scanner.gs_substitutes.begin(), scanner.gs_substitutes.end(), out.substitute)
            != scanner.gs_substitutes.end();
        return;
    }
    out.fault = parse_element_string(data, context, out.string);
    if (out.fault.rule == Rule::none) {
        return;
    }
    if (auto restored = with_separators(data, scanner)) {
        accept_with(std::move(*restored), context, out);
    }
}

} // namespace cartwatch::codes::gs1
