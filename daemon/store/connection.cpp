#include "daemon/store/connection.hpp"

#include "daemon/store/log_file.hpp"

#include <array>
#include <string_view>

#include <sqlite3.h>

namespace cartwatch::store {

namespace {

// Without a lock at every column: a connection is used by one thread at a time.
int flags_of(Connection::Access access) {
    return SQLite::OPEN_NOMUTEX
           | (access == Connection::Access::write ? SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE
                                                  : SQLite::OPEN_READONLY);
}

SQLite::Database opened(const std::filesystem::path& path, Connection::Access access) {
    try {
        return {path.string(), flags_of(access), busy_timeout_ms};
    } catch (const SQLite::Exception& error) {
        throw failure_of(error, path);
    }
}

std::string answer_of(SQLite::Database& database, const std::string& pragma) {
    return database.execAndGet("PRAGMA " + pragma).getString();
}

void set_up(SQLite::Database& database, const std::filesystem::path& path, bool writes) {
    database.exec("PRAGMA foreign_keys = ON");
    database.exec("PRAGMA cell_size_check = ON");
    database.exec("PRAGMA synchronous = FULL");
    if (!writes || path.empty()) {
        return;
    }
    const std::string mode = answer_of(database, "journal_mode = WAL");
    // Setting is not having: a build or a file system may say no without an error.
    if (mode != "wal" || answer_of(database, "synchronous") != "2"
        || answer_of(database, "foreign_keys") != "1") {
        throw StoreFailure(
            FailureKind::io,
            path.string() + ": this SQLite or file system does not keep a write-ahead log (mode "
                + mode + "): put the database on a local disk");
    }
    rewrite_log(database);
}

FailureKind kind_of_code(int code) {
    switch (code & 0xFF) {
    case SQLITE_FULL:
        return FailureKind::full;
    case SQLITE_IOERR:
        return FailureKind::io;
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_READONLY:
    case SQLITE_AUTH:
        return FailureKind::missing;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return FailureKind::in_use;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_CONSTRAINT:
    case SQLITE_ERROR:
        return FailureKind::corrupt;
    default:
        return FailureKind::io;
    }
}

std::string_view mend_of(FailureKind kind) {
    switch (kind) {
    case FailureKind::full:
        return "free space on its disk";
    case FailureKind::io:
        return "check the disk, then start again and run verify";
    case FailureKind::missing:
        return "check that the file and its folder are there and may be written";
    case FailureKind::in_use:
        return "stop the other program that uses it";
    case FailureKind::corrupt:
        return "run verify, or restore a backup";
    case FailureKind::newer_version:
    case FailureKind::not_ours:
        break;
    }
    return "see the documentation";
}

} // namespace

Connection::Connection(const std::filesystem::path& path, Access access)
    : database_(opened(path, access)) {
    fold_log_at_close(false);
    guarded(path, [&] { set_up(database_, path, access == Access::write); });
    // In place of SQLite's own checkpoints, which keep a disk's failure to themselves.
    sqlite3_wal_hook(
        database_.getHandle(),
        [](void* known, sqlite3* /*database*/, const char* /*name*/, int pages) {
            *static_cast<int*>(known) = pages;
            return SQLITE_OK;
        },
        log_pages_.get());
}

void Connection::fold_log_at_close(bool fold) {
    sqlite3_db_config(
        database_.getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, fold ? 0 : 1, nullptr);
}

SQLite::Statement& Connection::prepared(std::string_view sql) {
    const auto known = statements_.find(sql);
    if (known != statements_.end()) {
        return *known->second;
    }
    std::string text(sql);
    auto statement = std::make_unique<SQLite::Statement>(database_, text);
    return *statements_.emplace(std::move(text), std::move(statement)).first->second;
}

Writing::Writing(Connection& connection) : connection_(connection) {
    connection_.run("BEGIN IMMEDIATE");
}

// What made it end without a commit has been told already, and a rollback that finds nothing to
// take back is one that SQLite made itself.
Writing::~Writing() {
    if (!committed_) {
        try {
            connection_.run("ROLLBACK");
        } catch (const SQLite::Exception&) { // NOLINT(bugprone-empty-catch)
        }
    }
}

void Writing::commit() {
    connection_.run("COMMIT");
    committed_ = true;
}

Connection::Reset::Reset(SQLite::Statement& one) : statement(one) {}

// tryReset does not throw; its code repeats the error that the step has reported already.
Connection::Reset::~Reset() {
    statement.tryReset();
}

StoreFailure failure_of(const SQLite::Exception& error, const std::filesystem::path& path) {
    const FailureKind kind = kind_of_code(error.getErrorCode());
    return {
        kind,
        path.string() + ": " + error.what() + " (SQLite "
            + std::to_string(error.getExtendedErrorCode()) + "): " + std::string(mend_of(kind))};
}

} // namespace cartwatch::store
