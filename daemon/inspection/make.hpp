// Writes an inspection pack into a folder: its tables, its report, its part of the journal, and the
// manifest by which anybody can tell that nothing of it was changed.
#pragma once

#include "daemon/inspection/gathered.hpp"
#include "daemon/inspection/report.hpp"
#include "daemon/pack/manifest.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace cartwatch::inspection {

// So many of so many parts are done.
using Progress = std::function<void(int done, int parts)>;

struct Made {
    pack::Manifest manifest;
    std::string seal; // of the manifest: the pack's number
};

// Into an empty folder, which holds a whole pack only after it. `progress` may be empty. Refused as
// gather() refuses; throws StoreFailure, and std::runtime_error where a file cannot be written.
[[nodiscard]] Result<Made> make_pack(
    const std::filesystem::path& store_file,
    PackRequest request,
    const Voice& voice,
    const std::filesystem::path& folder,
    const Progress& progress);

} // namespace cartwatch::inspection
