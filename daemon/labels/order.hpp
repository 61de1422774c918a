// An order of labels in words, as the command line and the page's address give it, and the papers
// that have a name. Values in, values out.
#pragma once

#include "daemon/labels/content.hpp"
#include "daemon/reports/labels.hpp"
#include "scanner/values/result.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::labels {

struct NamedPaper {
    std::string_view name;
    reports::LabelPaper paper;
};

// a4-24, a4-65, roll-50x30, roll-60x40 and card (a badge, ISO/IEC 7810 ID-1).
[[nodiscard]] std::span<const NamedPaper> papers();

// The paper that a kind is printed on unless another is named.
[[nodiscard]] std::string_view usual_paper(Kind kind);

// More at once are chosen by their cart. An address of a request holds so many tags.
inline constexpr std::size_t only_max = 120;

// The options by name: paper (a name, or "sheet" or "roll" with measures of one's own); of a sheet
// columns, rows, width, height, left, top, step_x, step_y (the label's size where they are left
// out), of a roll width and height, in millimetres; offset_x, offset_y; start; bars (auto, always,
// never); format (pdf, svg, zpl), page of an svg, dpi of zpl; only (names with commas between).
using Options = std::map<std::string, std::string>;

struct Order {
    std::optional<Kind> kind; // nullopt: the calibration page
    std::vector<std::string> only;
    reports::SheetPlan plan;
};

// `what` is a kind or "calibration". Refused (bad_input): an option that there is not or that
// belongs to another paper or format, a value that is none, and what reports::check_plan refuses.
[[nodiscard]] Result<Order> parse_order(std::string_view what, const Options& options);

// What is ordered of what the store holds; empty for the calibration page. Refused as `chosen`
// refuses. Throws StoreFailure.
[[nodiscard]] Result<Content>
ordered_content(const std::filesystem::path& store_file, const Order& order);

// Draws that. Refused as reports::draw_labels refuses; not_found where there is nothing.
[[nodiscard]] Result<reports::LabelSheets> draw(const Order& order, const Content& content);

} // namespace cartwatch::labels
