// Any text, typed on any layout in any of the forms of its separators: it arrives as it was.
#include "tests/scanner/devices/typing_scanner.hpp"

#include <cstdlib>

using namespace cartwatch;
using namespace cartwatch::devices;

namespace {

// Printable ASCII and GS: what a scanner types without ending a scan.
std::string typeable(const std::uint8_t* data, std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i < size && text.size() < 200; ++i) {
        text += data[i] == 0x1D ? '\x1d' : static_cast<char>(' ' + data[i] % 95);
    }
    return text;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    KeyTextOptions options;
    options.layout = static_cast<Layout>(data[0] % 4);
    const std::string text = typeable(data + 1, size - 1);
    test::TypingScanner scanner(options.layout);
    for (const char& c : text) {
        const unsigned form = data[0] / 4U % 4U;
        c != '\x1d' ? scanner.character({&c, 1})
        : form == 0 ? scanner.with(KEY_LEFTCTRL, KEY_RIGHTBRACE)
        : form == 1 ? scanner.tap(KEY_F8)
        : form == 2 ? scanner.alt_number("029")
                    : scanner.with(KEY_RIGHTCTRL, KEY_RIGHTBRACE);
    }
    const auto scans = test::scans_of(scanner.tap(KEY_ENTER), options);
    return scans.size() == 1 && scans.front().text == text ? 0 : (std::abort(), 0);
}
