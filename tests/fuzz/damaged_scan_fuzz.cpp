// Any bytes from scanners of any setting: repairs end, are done once only, and a reading that has
// others beside it says so.
#include "scanner/codes/ascii_forms.hpp"
#include "scanner/codes/host_layout.hpp"
#include "scanner/codes/reader.hpp"
#include "scanner/codes/separators.hpp"
#include "tests/support/code_texts.hpp"

#include <cstdint>
#include <cstdlib>

using namespace cartwatch;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const unsigned settings = size == 0 ? 0 : data[0];
    const std::string_view text(
        reinterpret_cast<const char*>(data) + (size == 0 ? 0 : 1), size == 0 ? 0 : size - 1);
    codes::ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    options.scanner.automatic_separators = (settings & 1U) != 0;
    if ((settings & 2U) != 0) {
        options.scanner.gs_substitutes = {"/"};
    }
    if ((settings & 4U) != 0) {
        options.scanner.code_id = codes::ScannerSettings::CodeId::symbol;
    }
    options.scanner.sends_separators = (settings & 8U) != 0;
    options.scanner.ends_scans = (settings & 16U) != 0;
    options.ended = (settings & 32U) == 0;
    const codes::Reading reading = codes::read(text, options);
    bool holds = !reading || reading->candidates.empty() || !reading->warnings.empty();
    const std::string folded = codes::with_ascii_forms(text);
    holds = holds && folded.size() <= text.size() && codes::with_ascii_forms(folded) == folded;
    for (const codes::HostLayout layout : codes::host_layouts) {
        const auto typed = codes::typed_as_american(text, layout);
        holds = holds && (!typed || (typed->size() <= text.size() * 2 && *typed != text));
    }
    const auto restored = codes::with_separators(text, options.scanner);
    holds = holds && (!restored || restored->text.find('\x1d') != std::string::npos);
    if (reading && !reading->cleaned.empty() && reading->family != codes::Family::other) {
        codes::ReadOptions any;
        any.as_of = options.as_of;
        holds = holds && support::is_told_by(codes::read(reading->cleaned, any), *reading);
    }
    return holds ? 0 : (std::abort(), 0);
}
