// Figures as a table for people and as JSON for programs. The names and the order of the members
// are a promise: schema/figures.md.
#pragma once

#include "daemon/figures/summary.hpp"

#include <string>

namespace cartwatch::commands {

// Of what, and of which days: both included, as they were asked for.
struct FiguresHeading {
    figures::Scope scope;
    Day from;
    Day to;
};

// One line of JSON with its end.
[[nodiscard]] std::string
figures_json(const FiguresHeading& heading, const figures::Summary& summary);

// Several lines, the last with its end.
[[nodiscard]] std::string
figures_text(const FiguresHeading& heading, const figures::Summary& summary);

} // namespace cartwatch::commands
