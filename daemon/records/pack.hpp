// An inspection pack as a download: the zip that `cartwatch pack` makes, of a journal that a daemon
// can go through beside its work.
#pragma once

#include "daemon/records/downloads.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace cartwatch::records {

// About 1 kB of memory each while the pack is made: 200 MB. `cartwatch pack` takes ten times more.
inline constexpr std::int64_t pack_entries_max = 200'000;

// Writes the file, with the words of the catalogues in the folder `texts`; on the thread for it.
// Refused as inspection::make_pack; the text is empty. Throws StoreFailure, and std::runtime_error
// where a file cannot be written.
[[nodiscard]] Result<std::string> write_pack(
    const std::filesystem::path& store_file,
    const std::filesystem::path& texts,
    const web::ExportRequest& request,
    const clock::Calendar& calendar,
    const DownloadMoment& moment,
    const std::filesystem::path& file);

} // namespace cartwatch::records
