// Exports as downloads of the page: written whole into a file beside the store, then sent in parts.
#pragma once

#include "daemon/clock/calendar.hpp"
#include "daemon/records/reading_thread.hpp"
#include "daemon/web/service.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace cartwatch::records {

// What the loop's state has to say when a download is asked for.
struct DownloadMoment {
    Day today;
    Instant now;
    std::string node; // this one's name
};

// As Service::export_data. `folder` holds files only while one is written or sent; it is emptied
// now. `moment` is asked on the loop. What is referred to outlives what is returned.
[[nodiscard]] std::function<void(web::ExportRequest, web::ExportDone)> downloads(
    ReadingThread& thread,
    const std::filesystem::path& store_file,
    const std::filesystem::path& folder,
    const clock::Calendar& calendar,
    std::function<DownloadMoment()> moment);

} // namespace cartwatch::records
