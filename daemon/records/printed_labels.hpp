// Labels for the page, drawn on the thread for long reads: no scan waits for a sheet.
#pragma once

#include "daemon/records/reading_thread.hpp"
#include "daemon/web/service.hpp"

#include <filesystem>

namespace cartwatch::records {

// Badges are not among them: a badge's code is what its bearer signs with, and the page asks nobody
// who they are. Both arguments outlive what is returned.
[[nodiscard]] web::PrintedLabels
printed_labels(ReadingThread& thread, const std::filesystem::path& store_file);

} // namespace cartwatch::records
