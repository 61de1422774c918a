#include "daemon/records/pack.hpp"

#include "daemon/inspection/make.hpp"
#include "daemon/reports/archive.hpp"
#include "daemon/texts/catalogue.hpp"

#include <span>
#include <utility>

namespace cartwatch::records {

namespace fs = std::filesystem;

namespace {

// The pack's files while they are put into the archive.
class Unzipped {
public:
    explicit Unzipped(const fs::path& zip) : path_(zip.string() + ".files") {
        fs::remove_all(path_);
        fs::create_directory(path_);
    }

    Unzipped(const Unzipped&) = delete;
    Unzipped& operator=(const Unzipped&) = delete;
    Unzipped(Unzipped&&) = delete;
    Unzipped& operator=(Unzipped&&) = delete;

    ~Unzipped() {
        std::error_code ignored; // the folder around it is emptied at the next start
        fs::remove_all(path_, ignored);
    }

    [[nodiscard]] const fs::path& path() const {
        return path_;
    }

private:
    fs::path path_;
};

inspection::PackRequest request_of(
    const web::ExportRequest& asked,
    const clock::Calendar& calendar,
    const DownloadMoment& moment) {
    inspection::PackRequest request;
    request.from = *asked.from;
    request.to = *asked.to;
    request.stations = asked.stations;
    request.now = moment.now;
    request.today = moment.today;
    request.node = moment.node;
    request.time_zone = calendar.zone();
    request.begin_of = [&calendar](Day day) { return calendar.begin_of(day); };
    request.shifts_at = [&calendar](Instant at, std::span<const int> hours) {
        return calendar.shifts_at(at, hours);
    };
    request.entries_max = pack_entries_max;
    return request;
}

} // namespace

Result<std::string> write_pack(
    const fs::path& store_file,
    const fs::path& texts,
    const web::ExportRequest& request,
    const clock::Calendar& calendar,
    const DownloadMoment& moment,
    const fs::path& file) {
    auto catalogue = cartwatch::texts::Catalogue::load(texts, request.language);
    if (!catalogue) {
        return tl::unexpected(catalogue.error());
    }
    const inspection::Voice voice{
        std::move(*catalogue),
        request.language,
        [&calendar](Instant at) { return calendar.wall_clock(at); },
        moment.node};
    const Unzipped files(file);
    const auto made = inspection::make_pack(
        store_file, request_of(request, calendar, moment), voice, files.path(), {});
    if (!made) {
        return tl::unexpected(made.error());
    }
    const std::string inside =
        "cartwatch-pack-" + to_text(*request.from) + "-" + to_text(*request.to);
    const auto zipped = reports::write_archive(files.path(), inside, file);
    return zipped ? Result<std::string>(std::string()) : tl::unexpected(zipped.error());
}

} // namespace cartwatch::records
