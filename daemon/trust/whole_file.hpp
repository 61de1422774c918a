// Small files with secrets: written whole or not at all, on disk before anybody is told, readable
// by their owner alone.
#pragma once

#include "scanner/values/result.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace cartwatch::trust {

// The largest file that is read: keys and certificates have some 2 KiB.
inline constexpr std::size_t file_bytes_max = 64 * 1024;

// nullopt where there is no such file; refused (unavailable) where it cannot be read.
[[nodiscard]] Result<std::optional<std::string>> read_file(const std::filesystem::path& path);

// Takes the file's place at once: a reader sees the old one or the new one. Mode 0600; where root
// writes (a command run by hand), the file belongs to the folder's owner, who is the daemon.
// Refused (unavailable) with the cause; then nothing has changed.
[[nodiscard]] Result<void> write_file(const std::filesystem::path& path, std::string_view text);

// Makes the folder, mode 0700, and those above it; one that is there is left as it is.
[[nodiscard]] Result<void> make_folder(const std::filesystem::path& folder);

// Held by whoever changes files of a folder, so that a command and the daemon never write over
// each other's changes. Not waited for: who holds it needs milliseconds, and a command that was
// stopped in between must not stop the daemon.
class FolderLock {
public:
    // Refused (unavailable) while somebody else holds it.
    [[nodiscard]] static Result<FolderLock> take(const std::filesystem::path& folder);

    // Waits for whoever holds it, which is for as long as some files are written: for commands, in
    // whose way a busy daemon must not stand.
    [[nodiscard]] static Result<FolderLock> wait(const std::filesystem::path& folder);

    FolderLock(const FolderLock&) = delete;
    FolderLock& operator=(const FolderLock&) = delete;
    FolderLock(FolderLock&& other) noexcept;
    FolderLock& operator=(FolderLock&& other) noexcept;
    ~FolderLock();

private:
    explicit FolderLock(int file) : file_(file) {}

    [[nodiscard]] static Result<FolderLock> locked(const std::filesystem::path& folder, int how);

    int file_ = -1;
};

} // namespace cartwatch::trust
