// Keeps a second daemon off the same database: an advisory lock on a file beside it, which the
// system releases when the process ends, however it ends.
#pragma once

#include <filesystem>

namespace cartwatch::store {

class FileLock {
public:
    // Takes the lock of this database or throws StoreFailure (in_use, missing).
    explicit FileLock(const std::filesystem::path& database);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

private:
    int descriptor_ = -1;
};

} // namespace cartwatch::store
