#include "daemon/commands/pack.hpp"

#include "daemon/clock/calendar.hpp"
#include "daemon/commands/store_status.hpp"
#include "daemon/inspection/make.hpp"
#include "daemon/inspection/verify.hpp"
#include "daemon/node/node.hpp"
#include "daemon/reports/archive.hpp"
#include "daemon/texts/installed.hpp"

#include <algorithm>
#include <ostream>
#include <stdexcept>

namespace cartwatch::commands {

namespace {

namespace fs = std::filesystem;
using std::chrono::days;

constexpr const char* pack_prefix = "cartwatch pack: ";

// A folder beside the one asked for; removed unless it was given its name.
class UnfinishedFolder {
public:
    explicit UnfinishedFolder(const fs::path& final_name)
        : final_(final_name), unfinished_(final_name.string() + ".unfinished") {
        fs::remove_all(unfinished_);
        if (!fs::create_directory(unfinished_)) {
            throw std::runtime_error(
                unfinished_.string() + ": cannot be made; name a folder in a folder that is there");
        }
    }

    UnfinishedFolder(const UnfinishedFolder&) = delete;
    UnfinishedFolder& operator=(const UnfinishedFolder&) = delete;
    UnfinishedFolder(UnfinishedFolder&&) = delete;
    UnfinishedFolder& operator=(UnfinishedFolder&&) = delete;

    ~UnfinishedFolder() {
        std::error_code ignored; // there is nothing left to remove after finish()
        fs::remove_all(unfinished_, ignored);
    }

    [[nodiscard]] const fs::path& path() const {
        return unfinished_;
    }

    // In the place of a pack that is there: until then that one is whole.
    void finish() {
        const fs::path replaced = final_.string() + ".replaced";
        if (fs::exists(final_)) {
            fs::remove_all(replaced);
            fs::rename(final_, replaced);
        }
        fs::rename(unfinished_, final_);
        fs::remove_all(replaced);
    }

private:
    fs::path final_;
    fs::path unfinished_;
};

inspection::PackRequest
request_of(const PackArguments& arguments, const clock::Calendar& calendar) {
    inspection::PackRequest request;
    request.today = calendar.day_of(arguments.now);
    request.to = arguments.to.value_or(request.today);
    request.from =
        arguments.from.value_or(std::min(request.to, request.today) - days(figures_days - 1));
    request.stations = arguments.stations;
    request.now = arguments.now;
    request.node = arguments.node.common.node;
    request.time_zone = calendar.zone();
    request.begin_of = [&calendar](Day day) { return calendar.begin_of(day); };
    request.shifts_at = [&calendar](Instant at, std::span<const int> hours) {
        return calendar.shifts_at(at, hours);
    };
    request.entries_max = arguments.entries_max;
    return request;
}

Result<inspection::Voice>
voice_of(const PackArguments& arguments, const clock::Calendar& calendar) {
    auto catalogue = texts::Catalogue::load(
        arguments.texts.empty() ? texts::installed_catalogues() : arguments.texts,
        arguments.language);
    if (!catalogue) {
        return tl::unexpected(catalogue.error());
    }
    return inspection::Voice{
        std::move(*catalogue),
        arguments.language,
        [&calendar](Instant at) { return calendar.wall_clock(at); },
        arguments.hospital.empty() ? arguments.node.common.node : arguments.hospital};
}

// "cartwatch-pack-2026-10-24-2026-11-22" where no name was given; without a slash at its end.
fs::path folder_of(const PackArguments& arguments, const inspection::PackRequest& request) {
    if (arguments.output.empty()) {
        return "cartwatch-pack-" + to_text(request.from) + "-" + to_text(request.to);
    }
    return arguments.output.has_filename() ? arguments.output : arguments.output.parent_path();
}

fs::path zip_of(const fs::path& folder) {
    return folder.string() + ".zip";
}

// What somebody keeps there and is no pack is never replaced.
Result<void> check_place(const PackArguments& arguments, const fs::path& folder) {
    const bool force = arguments.force;
    if (arguments.zip && !force && fs::exists(zip_of(folder))) {
        return refused(
            ErrorCode::conflict,
            zip_of(folder).string() + " is there already; replace it with --force");
    }
    if (!fs::exists(folder)) {
        return {};
    }
    if (!force) {
        return refused(
            ErrorCode::conflict, folder.string() + " is there already; replace it with --force");
    }
    if (!fs::exists(folder / std::string(pack::manifest_name))) {
        return refused(
            ErrorCode::conflict, folder.string() + " is no pack: it is not replaced; name another");
    }
    return {};
}

std::string entries_of(std::int64_t entries) {
    return std::to_string(entries) + (entries == 1 ? " entry" : " entries");
}

void tell(const pack::Manifest& manifest, const std::string& seal, std::ostream& out) {
    for (const pack::PackJournal& journal : manifest.journals) {
        out << journal.node << ": entries " << journal.first << " to " << journal.last << ", hash "
            << journal.head << '\n';
    }
    out << "seal " << seal << '\n';
}

Result<void> make(
    const PackArguments& arguments,
    const clock::Calendar& calendar,
    std::ostream& out,
    std::ostream& err) {
    const inspection::PackRequest request = request_of(arguments, calendar);
    const fs::path folder = folder_of(arguments, request);
    if (const auto place = check_place(arguments, folder); !place) {
        return place;
    }
    const fs::path store_file = node::store_file(arguments.node.common);
    // Before anything is written: a store that is not there leaves nothing behind.
    { const store::Reader reader(store_file); }
    const auto voice = voice_of(arguments, calendar);
    if (!voice) {
        return tl::unexpected(voice.error());
    }
    UnfinishedFolder unfinished(folder);
    inspection::Progress progress;
    if (arguments.terminal) {
        progress = [&err](int done, int parts) {
            err << '\r' << done << " of " << parts << " parts" << (done == parts ? "\n" : "")
                << std::flush;
        };
    }
    const auto made =
        inspection::make_pack(store_file, request, *voice, unfinished.path(), progress);
    if (!made) {
        return tl::unexpected(made.error());
    }
    if (arguments.zip) {
        const fs::path half = zip_of(folder).string() + ".unfinished";
        fs::remove(half);
        const auto zipped =
            reports::write_archive(unfinished.path(), folder.filename().string(), half);
        if (!zipped) {
            return zipped;
        }
        unfinished.finish();
        fs::rename(half, zip_of(folder));
    } else {
        unfinished.finish();
    }
    out << folder.string() << ": " << made->manifest.files.size() + 1 << " files, "
        << to_text(request.from) << " to " << to_text(request.to) << '\n';
    tell(made->manifest, made->seal, out);
    return {};
}

} // namespace

int run_pack(const PackArguments& arguments, std::ostream& out, std::ostream& err) {
    const auto calendar = clock::Calendar::of_zone(arguments.node.common.time_zone);
    if (!calendar) {
        err << pack_prefix << calendar.error().text << '\n';
        return 2;
    }
    try {
        if (const auto made = make(arguments, *calendar, out, err); !made) {
            err << pack_prefix << made.error().text << '\n';
            return 2;
        }
        return 0;
    } catch (const store::StoreFailure& failure) {
        err << pack_prefix;
        return status_of(failure, err);
    } catch (const std::exception& error) {
        err << pack_prefix << error.what() << '\n';
        return 3;
    }
}

int run_verify_pack(const fs::path& pack, std::ostream& out, std::ostream& err) {
    try {
        const auto verified = inspection::verify_pack(pack);
        if (!verified) {
            err << pack.string() << ": does not hold: " << verified.error().text << '\n';
            return 1;
        }
        const pack::Manifest& manifest = verified->manifest;
        out << pack.string() << ": holds: " << manifest.files.size() + 1 << " files, "
            << entries_of(verified->entries) << " with their hash";
        if (verified->withheld > 0) {
            out << ", and " << verified->withheld << " without a body that bear one";
        }
        out << "; made at " << to_text(manifest.made_at) << " by " << manifest.node << '\n';
        tell(manifest, verified->seal, out);
        return 0;
    } catch (const std::exception& error) {
        err << pack.string() << ": " << error.what() << '\n';
        return 3;
    }
}

} // namespace cartwatch::commands
