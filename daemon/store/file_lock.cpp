#include "daemon/store/file_lock.hpp"

#include "daemon/store/failure.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace cartwatch::store {

FileLock::FileLock(const std::filesystem::path& database) {
    const std::filesystem::path path = database.string() + ".lock";
    descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (descriptor_ < 0) {
        throw StoreFailure(
            FailureKind::missing,
            path.string() + ": " + std::strerror(errno)
                + ": check that the folder is there and may be written");
    }
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        const int error = errno;
        ::close(std::exchange(descriptor_, -1));
        throw StoreFailure(
            error == EWOULDBLOCK ? FailureKind::in_use : FailureKind::io,
            error == EWOULDBLOCK
                ? database.string() + ": in use by another Cartwatch process: stop that one first"
                : path.string() + ": " + std::strerror(error)
                      + ": put the database on a local disk");
    }
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) {
        ::close(descriptor_);
    }
}

} // namespace cartwatch::store
