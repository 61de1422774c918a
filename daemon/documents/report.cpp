#include "daemon/reports/report.hpp"

#include "daemon/documents/documents.hpp"
#include "daemon/documents/labels_pen.hpp"

#include <algorithm>

namespace cartwatch::documents {

using namespace reports;

namespace {

// Millimetres of A4 in upright format; the left edge leaves room for a file's holes.
constexpr double left = 20;
constexpr double width = a4_width_mm - left - 12;
constexpr double header_top = 9;
constexpr double body_top = 17;
constexpr double body_bottom = a4_height_mm - 17;
constexpr double footer_top = a4_height_mm - 13;

constexpr Style report_title_style{6.0, 6.0, true, Align::left};
constexpr Style section_style{4.2, 4.2, true, Align::left};
constexpr Style report_note_style{2.8, 2.8, false, Align::left};
constexpr Style cell_style{2.7, 2.7, false, Align::left};
constexpr Style cell_number_style{2.7, 2.7, false, Align::right};
constexpr Style head_style{2.7, 2.7, true, Align::left};
constexpr Style head_number_style{2.7, 2.7, true, Align::right};
constexpr Style edge_style{2.6, 1.8, false, Align::left};
constexpr Style edge_right_style{2.6, 1.8, false, Align::right};

constexpr double cell_gap = 2.4; // from a cell's words to the next cell
constexpr double fact_name_width = 38;
constexpr double section_gap = 6;
constexpr double orphan_height = 24; // a heading takes at least so much with it onto a page
// A cell that is taller would leave pages half empty; its words end in "…".
constexpr double cell_height_max = 60;

std::string filled(std::string text, std::string_view name, std::size_t number) {
    const std::size_t at = text.find(name);
    return at == std::string::npos ? text : text.replace(at, name.size(), std::to_string(number));
}

// Lays the report out page by page. The first run counts the pages, for the second to say.
class Pages {
public:
    Pages(const Report& report, std::size_t pages)
        : report_(report),
          pages_(pages),
          pen_({LabelsFormat::pdf, a4_width_mm, a4_height_mm, 0}, report.title) {}

    void draw() {
        begin_page();
        y_ += pen_.write({left, y_, width, 30}, report_.title, report_title_style) + 3;
        for (const ReportSection& section : report_.sections) {
            draw(section);
        }
        pen_.end_page();
    }

    [[nodiscard]] std::size_t page() const {
        return page_;
    }

    LabelsPen& pen() {
        return pen_;
    }

private:
    void begin_page() {
        ++page_;
        y_ = body_top;
        pen_.write({left, header_top, width, 5}, report_.heading, edge_style);
        pen_.line(left, header_top + 5.2, left + width, header_top + 5.2);
        const std::string numbers =
            filled(filled(report_.numbers, "{pages}", pages_), "{page}", page_);
        pen_.line(left, footer_top - 1, left + width, footer_top - 1);
        pen_.write({left, footer_top, width - 40, 5}, report_.footing, edge_style);
        pen_.write({left + width - 40, footer_top, 40, 5}, numbers, edge_right_style);
    }

    void next_page() {
        pen_.end_page();
        begin_page();
    }

    // Room for so much on this page, or on a new one.
    void need(double height) {
        if (y_ + height > body_bottom && y_ > body_top) {
            next_page();
        }
    }

    void draw(const ReportSection& section) {
        if (section.new_page && y_ > body_top) {
            next_page();
        }
        need(orphan_height);
        y_ += y_ > body_top ? section_gap : 0;
        y_ += pen_.write({left, y_, width, 20}, section.heading, section_style) + 1.5;
        if (!section.note.empty()) {
            const double height = pen_.height_of(width, section.note, report_note_style);
            need(height);
            pen_.write({left, y_, width, height + 1}, section.note, report_note_style);
            y_ += height + 1.5;
        }
        for (const auto& [name, value] : section.facts) {
            draw_fact(name, value);
        }
        for (const ReportTable& table : section.tables) {
            draw(table);
        }
    }

    void draw_fact(const std::string& name, const std::string& value) {
        const double room = width - fact_name_width;
        const double height = std::max(
            pen_.height_of(fact_name_width, name, head_style),
            pen_.height_of(room, value, cell_style));
        need(height);
        pen_.write({left, y_, fact_name_width, height + 1}, name, head_style);
        pen_.write({left + fact_name_width, y_, room, height + 1}, value, cell_style);
        y_ += height + 0.8;
    }

    void draw(const ReportTable& table) {
        if (table.rows.empty()) {
            return;
        }
        double shares = 0;
        for (const ReportColumn& column : table.columns) {
            shares += column.share;
        }
        ReportRow titles;
        std::vector<double> widths;
        for (const ReportColumn& column : table.columns) {
            titles.push_back(column.title);
            widths.push_back(width * column.share / shares);
        }
        const double head = height_of(titles, table, widths, true);
        bool is_headed = false;
        for (const ReportRow& row : table.rows) {
            const double height = height_of(row, table, widths, false);
            const bool fits = y_ + height + (is_headed ? 0 : head) <= body_bottom;
            if (!fits && y_ > body_top) {
                next_page();
                is_headed = false;
            }
            if (!is_headed) {
                draw_row(titles, table, widths, head, true);
                is_headed = true;
            }
            draw_row(row, table, widths, height, false);
        }
        y_ += 2;
    }

    static const Style& style_of(const ReportColumn& column, bool is_head) {
        if (is_head) {
            return column.right ? head_number_style : head_style;
        }
        return column.right ? cell_number_style : cell_style;
    }

    double height_of(
        const ReportRow& row,
        const ReportTable& table,
        const std::vector<double>& widths,
        bool is_head) const {
        double height = 3.5;
        for (std::size_t i = 0; i < row.size(); ++i) {
            height = std::max(
                height,
                pen_.height_of(widths[i] - cell_gap, row[i], style_of(table.columns[i], is_head)));
        }
        return std::min(height, cell_height_max) + 1.2;
    }

    void draw_row(
        const ReportRow& row,
        const ReportTable& table,
        const std::vector<double>& widths,
        double height,
        bool is_head) {
        double x = left;
        for (std::size_t i = 0; i < row.size(); ++i) {
            pen_.write(
                {x, y_ + 0.4, widths[i] - cell_gap, height},
                row[i],
                style_of(table.columns[i], is_head));
            x += widths[i];
        }
        y_ += height;
        if (is_head) {
            pen_.line(left, y_, left + width, y_);
        } else {
            pen_.faint_line(left, y_, left + width, y_);
        }
    }

    const Report& report_;
    std::size_t pages_;
    std::size_t page_ = 0;
    double y_ = body_top;
    LabelsPen pen_;
};

Result<void> check_report(const Report& report) {
    std::size_t rows = 0;
    for (const ReportSection& section : report.sections) {
        for (const ReportTable& table : section.tables) {
            rows += table.rows.size();
            const bool fits = std::ranges::all_of(table.rows, [&](const ReportRow& row) {
                return row.size() == table.columns.size();
            });
            if (!fits) {
                return refused(
                    ErrorCode::bad_input,
                    "a row of \"" + section.heading + "\" is not as long as its columns");
            }
        }
    }
    if (rows > report_rows_max) {
        return refused(
            ErrorCode::too_large,
            "a report of " + std::to_string(rows) + " rows: at most "
                + std::to_string(report_rows_max) + " are drawn");
    }
    return {};
}

} // namespace

Result<std::string> draw_report(const Report& report) {
    if (const auto checked = check_report(report); !checked) {
        return tl::make_unexpected(checked.error());
    }
    Pages counted(report, 0);
    counted.draw();
    Pages pages(report, counted.page());
    pages.draw();
    if (!pages.pen().unwritable().empty()) {
        return refused(
            ErrorCode::unavailable,
            "no font of this machine has the letters of \"" + pages.pen().unwritable()
                + "\": install fonts-wqy-microhei");
    }
    return pages.pen().finish();
}

} // namespace cartwatch::documents
