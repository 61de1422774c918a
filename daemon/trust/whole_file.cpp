#include "daemon/trust/whole_file.hpp"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cartwatch::trust {

namespace fs = std::filesystem;

namespace {

Unexpected failed(const fs::path& path, const std::string& what, int error) {
    return refused(
        ErrorCode::unavailable,
        path.string() + ": " + what + ": " + std::generic_category().message(error));
}

// Closed at the end of its scope.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;

    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }

    [[nodiscard]] int number() const {
        return number_;
    }

private:
    int number_;
};

// 0, or errno.
int give_to_owner_of(const fs::path& folder, int file) {
    struct stat owner {};

    if (::geteuid() != 0) {
        return 0;
    }
    if (::stat(folder.c_str(), &owner) != 0) {
        return errno;
    }
    return ::fchown(file, owner.st_uid, owner.st_gid) == 0 ? 0 : errno;
}

// 0, or errno.
int write_through(int file, std::string_view text) {
    while (!text.empty()) {
        const ssize_t count = ::write(file, text.data(), text.size());
        if (count < 0 && errno != EINTR) {
            return errno;
        }
        text.remove_prefix(count < 0 ? 0 : static_cast<std::size_t>(count));
    }
    return ::fsync(file) == 0 ? 0 : errno;
}

// 0, or errno.
int write_fresh(const fs::path& fresh, std::string_view text) {
    const Descriptor file(
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.number() < 0) {
        return errno;
    }
    if (::fchmod(file.number(), 0600) != 0) {
        return errno;
    }
    const int error = give_to_owner_of(fresh.parent_path(), file.number());
    return error == 0 ? write_through(file.number(), text) : error;
}

// Makes the rename last; 0, or errno.
int sync_folder(const fs::path& folder) {
    const Descriptor file(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return file.number() >= 0 && ::fsync(file.number()) == 0 ? 0 : errno;
}

} // namespace

Result<std::optional<std::string>> read_file(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (file.number() < 0) {
        if (errno == ENOENT) {
            return std::nullopt;
        }
        return failed(path, "cannot be read", errno);
    }
    std::string text(file_bytes_max + 1, '\0');
    std::size_t held = 0;
    while (held < text.size()) {
        const ssize_t count = ::read(file.number(), text.data() + held, text.size() - held);
        if (count < 0 && errno != EINTR) {
            return failed(path, "cannot be read", errno);
        }
        if (count == 0) {
            break;
        }
        held += count < 0 ? 0 : static_cast<std::size_t>(count);
    }
    if (held > file_bytes_max) {
        return refused(ErrorCode::unavailable, path.string() + ": is over 64 KiB");
    }
    text.resize(held);
    return text;
}

Result<void> write_file(const fs::path& path, std::string_view text) {
    const fs::path fresh = path.string() + ".new";
    int error = write_fresh(fresh, text);
    if (error == 0 && ::rename(fresh.c_str(), path.c_str()) != 0) {
        error = errno;
    }
    if (error != 0) {
        ::unlink(fresh.c_str()); // what is left of it would be written over by the next try
        return failed(path, "cannot be written", error);
    }
    if (const int unsafe = sync_folder(path.parent_path())) {
        return failed(path, "cannot be brought to the disk", unsafe);
    }
    return {};
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code error;
    if (fs::is_directory(folder, error)) {
        return {};
    }
    if (folder.has_parent_path() && !fs::exists(folder.parent_path(), error)) {
        if (const auto above = make_folder(folder.parent_path()); !above) {
            return Unexpected(above.error());
        }
    }
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
        return failed(folder, "cannot be made", errno);
    }
    const Descriptor made(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const int refusal =
        made.number() < 0 ? errno : give_to_owner_of(folder.parent_path(), made.number());
    if (refusal != 0) {
        return failed(folder, "cannot be made", refusal);
    }
    return {};
}

Result<FolderLock> FolderLock::take(const fs::path& folder) {
    return locked(folder, LOCK_EX | LOCK_NB);
}

Result<FolderLock> FolderLock::wait(const fs::path& folder) {
    return locked(folder, LOCK_EX);
}

Result<FolderLock> FolderLock::locked(const fs::path& folder, int how) {
    const fs::path path = folder / "lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        return failed(path, "cannot be opened", errno);
    }
    FolderLock lock(file);
    if (const int error = give_to_owner_of(folder, file)) {
        return failed(path, "cannot be given to the daemon", error);
    }
    while (::flock(file, how) != 0) {
        if (errno == EINTR) {
            continue;
        }
        return refused(
            ErrorCode::unavailable,
            folder.string() + ": another program is changing what is here: try again");
    }
    return lock;
}

FolderLock::FolderLock(FolderLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}

FolderLock& FolderLock::operator=(FolderLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
}

FolderLock::~FolderLock() {
    if (file_ >= 0) {
        ::close(file_); // and with it the lock goes
    }
}

} // namespace cartwatch::trust
