#include "daemon/reports/labels.hpp"

#include "daemon/documents/documents.hpp"
#include "daemon/documents/labels_pen.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::documents {

using namespace reports;

namespace {

// Millimetres that stay light at a label's edge: sheets are fed a little askew.
constexpr double label_margin = 2.0;

// The square of ten digits (12 modules) at a module of 1 mm is read from 40 cm; longer codes have
// smaller modules in the same square.
constexpr double square_side = 12.0;

// Bars: the height that a swaying hand still hits, and the module (X dimension) of a label that
// laser guns read at arm's length; below the smallest many do not read at all.
constexpr double bars_height = 8.4;
constexpr double bars_module_max = 0.4;
constexpr double bars_module_min = 0.25;

// Digits are for people: read aloud, typed where no scanner is.
constexpr double digits_height = 3.4;
constexpr Style wide_digits{3.0, 2.0, false, Align::centre};
constexpr Style slot_digits{2.1, 1.2, false, Align::centre};
constexpr Style heading_style{3.2, 3.2, false, Align::centre};

// The width that bars take with their module, or 0 where they do not fit.
double bars_width(const SymbolDrawing& bars, double room) {
    const double module =
        std::min(bars_module_max, room / static_cast<double>(bars.width + 2 * bars.quiet));
    return module < bars_module_min ? 0 : module * bars.width;
}

// One line of words and how many lines it may take.
struct Words {
    const std::string& text;
    Style style;
    int lines;
};

// Words under each other until the box is full.
void write_words(LabelsPen& pen, Box box, const std::vector<Words>& words) {
    for (const Words& one : words) {
        // A line of text with its leading is 1.4 times as high as its letters.
        const double wanted = one.style.size * 1.4 * one.lines;
        Box room = box;
        room.height = std::min(wanted, box.height);
        if (room.height < one.style.smallest) {
            return;
        }
        const double taken = pen.write(room, one.text, one.style);
        box.y += taken;
        box.height -= taken;
    }
}

// A label's inside, without its margin.
Box inside_of(const LabelGrid& grid, std::size_t place) {
    return {
        grid.x_of(place) + label_margin,
        grid.y_of(place) + label_margin,
        grid.width - 2 * label_margin,
        grid.height - 2 * label_margin};
}

// Words left, square right, bars and digits beneath. True where the bars fit.
Result<bool> draw_wide(LabelsPen& pen, const Box& inside, const Label& label) {
    const auto square = documents::draw_symbol(SymbolKind::data_matrix, label.code);
    const auto bars = documents::draw_symbol(SymbolKind::code_128, label.code);
    if (!square) {
        return tl::make_unexpected(square.error());
    }
    const double right = inside.x + inside.width;
    const double bottom = inside.y + inside.height;
    pen.draw({right - square_side, inside.y, square_side, square_side}, *square);
    // What the square holds and the bars do not is only too long for them.
    const double width = bars ? bars_width(*bars, inside.width + 2 * label_margin) : 0;
    const double bars_top = bottom - digits_height - bars_height;
    if (width > 0) {
        pen.draw({inside.x + (inside.width - width) / 2, bars_top, width, bars_height}, *bars);
    }
    pen.write(
        {inside.x, bottom - digits_height, inside.width, digits_height + label_margin / 2},
        label.code,
        wide_digits);
    const Box words{
        inside.x, inside.y - 0.5, inside.width - square_side - 2.5, bars_top - inside.y};
    write_words(
        pen,
        words,
        {{label.zh, {3.8, 2.4, true, Align::left}, 2},
         {label.en, {2.6, 2.0, false, Align::left}, 2},
         {label.detail, {2.6, 2.0, false, Align::left}, 1},
         {label.place, {2.6, 2.0, false, Align::left}, 1}});
    return width > 0;
}

// Square left with its digits beneath, words right.
Result<bool> draw_slot(LabelsPen& pen, const Box& inside, const Label& label) {
    const auto square = documents::draw_symbol(SymbolKind::data_matrix, label.code);
    if (!square) {
        return tl::make_unexpected(square.error());
    }
    pen.draw({inside.x, inside.y, square_side, square_side}, *square);
    pen.write(
        {inside.x - label_margin / 2,
         inside.y + square_side + 1.2,
         square_side + label_margin,
         inside.height - square_side},
        label.code,
        slot_digits);
    const double left = square_side + 2.0;
    write_words(
        pen,
        {inside.x + left, inside.y - 0.8, inside.width - left + 1.0, inside.height + 1.0},
        {{label.zh, {2.8, 1.9, true, Align::left}, 2},
         {label.detail, {2.3, 1.6, true, Align::left}, 1},
         {label.en, {1.9, 1.5, false, Align::left}, 2},
         {label.place, {1.9, 1.5, false, Align::left}, 1}});
    return true;
}

void write_heading(LabelsPen& pen, const LabelGrid& grid, const std::string& text) {
    pen.write({10, grid.top / 2 - 2, page_width_mm - 20, 5}, text, heading_style);
}

} // namespace

Result<LabelSheets>
draw_labels(const LabelGrid& grid, const std::string& heading, const std::vector<Label>& labels) {
    if (labels.empty() || labels.size() > labels_max) {
        return refused(
            labels.empty() ? ErrorCode::not_found : ErrorCode::too_large,
            std::to_string(labels.size()) + " labels: must be 1 to " + std::to_string(labels_max));
    }
    LabelsPen pen(heading);
    LabelSheets sheets;
    sheets.pages = (labels.size() + grid.per_page() - 1) / grid.per_page();
    for (std::size_t i = 0; i < labels.size(); ++i) {
        const std::size_t place = i % grid.per_page();
        if (place == 0) {
            const std::size_t page = i / grid.per_page() + 1;
            write_heading(
                pen,
                grid,
                heading + "  " + std::to_string(page) + "/" + std::to_string(sheets.pages));
        }
        const Box inside = inside_of(grid, place);
        const auto drawn =
            grid.bars ? draw_wide(pen, inside, labels[i]) : draw_slot(pen, inside, labels[i]);
        if (!drawn) {
            return tl::make_unexpected(drawn.error());
        }
        if (!*drawn) {
            sheets.without_bars.push_back(labels[i].code);
        }
        if (place + 1 == grid.per_page() || i + 1 == labels.size()) {
            pen.end_page();
        }
    }
    if (!pen.unwritable().empty()) {
        return refused(
            ErrorCode::unavailable,
            "no font here has every letter of \"" + shortened(pen.unwritable())
                + "\": install fonts-wqy-microhei");
    }
    sheets.pdf = pen.finish();
    return sheets;
}

} // namespace cartwatch::documents
