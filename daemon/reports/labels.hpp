// Labels to print: on sheets of A4 in the grids of common adhesive papers, or on rolls whose page
// is one label. Each has its codes for scanners and its words for people. This decides nothing
// about what is on them and touches no file. All lengths are millimetres.
#pragma once

#include "scanner/values/result.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace cartwatch::reports {

// One label. Every text may be empty but the code's.
struct Label {
    std::string code; // what scanners read, printed in digits too
    std::string zh;
    std::string en;
    std::string detail; // strength, asset number, staff number
    std::string place;  // where it is stuck: cart and position
};

inline constexpr double a4_width_mm = 210;
inline constexpr double a4_height_mm = 297;

// A page of labels in rows and columns. Of a roll it is one label.
struct LabelPaper {
    double page_width = a4_width_mm;
    double page_height = a4_height_mm;
    int columns = 0;
    int rows = 0;
    double width = 0; // of one label
    double height = 0;
    double left = 0; // of the first label
    double top = 0;
    double column_step = 0; // from one label's left edge to the next one's
    double row_step = 0;

    [[nodiscard]] std::size_t per_page() const;
    [[nodiscard]] double x_of(std::size_t place) const; // left edge of label 0 to per_page() − 1
    [[nodiscard]] double y_of(std::size_t place) const;
    [[nodiscard]] bool is_roll() const; // a page is a label and nothing else
};

// 24 on a page, for carts, devices, badges and commands.
inline constexpr LabelPaper wide_labels{
    a4_width_mm, a4_height_mm, 3, 8, 64.0, 33.9, 7.0, 12.9, 66.0, 33.9};

// 65 on a page, for slots: too low for bars.
inline constexpr LabelPaper slot_labels{
    a4_width_mm, a4_height_mm, 5, 13, 38.1, 21.2, 4.75, 10.7, 40.6, 21.2};

// A label of this size on a roll.
[[nodiscard]] constexpr LabelPaper roll_of(double width, double height) {
    return {width, height, 1, 1, width, height, 0, 0, width, height};
}

// Code 128 under the words, for guns that read no square codes.
enum class Bars { where_room, always, never };

enum class LabelsFormat {
    pdf,
    svg, // one page, with the outlines of its labels: the same drawing, for a screen
    zpl, // for label printers (ZPL II): each label a bitmap, so that no printer needs our fonts
};

// How labels are laid on paper.
struct SheetPlan {
    LabelPaper paper;
    double offset_x = 0;   // everything moves right by so much; printers feed a little askew
    double offset_y = 0;   // and down
    std::size_t start = 1; // the first label's place on the first page: part sheets are used up
    Bars bars = Bars::where_room;
    LabelsFormat format = LabelsFormat::pdf;
    std::size_t page = 1; // of an SVG
    int dpi = 203;        // of a label printer
};

struct Limits {
    double least = 0;
    double most = 0;
};

inline constexpr Limits page_side_mm{20, 420}; // a small roll's label; the long side of A3
// The square with its digits, and words beside it that can be read.
inline constexpr double label_width_min_mm = 30;
inline constexpr double label_height_min_mm = 20;
inline constexpr double bars_label_height_min_mm = 28; // square, bars and digits
inline constexpr int columns_max = 20;
inline constexpr int rows_max = 40;
// What a printer's feed is off by; more is another paper.
inline constexpr double offset_max_mm = 5;
inline constexpr double offset_step_mm = 0.5;
// What stays light at a label's edge, and must lie on the page.
inline constexpr double label_margin_mm = 2;

// A hospital's 200 carts of 50 lines; 154 pages of slot labels.
inline constexpr std::size_t labels_max = 10'000;
// A roll; 30 MB of bitmaps at 300 dpi.
inline constexpr std::size_t zpl_labels_max = 1'000;

struct LabelSheets {
    std::string bytes; // of the plan's format
    std::size_t pages = 0;
    // Codes that have no room for bars a laser gun can read: these labels have the square alone.
    std::vector<std::string> without_bars;
};

// Whether labels bear bars by the plan, where their codes are short enough.
[[nodiscard]] bool has_bars(const SheetPlan& plan);

// How many pages so many labels take.
[[nodiscard]] std::size_t pages_of(const SheetPlan& plan, std::size_t labels);

// Refused: what is beyond the limits, lies over the page's edge or over another label, and what
// does not go together; the text says which option.
[[nodiscard]] Result<void> check_plan(const SheetPlan& plan);

// `heading` stands above the labels of each sheet, with the page's number; rolls have none.
// Refused: a plan that check_plan refuses, no label, more than labels_max (too_large), an SVG page
// that there is not (not_found), a code that cannot be drawn (symbol.hpp), and letters that no font
// of this machine has (unavailable). Throws where drawing failed.
[[nodiscard]] Result<LabelSheets>
draw_labels(const SheetPlan& plan, const std::string& heading, const std::vector<Label>& labels);

// One page to print before any label: rulers of 100 mm, or as long as the page lets them be, and
// the outline of every label with its number.
[[nodiscard]] Result<LabelSheets> draw_calibration(const SheetPlan& plan);

} // namespace cartwatch::reports
