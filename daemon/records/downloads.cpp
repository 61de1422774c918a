#include "daemon/records/downloads.hpp"

#include "daemon/exports/export.hpp"
#include "daemon/records/pack.hpp"
#include "daemon/reports/table_writer.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/texts/installed.hpp"

#include <fstream>
#include <memory>
#include <stdexcept>
#include <utility>

namespace cartwatch::records {

namespace {

namespace fs = std::filesystem;

// A part of a download: a few hundred chunks of a year's checks.
constexpr std::size_t part_bytes = 256 * 1024;

constexpr std::string_view media_type_of(std::string_view format) {
    if (format == "zip") {
        return "application/zip";
    }
    if (format == "xlsx") {
        return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    }
    return format == "json" ? "application/x-ndjson" : "text/csv; charset=utf-8";
}

// "cartwatch-checks-2026-08-30-2026-11-22.xlsx"; an end that is open is left out.
std::string file_name_of(const web::ExportRequest& request) {
    std::string name = "cartwatch-" + request.what;
    name += request.from ? "-" + to_text(*request.from) : "";
    name += request.to ? "-" + to_text(*request.to) : "";
    return name + "." + (request.format == "json" ? "jsonl" : request.format);
}

void write_rows(
    store::Reader& reader,
    reports::TableWriter& writer,
    store::Question question,
    const exports::Range& range) {
    exports::for_each_row(
        reader, question, range, [&](const std::vector<reports::Value>& row) { writer.row(row); });
    writer.finish();
}

void write_file(
    const fs::path& store_file,
    const web::ExportRequest& request,
    const clock::Calendar& calendar,
    Day today,
    const fs::path& file) {
    const store::Question question = *exports::question_of(request.what);
    const auto& columns = exports::columns_of(question);
    const exports::Range range{
        request.from,
        request.to,
        [&](Day day) { return calendar.begin_of(day); },
        today,
        [&](Instant at) { return calendar.day_of(at); }};
    store::Reader reader(store_file);
    if (request.format == "xlsx") {
        const auto writer = reports::xlsx_writer(columns, exports::title_of(question), file);
        write_rows(reader, *writer, question, range);
        return;
    }
    std::ofstream stream(file, std::ios::binary);
    const bool as_json = request.format == "json";
    const auto writer = reports::text_writer(
        as_json ? reports::Format::json : reports::Format::csv, columns, stream);
    write_rows(reader, *writer, question, range);
    stream.close();
    if (!stream) {
        throw std::runtime_error(file.string() + ": writing failed; is the disk full?");
    }
}

// A file that is gone with its last holder, whatever became of the download.
struct Unkept {
    explicit Unkept(fs::path at) : path(std::move(at)) {}

    Unkept(const Unkept&) = delete;
    Unkept& operator=(const Unkept&) = delete;
    Unkept(Unkept&&) = delete;
    Unkept& operator=(Unkept&&) = delete;

    ~Unkept() {
        std::error_code ignored; // the folder is emptied at the next start
        fs::remove(path, ignored);
    }

    fs::path path;
    std::ifstream stream;
};

Result<std::string> next_part(Unkept& file) {
    if (!file.stream.is_open()) {
        file.stream.open(file.path, std::ios::binary);
    }
    std::string part(part_bytes, '\0');
    file.stream.read(part.data(), static_cast<std::streamsize>(part.size()));
    if (file.stream.bad() || (!file.stream && !file.stream.eof())) {
        return refused(ErrorCode::unavailable, file.path.string() + " cannot be read");
    }
    part.resize(static_cast<std::size_t>(file.stream.gcount()));
    return part;
}

web::ExportStream
stream_of(ReadingThread& thread, const web::ExportRequest& request, std::shared_ptr<Unkept> file) {
    web::ExportStream stream;
    stream.media_type = media_type_of(request.format);
    stream.file_name = file_name_of(request);
    stream.next = [&thread, file = std::move(file)](web::PartDone done) {
        thread.ask([file] { return next_part(*file); }, std::move(done));
    };
    return stream;
}

} // namespace

std::function<void(web::ExportRequest, web::ExportDone)> downloads(
    ReadingThread& thread,
    const fs::path& store_file,
    const fs::path& folder,
    const clock::Calendar& calendar,
    std::function<DownloadMoment()> moment) {
    fs::remove_all(folder); // what a killed daemon left
    auto number = std::make_shared<int>(0);
    return [&thread, &store_file, &folder, &calendar, moment = std::move(moment), number](
               const web::ExportRequest& request, const web::ExportDone& done) {
        const auto file = std::make_shared<Unkept>(folder / std::to_string(++*number));
        const auto work = [&store_file, &folder, &calendar, asked = moment(), request, file] {
            fs::create_directories(folder);
            if (request.what == "pack") {
                return write_pack(
                    store_file,
                    texts::installed_catalogues(),
                    request,
                    calendar,
                    asked,
                    file->path);
            }
            write_file(store_file, request, calendar, asked.today, file->path);
            return Result<std::string>();
        };
        thread.ask(work, [&thread, request, file, done](const Result<std::string>& written) {
            if (written) {
                done(stream_of(thread, request, file));
            } else {
                done(tl::make_unexpected(written.error()));
            }
        });
    };
}

} // namespace cartwatch::records
