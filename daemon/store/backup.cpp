#include "daemon/store/backup.hpp"

#include "daemon/store/awaited_past.hpp"
#include "daemon/store/connection.hpp"
#include "daemon/store/file_lock.hpp"

#include <cerrno>
#include <cstring>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace cartwatch::store {

namespace {

namespace fs = std::filesystem;

fs::path beside(const fs::path& path, const char* ending) {
    return path.string() + ending;
}

[[noreturn]] void fail(const fs::path& path, int error) {
    throw StoreFailure(
        error == ENOSPC ? FailureKind::full : FailureKind::io,
        path.string() + ": " + std::strerror(error) + ": check the disk and the folder");
}

// Returns once the file, or the folder's list of names, is on disk.
void flush(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        fail(path, errno);
    }
    const int outcome = ::fsync(descriptor);
    const int error = errno;
    ::close(descriptor);
    if (outcome != 0) {
        fail(path, error);
    }
}

void flush_folder_of(const fs::path& path) {
    flush(fs::absolute(path).parent_path());
}

template <typename F>
void filesystem_step(const fs::path& path, F&& step) {
    std::error_code error;
    step(error);
    if (error) {
        fail(path, error.value());
    }
}

void remove_if_there(const fs::path& path) {
    filesystem_step(path, [&](std::error_code& error) { fs::remove(path, error); });
}

void rename_over(const fs::path& from, const fs::path& to) {
    filesystem_step(from, [&](std::error_code& error) { fs::rename(from, to, error); });
}

// A consistent copy of one database file, made by SQLite itself.
void copy_database(const fs::path& from, const fs::path& to) {
    remove_if_there(to);
    Connection connection(from, Connection::Access::read);
    guarded(from, [&] { connection.run("VACUUM INTO ?", to.string()); });
    flush(to);
}

// Empties the write-ahead log into the database, so that one file holds it all. False where that
// file is no database any more. While somebody reads it SQLite leaves the log as it is, and says so
// in a row instead of an error.
bool fold_log_in(const fs::path& database) {
    try {
        Connection connection(database, Connection::Access::write);
        int busy = 1;
        guarded(database, [&] {
            connection.each("PRAGMA wal_checkpoint(TRUNCATE)", [&](Row& row) {
                int frames = 0;
                int folded = 0;
                row(busy, frames, folded);
            });
        });
        if (busy != 0) {
            throw StoreFailure(
                FailureKind::in_use,
                database.string()
                    + ": another program is reading it, nothing was changed: close that one, then "
                      "try again");
        }
        return true;
    } catch (const StoreFailure& failure) {
        if (failure.kind() != FailureKind::corrupt) {
            throw;
        }
        return false;
    }
}

// Keeps what is there as "<database>.before-restore" and puts the new file in its place. Where the
// old one is sound its place is never empty; where it is not, its log is kept with it, for whoever
// looks what can be saved.
void replace(const fs::path& fresh, const fs::path& database) {
    const fs::path kept = beside(database, ".before-restore");
    if (fs::exists(database)) {
        const bool whole = fold_log_in(database);
        for (const char* ending : {"", "-wal", "-shm"}) {
            remove_if_there(beside(kept, ending));
        }
        if (whole) {
            filesystem_step(
                kept, [&](std::error_code& error) { fs::create_hard_link(database, kept, error); });
        } else {
            rename_over(database, kept);
            if (fs::exists(beside(database, "-wal"))) {
                rename_over(beside(database, "-wal"), beside(kept, "-wal"));
            }
        }
    }
    // A log of another database beside the new one would be played into it.
    for (const char* ending : {"-wal", "-shm"}) {
        remove_if_there(beside(database, ending));
    }
    rename_over(fresh, database);
    flush_folder_of(database);
}

// On disk before it takes the database's place, in the one file.
void mark_restored(const fs::path& database, Instant now) {
    {
        Connection connection(database, Connection::Access::write);
        guarded(database, [&] {
            Writing transaction(connection);
            mark_awaited_past(connection, PastReason::restored, now);
            transaction.commit();
        });
    }
    fold_log_in(database);
    for (const char* ending : {"-wal", "-shm"}) {
        remove_if_there(beside(database, ending));
    }
    flush(database);
}

} // namespace

void backup(const fs::path& database, const fs::path& target) {
    if (!fs::exists(database)) {
        throw StoreFailure(
            FailureKind::missing, database.string() + ": no such file: name the daemon's database");
    }
    if (fs::exists(target)) {
        throw StoreFailure(
            FailureKind::missing, target.string() + ": there already: name a new file");
    }
    const fs::path unfinished = beside(target, ".unfinished");
    try {
        copy_database(database, unfinished);
        rename_over(unfinished, target);
    } catch (const StoreFailure&) {
        std::error_code ignored; // the failure that is on its way says what went wrong
        fs::remove(unfinished, ignored);
        throw;
    }
    flush_folder_of(target);
}

VerifyReport restore(const fs::path& copy, const fs::path& database, Instant now) {
    const VerifyReport report = verify(copy);
    if (!report.holds()) {
        return report;
    }
    const FileLock lock(database);
    const fs::path unfinished = beside(database, ".unfinished");
    try {
        copy_database(copy, unfinished);
        const VerifyReport copied = verify(unfinished);
        if (copied.holds()) {
            mark_restored(unfinished, now);
            replace(unfinished, database);
        } else {
            remove_if_there(unfinished);
        }
        return copied;
    } catch (const StoreFailure&) {
        std::error_code ignored; // the failure that is on its way says what went wrong
        fs::remove(unfinished, ignored);
        throw;
    }
}

} // namespace cartwatch::store
