#include "daemon/reports/labels.hpp"

#include "daemon/documents/documents.hpp"
#include "daemon/documents/labels_pen.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>

namespace cartwatch::documents {

using namespace reports;

namespace {

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
constexpr double heading_top_min = 8; // a sheet that begins higher has no room for a heading

// The styles are for words in a box of this size; in others they grow and shrink with it.
struct Extent {
    double width;
    double height;
};

constexpr Extent wide_words{45.5, 18.1};
constexpr Extent slot_words{21.1, 18.2};
constexpr double words_growth_max = 1.4;
constexpr double words_growth_min = 0.75;
constexpr double low_words = 0.9; // of the usual height

// The width that bars take with their module, or 0 where they do not fit.
double bars_width(const LabelsPen& pen, const SymbolDrawing& bars, double room) {
    const double module = pen.module_of(
        std::min(bars_module_max, room / static_cast<double>(bars.width + 2 * bars.quiet)));
    return module < bars_module_min ? 0 : module * bars.width;
}

double square_of(const LabelsPen& pen, const SymbolDrawing& square) {
    return pen.module_of(square_side / square.width) * square.width;
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

// The styles of a label whose words have this box. In a low one each takes a line only, so that
// the last is not lost.
std::vector<Words> grown(std::vector<Words> words, const Box& box, const Extent& usual) {
    const double growth = std::clamp(
        std::min(box.width / usual.width, box.height / usual.height),
        words_growth_min,
        words_growth_max);
    for (Words& one : words) {
        one.style.size *= growth;
        one.style.smallest *= std::min(growth, 1.0);
        if (box.height < low_words * usual.height && !one.style.bold) {
            one.lines = 1;
        }
    }
    return words;
}

Box box_of(const LabelPaper& paper, std::size_t place) {
    return {paper.x_of(place), paper.y_of(place), paper.width, paper.height};
}

// A label's inside, without its margin.
Box inside_of(const LabelPaper& paper, std::size_t place) {
    const Box label = box_of(paper, place);
    return {
        label.x + label_margin_mm,
        label.y + label_margin_mm,
        label.width - 2 * label_margin_mm,
        label.height - 2 * label_margin_mm};
}

// Words left, square right, bars and digits beneath. True where the bars fit.
Result<bool> draw_wide(LabelsPen& pen, const Box& inside, const Label& label) {
    const auto square = documents::draw_symbol(SymbolKind::data_matrix, label.code);
    const auto bars = documents::draw_symbol(SymbolKind::code_128, label.code);
    if (!square) {
        return tl::make_unexpected(square.error());
    }
    const double side = square_of(pen, *square);
    const double right = inside.x + inside.width;
    const double bottom = inside.y + inside.height;
    pen.draw({right - side, inside.y, side, side}, *square);
    // What the square holds and the bars do not is only too long for them.
    const double width = bars ? bars_width(pen, *bars, inside.width + 2 * label_margin_mm) : 0;
    const double bars_top = bottom - digits_height - bars_height;
    if (width > 0) {
        pen.draw({inside.x + (inside.width - width) / 2, bars_top, width, bars_height}, *bars);
    }
    pen.write(
        {inside.x, bottom - digits_height, inside.width, digits_height + label_margin_mm / 2},
        label.code,
        wide_digits);
    const Box words{
        inside.x, inside.y - 0.5, inside.width - square_side - 2.5, bars_top - inside.y};
    write_words(
        pen,
        words,
        grown(
            {{label.zh, {3.8, 2.4, true, Align::left}, 2},
             {label.en, {2.6, 2.0, false, Align::left}, 2},
             {label.detail, {2.6, 2.0, false, Align::left}, 1},
             {label.place, {2.6, 2.0, false, Align::left}, 1}},
            words,
            wide_words));
    return width > 0;
}

// Square left with its digits beneath, words right.
Result<bool> draw_slot(LabelsPen& pen, const Box& inside, const Label& label) {
    const auto square = documents::draw_symbol(SymbolKind::data_matrix, label.code);
    if (!square) {
        return tl::make_unexpected(square.error());
    }
    const double side = square_of(pen, *square);
    pen.draw({inside.x, inside.y, side, side}, *square);
    pen.write(
        {inside.x - label_margin_mm / 2,
         inside.y + square_side + 1.2,
         square_side + label_margin_mm,
         inside.height - square_side},
        label.code,
        slot_digits);
    const double left = square_side + 2.0;
    const Box words{
        inside.x + left, inside.y - 0.8, inside.width - left + 1.0, inside.height + 1.0};
    write_words(
        pen,
        words,
        grown(
            {{label.zh, {2.8, 1.9, true, Align::left}, 2},
             {label.detail, {2.3, 1.6, true, Align::left}, 1},
             {label.en, {1.9, 1.5, false, Align::left}, 2},
             {label.place, {1.9, 1.5, false, Align::left}, 1}},
            words,
            slot_words));
    return true;
}

void write_heading(LabelsPen& pen, const LabelPaper& paper, const std::string& text) {
    if (paper.top >= heading_top_min) {
        pen.write({10, paper.top / 2 - 2, paper.page_width - 20, 5}, text, heading_style);
    }
}

// One page after another; the labels before the first place of the first page are used up.
class Sheets {
public:
    Sheets(const SheetPlan& plan, const std::string& heading, const std::vector<Label>& labels)
        : plan_(plan),
          heading_(heading),
          labels_(labels),
          pages_(pages_of(plan, labels.size())),
          pen_({plan.format, plan.paper.page_width, plan.paper.page_height, plan.dpi}, heading) {
        pen_.move(plan.offset_x, plan.offset_y);
    }

    Result<LabelSheets> drawn() {
        const bool one = plan_.format == LabelsFormat::svg;
        for (std::size_t page = one ? plan_.page : 1; page <= (one ? plan_.page : pages_); ++page) {
            if (const auto done = draw_page(page); !done) {
                return tl::make_unexpected(done.error());
            }
        }
        if (!pen_.unwritable().empty()) {
            return refused(
                ErrorCode::unavailable,
                "no font here has every letter of \"" + shortened(pen_.unwritable())
                    + "\": install fonts-wqy-microhei");
        }
        return LabelSheets{pen_.finish(), pages_, std::move(without_bars_)};
    }

private:
    Result<void> draw_page(std::size_t page) {
        const LabelPaper& paper = plan_.paper;
        write_heading(
            pen_, paper, heading_ + "  " + std::to_string(page) + "/" + std::to_string(pages_));
        for (std::size_t place = 0; place < paper.per_page(); ++place) {
            if (plan_.format == LabelsFormat::svg) {
                pen_.outline(box_of(paper, place));
            }
            const std::size_t number = (page - 1) * paper.per_page() + place + 1;
            if (number < plan_.start || number - plan_.start >= labels_.size()) {
                continue;
            }
            const auto done = draw_label(inside_of(paper, place), labels_[number - plan_.start]);
            if (!done) {
                return done;
            }
        }
        pen_.end_page();
        return {};
    }

    Result<void> draw_label(const Box& inside, const Label& label) {
        const auto drawn =
            has_bars(plan_) ? draw_wide(pen_, inside, label) : draw_slot(pen_, inside, label);
        if (!drawn) {
            return tl::make_unexpected(drawn.error());
        }
        if (!*drawn) {
            without_bars_.push_back(label.code);
        }
        return {};
    }

    const SheetPlan& plan_;
    const std::string& heading_;
    const std::vector<Label>& labels_;
    std::size_t pages_;
    LabelsPen pen_;
    std::vector<std::string> without_bars_;
};

Result<void> check_count(const SheetPlan& plan, std::size_t labels) {
    const std::size_t most = plan.format == LabelsFormat::zpl ? zpl_labels_max : labels_max;
    if (labels == 0 || labels > most) {
        return refused(
            labels == 0 ? ErrorCode::not_found : ErrorCode::too_large,
            std::to_string(labels) + " labels: must be 1 to " + std::to_string(most));
    }
    const std::size_t pages = pages_of(plan, labels);
    if (plan.format == LabelsFormat::svg && (plan.page < 1 || plan.page > pages)) {
        return refused(
            ErrorCode::not_found,
            "there is no page " + std::to_string(plan.page) + " of " + std::to_string(pages));
    }
    return {};
}

} // namespace

Result<LabelSheets>
draw_labels(const SheetPlan& plan, const std::string& heading, const std::vector<Label>& labels) {
    const auto checked = check_plan(plan);
    if (!checked) {
        return tl::make_unexpected(checked.error());
    }
    if (const auto counted = check_count(plan, labels.size()); !counted) {
        return tl::make_unexpected(counted.error());
    }
    return Sheets(plan, heading, labels).drawn();
}

} // namespace cartwatch::documents
