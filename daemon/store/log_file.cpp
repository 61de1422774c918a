#include "daemon/store/log_file.hpp"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <array>
#include <utility>

#include <sqlite3.h>

namespace cartwatch::store {

namespace {

// Copied at a time, bytes.
constexpr sqlite3_int64 piece_bytes = 16'384;

void require(int code) {
    if (code != SQLITE_OK) {
        throw SQLite::Exception("the log of the database cannot be written again", code);
    }
}

// Calls act(log, size in bytes), unless no log was ever begun. While something is read the log
// stays open, and nobody begins it anew.
template <typename F>
void with_log(SQLite::Database& database, F&& act) {
    const SQLite::Transaction reading(database);
    database.execAndGet("SELECT count(*) FROM sqlite_schema");
    sqlite3_file* log = nullptr;
    require(sqlite3_file_control(
        database.getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log)));
    if (log == nullptr || log->pMethods == nullptr) {
        return;
    }
    sqlite3_int64 size = 0;
    require(log->pMethods->xFileSize(log, &size));
    std::forward<F>(act)(*log, size);
}

void rewrite(sqlite3_file& log, sqlite3_int64 size) {
    std::array<char, piece_bytes> piece{};
    for (sqlite3_int64 at = 0; at < size; at += piece_bytes) {
        const auto amount = static_cast<int>(std::min(piece_bytes, size - at));
        require(log.pMethods->xRead(&log, piece.data(), amount, at));
        require(log.pMethods->xWrite(&log, piece.data(), amount, at));
    }
    if (size > 0) {
        require(log.pMethods->xSync(&log, SQLITE_SYNC_NORMAL));
    }
}

// The code of the write that failed, or of the sync.
int extend(sqlite3_file& log, sqlite3_int64 size, sqlite3_int64 bytes) {
    const std::array<char, piece_bytes> nothing{};
    for (sqlite3_int64 at = size; at < bytes; at += piece_bytes) {
        const auto amount = static_cast<int>(std::min(piece_bytes, bytes - at));
        const int code = log.pMethods->xWrite(&log, nothing.data(), amount, at);
        if (code != SQLITE_OK) {
            return code;
        }
    }
    return size < bytes ? log.pMethods->xSync(&log, SQLITE_SYNC_NORMAL) : SQLITE_OK;
}

} // namespace

void rewrite_log(SQLite::Database& database) {
    with_log(database, rewrite);
}

void reserve_log(SQLite::Database& database, std::int64_t bytes) {
    with_log(database, [bytes](sqlite3_file& log, sqlite3_int64 size) {
        const int code = extend(log, size, bytes);
        if (code != SQLITE_FULL) {
            require(code);
        }
    });
}

} // namespace cartwatch::store
