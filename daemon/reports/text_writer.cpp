#include "daemon/reports/csv.hpp"
#include "daemon/reports/table_writer.hpp"
#include "scanner/values/ensure.hpp"

#include <nlohmann/json.hpp>

#include <stdexcept>

namespace cartwatch::reports {

namespace {

struct TextOf {
    std::string operator()(std::monostate) const {
        return {};
    }

    std::string operator()(const std::string& text) const {
        return guarded_cell(text);
    }

    std::string operator()(std::int64_t number) const {
        return std::to_string(number);
    }

    std::string operator()(Day day) const {
        return to_text(day);
    }

    std::string operator()(Instant instant) const {
        return to_text(instant);
    }
};

struct JsonOf {
    nlohmann::ordered_json operator()(std::monostate) const {
        return nullptr;
    }

    nlohmann::ordered_json operator()(const std::string& text) const {
        return text;
    }

    nlohmann::ordered_json operator()(std::int64_t number) const {
        return number;
    }

    nlohmann::ordered_json operator()(Day day) const {
        return to_text(day);
    }

    nlohmann::ordered_json operator()(Instant instant) const {
        return to_text(instant);
    }
};

void write(std::ostream& out, const std::string& text) {
    if (!out.write(text.data(), static_cast<std::streamsize>(text.size()))) {
        throw std::runtime_error("writing the export failed: is the disk full?");
    }
}

class CsvWriter final : public TableWriter {
public:
    CsvWriter(const std::vector<Column>& columns, std::ostream& out, ByteOrderMark mark)
        : count_(columns.size()), out_(out) {
        std::vector<std::string> header;
        for (const Column& column : columns) {
            header.emplace_back(column.zh);
        }
        write(out_, (mark == ByteOrderMark::yes ? "\xEF\xBB\xBF" : "") + csv_record(header));
    }

    void row(const std::vector<Value>& values) override {
        ensure(values.size() == count_, "a row has a value for each column");
        std::vector<std::string> cells;
        cells.reserve(values.size());
        for (const Value& value : values) {
            cells.push_back(std::visit(TextOf{}, value));
        }
        write(out_, csv_record(cells));
    }

    void finish() override {
        out_.flush();
        write(out_, "");
    }

private:
    std::size_t count_;
    std::ostream& out_;
};

class JsonWriter final : public TableWriter {
public:
    JsonWriter(const std::vector<Column>& columns, std::ostream& out)
        : columns_(columns), out_(out) {}

    void row(const std::vector<Value>& values) override {
        ensure(values.size() == columns_.size(), "a row has a value for each column");
        nlohmann::ordered_json json;
        for (std::size_t i = 0; i < values.size(); ++i) {
            json[std::string(columns_[i].id)] = std::visit(JsonOf{}, values[i]);
        }
        write(out_, json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n");
    }

    void finish() override {
        out_.flush();
        write(out_, "");
    }

private:
    std::vector<Column> columns_;
    std::ostream& out_;
};

} // namespace

std::unique_ptr<TableWriter> text_writer(
    Format format, const std::vector<Column>& columns, std::ostream& out, ByteOrderMark mark) {
    ensure(format != Format::xlsx, "a workbook is a file, not a text");
    if (format == Format::csv) {
        return std::make_unique<CsvWriter>(columns, out, mark);
    }
    return std::make_unique<JsonWriter>(columns, out);
}

} // namespace cartwatch::reports
