// The outcome of everything that may be refused. A verdict (expired, missing) is not an error but a
// value of its own; a broken machine or program throws (see ensure.hpp). Refusals are Results.
#pragma once

#include <tl/expected.hpp>

#include <string>

namespace cartwatch {

// What kind of refusal: for branching and tests; the text is for the person.
enum class ErrorCode {
    bad_input,   // the bytes break their format (file, line, body, argument)
    not_found,   // a well-formed name of nothing that exists
    not_allowed, // the person or node may not do this
    conflict,    // the state does not permit it now (check open already, version passed)
    too_large,   // over a stated limit
    unavailable, // a peer, a device or a file is out of reach for now
};

// Text: what, where, the value and what was expected; lower case, no full stop.
struct Error {
    ErrorCode code = ErrorCode::bad_input;
    std::string text;

    friend bool operator==(const Error&, const Error&) = default;
};

template <typename T>
using Result = tl::expected<T, Error>;

using Unexpected = tl::unexpected<Error>;

// Shorthand for `return refused(ErrorCode::conflict, "…")` in any function that returns a Result.
[[nodiscard]] inline Unexpected refused(ErrorCode code, std::string text) {
    return Unexpected(Error{code, std::move(text)});
}

} // namespace cartwatch
