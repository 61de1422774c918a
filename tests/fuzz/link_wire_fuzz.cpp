// Two sessions on a wire that loses, repeats and reorders lines as the input says, a byte a choice:
// nothing is held that was not written, nothing is acknowledged that is not held, and on a good
// wire everything arrives afterwards.
#include "tests/daemon/link/lossy_wire.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace cartwatch;
    std::size_t at = 0;
    const auto next = [&]() -> std::size_t { return at < size ? data[at++] : 0; };
    const auto choose = [&](std::size_t end) {
        std::size_t number = next();
        if (end > 256) {
            number = 256 * number + next();
        }
        return number % end;
    };
    link_kit::WireFigures figures;
    link_kit::LossyWire wire(choose, figures);
    while (at < size) {
        wire.step();
    }
    return wire.agrees_within(4'000) ? 0 : (std::abort(), 0);
}
