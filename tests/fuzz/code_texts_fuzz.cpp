// Any bytes as a scan: what is read of a pack reads the same when it is written again in its
// family's form, and readings that stand beside each other survive being taken for candidates.
#include "scanner/codes/settle.hpp"
#include "tests/support/code_texts.hpp"

#include <cstdint>
#include <cstdlib>

using namespace cartwatch;

static void require_all(bool condition) {
    condition ? void() : std::abort();
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    codes::ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    codes::ReadOptions strict = options; // a link's value may spell what a keyboard types for GS
    strict.scanner.automatic_separators = false;
    const codes::Reading reading = codes::read(text, options);
    if (!reading) {
        return 0;
    }
    for (const codes::ScannedCode& one : codes::readings_of(*reading)) {
        codes::ScannedCode whole = *reading;
        whole.warnings = {"ambiguous"};
        whole.candidates = {codes::as_candidate(one)};
        require_all(support::tells_the_same(codes::readings_of(whole).at(0), one));
        const std::string again = support::written_again(one);
        const codes::Reading second = codes::read(again, strict);
        require_all(again.empty() || support::is_told_by(second, one));
    }
    return 0;
}
