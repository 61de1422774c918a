// Sheets that somebody hands in over the page, read on the thread for it: a large one takes longer
// than a scan may wait.
#pragma once

#include "daemon/records/reading_thread.hpp"
#include "daemon/web/service.hpp"

#include <functional>
#include <string>

namespace cartwatch::records {

// As Service::read_sheet. `thread` outlives what is returned.
[[nodiscard]] std::function<void(imports::SheetKind, std::string, web::SheetDone)>
sheets(ReadingThread& thread);

} // namespace cartwatch::records
