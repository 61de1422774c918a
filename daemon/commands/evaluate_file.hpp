// The file that `cartwatch evaluate` judges, and the line that it prints: the form of
// schema/evaluate.schema.json, nothing else. A file that breaks it is refused whole, with the JSON
// pointer of its first fault in the order of the text.
#pragma once

#include "daemon/readiness/evaluate.hpp"
#include "scanner/values/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::commands {

// 16 MiB: two hundred times a cart of 60 lines with ten lots each.
inline constexpr std::size_t evaluate_file_bytes_max = 16U * 1024 * 1024;

// Bounds of one file, so that no sum of quantities leaves the range of an int.
inline constexpr int units_max = 1'000'000;
inline constexpr std::size_t holdings_of_a_line_max = 1'000;

struct EvaluateFile {
    readiness::Policy policy;
    readiness::Cart cart;
    std::vector<readiness::Recall> recalls;
    std::vector<readiness::Substitution> substitutions;
};

[[nodiscard]] Result<EvaluateFile> parse_evaluate_file(std::string_view text);

// One line without its line feed; the same judgement always gives the same bytes.
[[nodiscard]] std::string judgement_line(const readiness::Judgement& judgement);

} // namespace cartwatch::commands
