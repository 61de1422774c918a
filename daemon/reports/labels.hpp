// Sheets of labels as one PDF: A4 pages on the grids of common adhesive sheets, each label with its
// codes for scanners and its words for people. It decides nothing about what is on them and
// touches no file.
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

// Millimetres on a page of A4.
struct LabelGrid {
    int columns = 0;
    int rows = 0;
    double width = 0; // of one label
    double height = 0;
    double left = 0; // of the first label
    double top = 0;
    double column_step = 0; // from one label's left edge to the next one's
    bool bars = false;      // Code 128 under the words, for guns that read no square codes

    [[nodiscard]] std::size_t per_page() const;
    [[nodiscard]] double x_of(std::size_t place) const; // left edge of label 0 to per_page() − 1
    [[nodiscard]] double y_of(std::size_t place) const;
};

inline constexpr double page_width_mm = 210;
inline constexpr double page_height_mm = 297;

// 24 on a page, for carts, devices, badges and commands.
inline constexpr LabelGrid wide_labels{3, 8, 64.0, 33.9, 7.0, 12.9, 66.0, true};

// 65 on a page, for slots: a Data Matrix and its digits only.
inline constexpr LabelGrid slot_labels{5, 13, 38.1, 21.2, 4.75, 10.7, 40.6, false};

// A hospital's 200 carts of 50 lines; 154 pages of slot labels.
inline constexpr std::size_t labels_max = 10'000;

struct LabelSheets {
    std::string pdf;
    std::size_t pages = 0;
    // Codes that have no room for bars a laser gun can read: these labels have the square alone.
    std::vector<std::string> without_bars;
};

// `heading` stands above the labels of each page, with the page's number. Refused: no label, more
// than labels_max (too_large), a code that cannot be drawn (symbol.hpp), and letters that no font
// of this machine has (unavailable). Throws where the PDF cannot be made.
[[nodiscard]] Result<LabelSheets>
draw_labels(const LabelGrid& grid, const std::string& heading, const std::vector<Label>& labels);

} // namespace cartwatch::reports
