// A key beside the English words of a refusal, for which a page shows its own language's.
#pragma once

#include <array>
#include <string_view>

namespace cartwatch::web {

struct ProblemKind {
    std::string_view title;  // of message.hpp's Problem
    std::string_view reason; // "refusal.<reason>" in both catalogues
};

// Kinds that lead a person to the same thing share a reason.
inline constexpr std::array<ProblemKind, 22> problem_kinds{{
    {"Bad request", "page_differs"},
    {"Bad request body", "page_differs"},
    {"Bad picture", "bad_picture"},
    {"Body too large", "too_large"},
    {"Busy", "busy"},
    {"Conflict", "changed_meanwhile"},
    {"Forbidden", "not_from_here"},
    {"HTTP version", "page_differs"},
    {"Head too large", "page_differs"},
    {"Idempotency key used twice", "page_differs"},
    {"Internal error", "program_failed"},
    {"Method not allowed", "page_differs"},
    {"Not answered in time", "not_answered"},
    {"Not found", "not_there"},
    {"Not kept", "not_recorded"},
    {"Not recorded", "not_recorded"},
    {"Request timeout", "busy"},
    {"Too large", "too_large"},
    {"Too many connections", "busy"},
    {"Too many requests", "busy"},
    {"Unsupported media type", "page_differs"},
    {"Upgrade required", "page_differs"},
}};

// Empty: no such kind.
[[nodiscard]] constexpr std::string_view reason_of(std::string_view title) {
    for (const ProblemKind& kind : problem_kinds) {
        if (kind.title == title) {
            return kind.reason;
        }
    }
    return {};
}

} // namespace cartwatch::web
