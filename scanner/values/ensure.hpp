// Invariants that stay on in release builds. A failed one means a broken program: it throws, and
// only the event boundary and main catch it.
#pragma once

#include <stdexcept>
#include <string_view>

namespace cartwatch {

class BrokenInvariant : public std::logic_error {
public:
    using std::logic_error::logic_error;
};

// Throws BrokenInvariant with the text unless the condition holds.
void ensure(bool condition, std::string_view text);

} // namespace cartwatch
