// A folder of files as one zip archive, and back. The only place with libzip beside workbooks.
#pragma once

#include "scanner/values/result.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace cartwatch::reports {

// An archive that is taken apart: a pack of a large hospital's year has 30 files and 2 GB.
inline constexpr std::int64_t archive_files_max = 100;
inline constexpr std::uint64_t archive_bytes_max = 8ULL << 30U; // unpacked

// True where the file begins as a zip archive does.
[[nodiscard]] bool looks_like_archive(const std::filesystem::path& file);

// Every file of the folder, in a folder `inside` of the archive; memory does not grow with them.
// Refused (unavailable) where there is no module for documents. Throws std::runtime_error where
// reading or writing fails.
[[nodiscard]] Result<void> write_archive(
    const std::filesystem::path& folder,
    std::string_view inside,
    const std::filesystem::path& file);

// Its files into an empty folder, without the folder that they lie in. Refused: what is no archive
// or damaged, has files in folders of folders or twice, and what is beyond the limits.
[[nodiscard]] Result<void>
read_archive(const std::filesystem::path& file, const std::filesystem::path& folder);

} // namespace cartwatch::reports
