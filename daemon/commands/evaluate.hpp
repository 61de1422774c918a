// `cartwatch evaluate FILE --as-of DATE`: judges a cart given as JSON; the core, with no store.
#pragma once

#include "scanner/values/day.hpp"

#include <iosfwd>
#include <string>

namespace cartwatch::commands {

struct EvaluateArguments {
    std::string file; // "-": standard input
    Day as_of;
    bool strict = false; // exit status 1 unless the cart is ready
};

// 0 done, 1 not ready (strict), 2 unusable file, 3 the file could not be read.
[[nodiscard]] int run_evaluate(
    const EvaluateArguments& arguments, std::istream& in, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
