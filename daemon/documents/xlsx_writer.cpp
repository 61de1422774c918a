#include "daemon/documents/documents.hpp"
#include "scanner/values/ensure.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <stdexcept>

namespace cartwatch::documents {

using namespace reports;

namespace {

// ECMA-376's own limit; a longer history is exported as CSV, or by year.
constexpr lxw_row_t rows_max = 1'048'576;

[[noreturn]] void fail(lxw_error error) {
    throw std::runtime_error(std::string("writing the workbook failed: ") + lxw_strerror(error));
}

void check(lxw_error error) {
    if (error != LXW_NO_ERROR) {
        fail(error);
    }
}

// A workbook that is given up half-way: closed, so that nothing leaks; the caller removes the file.
struct GiveUp {
    void operator()(lxw_workbook* workbook) const {
        static_cast<void>(workbook_close(workbook));
    }
};

class XlsxWriter final : public TableWriter {
public:
    XlsxWriter(
        const std::vector<Column>& columns,
        std::string_view title,
        const std::filesystem::path& file)
        : columns_(columns), file_(file.string()) {
        lxw_workbook_options options{};
        options.constant_memory = LXW_TRUE;
        workbook_.reset(workbook_new_opt(file_.c_str(), &options));
        if (!workbook_) {
            throw std::runtime_error("the workbook " + file_ + " cannot be made");
        }
        header_ = workbook_add_format(workbook_.get());
        format_set_bold(header_);
        format_set_bottom(header_, LXW_BORDER_THIN);
        text_ = workbook_add_format(workbook_.get());
        format_set_num_format(text_, "@");
        day_ = workbook_add_format(workbook_.get());
        format_set_num_format(day_, "yyyy-mm-dd");
        sheet_ = workbook_add_worksheet(workbook_.get(), std::string(title).c_str());
        if (!sheet_) {
            throw std::runtime_error("\"" + std::string(title) + "\" cannot name a sheet");
        }
        lay_out();
    }

    void row(const std::vector<Value>& values) override {
        ensure(values.size() == columns_.size(), "a row has a value for each column");
        ++row_;
        if (row_ >= rows_max) {
            throw std::runtime_error(
                "a workbook holds 1048576 rows; export less with --from and --to, or as csv");
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            cell(static_cast<lxw_col_t>(i), values[i]);
        }
    }

    void finish() override {
        if (row_ > 0) {
            check(worksheet_autofilter(
                sheet_, 0, 0, row_, static_cast<lxw_col_t>(columns_.size() - 1)));
        }
        add_dictionary();
        check(workbook_close(workbook_.release()));
    }

private:
    void lay_out() {
        worksheet_freeze_panes(sheet_, 1, 0);
        worksheet_set_landscape(sheet_);
        worksheet_set_paper(sheet_, 9); // A4
        worksheet_fit_to_pages(sheet_, 1, 0);
        worksheet_set_footer(sheet_, "&C&P / &N");
        check(worksheet_repeat_rows(sheet_, 0, 0));
        for (std::size_t i = 0; i < columns_.size(); ++i) {
            const auto column = static_cast<lxw_col_t>(i);
            check(worksheet_set_column(sheet_, column, column, 18, nullptr));
            check(worksheet_write_string(
                sheet_, 0, column, std::string(columns_[i].zh).c_str(), header_));
        }
    }

    void cell(lxw_col_t column, const Value& value) {
        if (const auto* text = std::get_if<std::string>(&value)) {
            check(worksheet_write_string(sheet_, row_, column, text->c_str(), text_));
        } else if (const auto* number = std::get_if<std::int64_t>(&value)) {
            check(worksheet_write_number(
                sheet_, row_, column, static_cast<double>(*number), nullptr));
        } else if (const auto* day = std::get_if<Day>(&value)) {
            const std::chrono::year_month_day date{*day};
            lxw_datetime written{};
            written.year = static_cast<int>(date.year());
            written.month = static_cast<int>(static_cast<unsigned>(date.month()));
            written.day = static_cast<int>(static_cast<unsigned>(date.day()));
            check(worksheet_write_datetime(sheet_, row_, column, &written, day_));
        } else if (const auto* instant = std::get_if<Instant>(&value)) {
            check(worksheet_write_string(sheet_, row_, column, to_text(*instant).c_str(), text_));
        }
    }

    // What each column means, under its stable name, on a sheet of its own.
    void add_dictionary() {
        lxw_worksheet* dictionary = workbook_add_worksheet(workbook_.get(), "数据字典");
        check(worksheet_write_string(dictionary, 0, 0, "column", header_));
        check(worksheet_write_string(dictionary, 0, 1, "列", header_));
        check(worksheet_write_string(dictionary, 0, 2, "meaning", header_));
        check(worksheet_set_column(dictionary, 0, 1, 20, nullptr));
        check(worksheet_set_column(dictionary, 2, 2, 80, nullptr));
        lxw_row_t row = 0;
        for (const Column& column : columns_) {
            ++row;
            check(
                worksheet_write_string(dictionary, row, 0, std::string(column.id).c_str(), text_));
            check(
                worksheet_write_string(dictionary, row, 1, std::string(column.zh).c_str(), text_));
            check(worksheet_write_string(
                dictionary, row, 2, std::string(column.meaning).c_str(), text_));
        }
    }

    std::vector<Column> columns_;
    std::string file_;
    std::unique_ptr<lxw_workbook, GiveUp> workbook_;
    lxw_worksheet* sheet_ = nullptr;
    lxw_format* header_ = nullptr;
    lxw_format* text_ = nullptr;
    lxw_format* day_ = nullptr;
    lxw_row_t row_ = 0;
};

} // namespace

std::unique_ptr<TableWriter> xlsx_writer(
    const std::vector<Column>& columns, std::string_view title, const std::filesystem::path& file) {
    return std::make_unique<XlsxWriter>(columns, title, file);
}

} // namespace cartwatch::documents
