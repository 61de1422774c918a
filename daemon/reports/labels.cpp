#include "daemon/reports/labels.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace cartwatch::reports {

namespace {

// Lengths are typed with a decimal or two; below this they are the same.
constexpr double same_mm = 0.005;

// No paper is a kilometre; what is longer is not counted.
constexpr double told_max_mm = 1e6;

// "38.1", "0.5", "64".
std::string mm(double length) {
    if (!(std::abs(length) <= told_max_mm)) {
        return "of no length";
    }
    const auto hundredths = std::llround(std::abs(length) * 100);
    std::string text = std::to_string(hundredths / 100);
    if (hundredths % 100 != 0) {
        const std::string part = std::to_string(100 + hundredths % 100).substr(1);
        text += "." + (part.back() == '0' ? part.substr(0, 1) : part);
    }
    return (length < 0 && hundredths != 0 ? "-" : "") + text;
}

bool is_within(double value, Limits limits) {
    // No comparison holds for what is no number, so that is refused, too.
    return value >= limits.least - same_mm && value <= limits.most + same_mm;
}

Unexpected outside(const std::string& what, double value, Limits limits) {
    return refused(
        ErrorCode::bad_input,
        what + " " + mm(value) + " mm: must be " + mm(limits.least) + " to " + mm(limits.most)
            + " mm");
}

struct Measure {
    const char* what;
    double value;
    Limits limits;
};

Result<void> check_measures(const LabelPaper& paper) {
    const std::array<Measure, 8> measures = {{
        {"page width", paper.page_width, page_side_mm},
        {"page height", paper.page_height, page_side_mm},
        {"label width", paper.width, {label_width_min_mm, paper.page_width}},
        {"label height", paper.height, {label_height_min_mm, paper.page_height}},
        {"left edge", paper.left, {0, paper.page_width}},
        {"top edge", paper.top, {0, paper.page_height}},
        {"column step", paper.column_step, {paper.width, paper.page_width}},
        {"row step", paper.row_step, {paper.height, paper.page_height}},
    }};
    for (const Measure& measure : measures) {
        if (!is_within(measure.value, measure.limits)) {
            return outside(measure.what, measure.value, measure.limits);
        }
    }
    return {};
}

// The labels beside or under each other end on the page.
Result<void> check_extent(const char* what, double first, double last, double size, double page) {
    const double end = last + size;
    if (first < -same_mm || end > page + same_mm) {
        return refused(
            ErrorCode::bad_input,
            std::string("labels lie from ") + mm(first) + " to " + mm(end) + " mm " + what
                + ": the page ends at " + mm(page) + " mm");
    }
    return {};
}

Result<void> check_grid(const LabelPaper& paper) {
    if (paper.columns < 1 || paper.columns > columns_max || paper.rows < 1
        || paper.rows > rows_max) {
        return refused(
            ErrorCode::bad_input,
            std::to_string(paper.columns) + " columns and " + std::to_string(paper.rows)
                + " rows: must be 1 to " + std::to_string(columns_max) + " and 1 to "
                + std::to_string(rows_max));
    }
    if (const auto measured = check_measures(paper); !measured) {
        return measured;
    }
    const std::size_t last = paper.per_page() - 1;
    if (const auto across =
            check_extent("across", paper.left, paper.x_of(last), paper.width, paper.page_width);
        !across) {
        return across;
    }
    return check_extent("down", paper.top, paper.y_of(last), paper.height, paper.page_height);
}

bool is_step(double offset) {
    const double steps = offset / offset_step_mm;
    return std::abs(steps - std::round(steps)) * offset_step_mm < same_mm;
}

// What is printed on a label stays on the page when everything is moved.
Result<void> check_offset(const char* what, double offset, double first, double end, double page) {
    if (!is_within(offset, {-offset_max_mm, offset_max_mm}) || !is_step(offset)) {
        return refused(
            ErrorCode::bad_input,
            std::string("offset ") + what + " " + mm(offset) + " mm: must be " + mm(-offset_max_mm)
                + " to " + mm(offset_max_mm) + " mm in steps of " + mm(offset_step_mm) + " mm");
    }
    if (!is_within(first + offset + label_margin_mm, {0, page})
        || !is_within(end + offset - label_margin_mm, {0, page})) {
        return refused(
            ErrorCode::bad_input,
            std::string("offset ") + what + " " + mm(offset) + " mm moves the labels off the page");
    }
    return {};
}

Result<void> check_offsets(const SheetPlan& plan) {
    const LabelPaper& paper = plan.paper;
    const std::size_t last = paper.per_page() - 1;
    if (const auto across = check_offset(
            "x", plan.offset_x, paper.left, paper.x_of(last) + paper.width, paper.page_width);
        !across) {
        return across;
    }
    return check_offset(
        "y", plan.offset_y, paper.top, paper.y_of(last) + paper.height, paper.page_height);
}

} // namespace

std::size_t LabelPaper::per_page() const {
    return static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows);
}

double LabelPaper::x_of(std::size_t place) const {
    return left + column_step * static_cast<double>(place % static_cast<std::size_t>(columns));
}

double LabelPaper::y_of(std::size_t place) const {
    return top + row_step * static_cast<double>(place / static_cast<std::size_t>(columns));
}

bool LabelPaper::is_roll() const {
    return per_page() == 1 && std::abs(width - page_width) < same_mm
           && std::abs(height - page_height) < same_mm;
}

bool has_bars(const SheetPlan& plan) {
    return plan.bars != Bars::never && plan.paper.height >= bars_label_height_min_mm - same_mm;
}

std::size_t pages_of(const SheetPlan& plan, std::size_t labels) {
    return (plan.start - 1 + labels + plan.paper.per_page() - 1) / plan.paper.per_page();
}

Result<void> check_plan(const SheetPlan& plan) {
    if (const auto grid = check_grid(plan.paper); !grid) {
        return grid;
    }
    if (const auto offsets = check_offsets(plan); !offsets) {
        return offsets;
    }
    if (plan.start < 1 || plan.start > plan.paper.per_page()) {
        return refused(
            ErrorCode::bad_input,
            "start " + std::to_string(plan.start) + ": a page has labels 1 to "
                + std::to_string(plan.paper.per_page()));
    }
    if (plan.bars == Bars::always && !has_bars(plan)) {
        return refused(
            ErrorCode::bad_input,
            "bars need a label " + mm(bars_label_height_min_mm) + " mm high: this is "
                + mm(plan.paper.height) + " mm");
    }
    if (plan.format != LabelsFormat::zpl) {
        return {};
    }
    if (!plan.paper.is_roll()) {
        return refused(
            ErrorCode::bad_input, "ZPL is for rolls: choose a paper whose page is one label");
    }
    if (plan.dpi != 203 && plan.dpi != 300) {
        return refused(
            ErrorCode::bad_input,
            std::to_string(plan.dpi) + " dpi: label printers have 203 or 300");
    }
    return {};
}

} // namespace cartwatch::reports
