#include "daemon/commands/export.hpp"

#include "daemon/clock/calendar.hpp"
#include "daemon/commands/store_status.hpp"
#include "daemon/exports/export.hpp"
#include "daemon/node/node.hpp"
#include "daemon/reports/table_writer.hpp"

#include <chrono>
#include <fstream>
#include <ostream>

namespace cartwatch::commands {

namespace {

namespace fs = std::filesystem;

constexpr const char* export_prefix = "cartwatch export: ";

reports::Format format_of(const std::string& text) {
    return text == "xlsx"   ? reports::Format::xlsx
           : text == "json" ? reports::Format::json
                            : reports::Format::csv;
}

reports::ByteOrderMark mark_of(const ExportArguments& arguments) {
    return arguments.no_bom ? reports::ByteOrderMark::no : reports::ByteOrderMark::yes;
}

// Rows so far, their rate and the time left, at most ten times a second.
class Progress {
public:
    Progress(bool shown, std::int64_t total, std::ostream& err)
        : shown_(shown), total_(total), err_(err) {}

    void one_more() {
        ++rows_;
        const auto now = std::chrono::steady_clock::now();
        if (shown_ && now - last_ >= std::chrono::milliseconds{100}) {
            last_ = now;
            print(now);
        }
    }

    void finish() {
        if (shown_) {
            print(std::chrono::steady_clock::now());
            err_ << '\n';
        }
    }

private:
    void print(std::chrono::steady_clock::time_point now) {
        const double seconds = std::chrono::duration<double>(now - begin_).count();
        const double rate = seconds > 0 ? static_cast<double>(rows_) / seconds : 0;
        err_ << '\r' << rows_ << " rows, " << static_cast<std::int64_t>(rate) << "/s";
        if (rate > 0 && total_ > rows_) {
            err_ << ", at most "
                 << static_cast<std::int64_t>(static_cast<double>(total_ - rows_) / rate) + 1
                 << " s left";
        }
        err_ << "   " << std::flush;
    }

    bool shown_;
    std::int64_t total_;
    std::ostream& err_;
    std::int64_t rows_ = 0;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::chrono::steady_clock::time_point last_ = begin_;
};

void write_rows(
    store::Reader& reader,
    reports::TableWriter& writer,
    store::Question question,
    const ExportArguments& arguments,
    std::ostream& err) {
    const auto calendar = clock::Calendar::of_zone(arguments.node.common.time_zone);
    const exports::Range range{
        arguments.from,
        arguments.to,
        [&](Day day) { return calendar->begin_of(day); },
        calendar->day_of(clock::system_now()),
        [&](Instant at) { return calendar->day_of(at); }};
    Progress progress(arguments.terminal, reader.count(question), err);
    exports::for_each_row(reader, question, range, [&](const std::vector<reports::Value>& row) {
        writer.row(row);
        progress.one_more();
    });
    writer.finish();
    progress.finish();
}

// A file beside the one asked for; removed unless it was given its name.
class UnfinishedFile {
public:
    explicit UnfinishedFile(const fs::path& final_name)
        : final_(final_name), unfinished_(final_name.string() + ".unfinished") {
        fs::remove(unfinished_);
    }

    UnfinishedFile(const UnfinishedFile&) = delete;
    UnfinishedFile& operator=(const UnfinishedFile&) = delete;
    UnfinishedFile(UnfinishedFile&&) = delete;
    UnfinishedFile& operator=(UnfinishedFile&&) = delete;

    ~UnfinishedFile() {
        std::error_code ignored; // there is nothing left to remove after finish()
        fs::remove(unfinished_, ignored);
    }

    [[nodiscard]] const fs::path& path() const {
        return unfinished_;
    }

    void finish() {
        fs::rename(unfinished_, final_);
    }

private:
    fs::path final_;
    fs::path unfinished_;
};

void write_file(
    store::Reader& reader,
    store::Question question,
    const ExportArguments& arguments,
    std::ostream& err) {
    UnfinishedFile file(arguments.output);
    const reports::Format format = format_of(arguments.format);
    const auto& columns = exports::columns_of(question);
    if (format == reports::Format::xlsx) {
        const auto writer = reports::xlsx_writer(columns, exports::title_of(question), file.path());
        write_rows(reader, *writer, question, arguments, err);
    } else {
        std::ofstream stream(file.path(), std::ios::binary);
        if (!stream) {
            throw std::runtime_error(
                file.path().string()
                + ": cannot be written; name a file in a folder that is there");
        }
        const auto writer = reports::text_writer(format, columns, stream, mark_of(arguments));
        write_rows(reader, *writer, question, arguments, err);
        stream.close();
        if (!stream) {
            throw std::runtime_error(file.path().string() + ": writing failed; is the disk full?");
        }
    }
    file.finish();
}

} // namespace

int run_export(const ExportArguments& arguments, std::ostream& out, std::ostream& err) {
    const auto question = exports::question_of(arguments.what);
    if (!question) {
        err << export_prefix << "\"" << arguments.what << "\" cannot be exported\n";
        return 2;
    }
    if (arguments.from && arguments.to && *arguments.from > *arguments.to) {
        err << export_prefix << "--from " << to_text(*arguments.from) << " is after --to "
            << to_text(*arguments.to) << '\n';
        return 2;
    }
    if (*question == store::Question::stock && (arguments.from || arguments.to)) {
        err << export_prefix << "stock is what the carts hold now; leave out --from and --to\n";
        return 2;
    }
    if (*question == store::Question::rotation && arguments.from) {
        err << export_prefix << "rotation plans for what expires from today on; leave out --from\n";
        return 2;
    }
    if (arguments.output.empty() && arguments.format == "xlsx") {
        err << export_prefix << "a workbook needs a file; name it with --output\n";
        return 2;
    }
    if (!arguments.output.empty() && fs::exists(arguments.output) && !arguments.force) {
        err << export_prefix << arguments.output.string()
            << " is there already; replace it with --force\n";
        return 2;
    }
    if (const auto zone = clock::Calendar::of_zone(arguments.node.common.time_zone); !zone) {
        err << export_prefix << zone.error().text << '\n';
        return 2;
    }
    try {
        // Opened before anything is written: a store that is not there leaves no half report.
        store::Reader reader(node::store_file(arguments.node.common));
        if (arguments.output.empty()) {
            const auto writer = reports::text_writer(
                format_of(arguments.format),
                exports::columns_of(*question),
                out,
                mark_of(arguments));
            write_rows(reader, *writer, *question, arguments, err);
        } else {
            write_file(reader, *question, arguments, err);
        }
        return 0;
    } catch (const store::StoreFailure& failure) {
        err << export_prefix;
        return status_of(failure, err);
    } catch (const std::exception& error) {
        err << export_prefix << error.what() << '\n';
        return 3;
    }
}

} // namespace cartwatch::commands
