#include "daemon/documents/documents.hpp"
#include "daemon/documents/labels_pen.hpp"

#include <algorithm>
#include <cmath>

namespace cartwatch::documents {

using namespace reports;

namespace {

constexpr double ruler_max = 100;
constexpr double page_edge = 5; // printers leave this much white
constexpr double short_tick = 1.5;
constexpr double middle_tick = 2.5;
constexpr double long_tick = 4;
constexpr Style number_style{2.4, 1.5, false, Align::left};
constexpr Style words_style{3.2, 1.5, false, Align::left};

// Whole centimetres that fit.
double ruler_length(double side) {
    return std::min(ruler_max, std::floor((side - 2 * page_edge) / 10) * 10);
}

double tick_of(int mm) {
    return mm % 10 == 0 ? long_tick : mm % 5 == 0 ? middle_tick : short_tick;
}

// Both rulers begin in one corner, so that a sheet that is fed askew is seen as well.
void draw_rulers(LabelsPen& pen, double x, double y, double across, double down) {
    pen.line(x, y, x + across, y);
    pen.line(x, y, x, y + down);
    for (int mm = 0; mm <= static_cast<int>(across); ++mm) {
        pen.line(x + mm, y, x + mm, y + tick_of(mm));
    }
    for (int mm = 1; mm <= static_cast<int>(down); ++mm) {
        pen.line(x, y + mm, x + tick_of(mm), y + mm);
    }
    for (int mm = 10; mm <= static_cast<int>(across); mm += 10) {
        pen.write({x + mm - 5, y + long_tick, 6, 4}, std::to_string(mm), number_style);
    }
    for (int mm = 10; mm <= static_cast<int>(down); mm += 10) {
        pen.write({x + long_tick + 0.5, y + mm - 3.2, 8, 4}, std::to_string(mm), number_style);
    }
}

std::string question(double across, double down, bool is_roll) {
    const auto length = [](double mm) { return std::to_string(static_cast<int>(mm)) + " mm"; };
    const std::string zh = "横 " + length(across) + "，竖 " + length(down) + "？";
    const std::string en = length(across) + " across, " + length(down) + " down?";
    if (is_roll) {
        return zh + "\n" + en;
    }
    return "用尺量一下：" + zh + "不是则打印缩放未设为 100 %。\nMeasure: " + en
           + " If not, printing was not set to 100 %.\n框线应落在标签边上；偏了就改偏移。"
             "\nOutlines lie on the labels' edges? If not, set the offset.";
}

// The outlines, with numbers where the rulers leave room.
void draw_outlines(LabelsPen& pen, const LabelPaper& paper, const Box& rulers) {
    for (std::size_t place = 0; place < paper.per_page(); ++place) {
        const Box label{paper.x_of(place), paper.y_of(place), paper.width, paper.height};
        pen.outline(label);
        const double x = label.x + label.width / 2 - 2;
        const double y = label.y + label.height / 2 - 2;
        const bool free = x + 8 < rulers.x || x > rulers.x + rulers.width || y + 4 < rulers.y
                          || y > rulers.y + rulers.height;
        if (!paper.is_roll() && free) {
            pen.write({x, y, 8, 4}, std::to_string(place + 1), number_style);
        }
    }
}

} // namespace

Result<LabelSheets> draw_calibration(const SheetPlan& plan) {
    if (const auto checked = check_plan(plan); !checked) {
        return tl::make_unexpected(checked.error());
    }
    const LabelPaper& paper = plan.paper;
    LabelsPen pen(
        {plan.format, paper.page_width, paper.page_height, plan.dpi}, "校准页 Calibration");
    pen.move(plan.offset_x, plan.offset_y);
    const double across = ruler_length(paper.page_width);
    const double down = ruler_length(paper.page_height);
    // In the middle of a sheet, where no printer's margin cuts them.
    const double x = paper.is_roll() ? page_edge : (paper.page_width - across) / 2;
    const double y = paper.is_roll() ? page_edge : (paper.page_height - down) / 2;
    draw_outlines(pen, paper, {x, y, across, down});
    draw_rulers(pen, x, y, across, down);
    pen.write(
        {x + 14, y + 9, across - 14, std::min(40.0, down - 9)},
        question(across, down, paper.is_roll()),
        words_style);
    if (!pen.unwritable().empty()) {
        return refused(
            ErrorCode::unavailable,
            "no font here has every letter of the calibration page: install fonts-wqy-microhei");
    }
    pen.end_page();
    return LabelSheets{pen.finish(), 1, {}};
}

} // namespace cartwatch::documents
