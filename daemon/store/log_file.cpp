#include "daemon/store/log_file.hpp"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <array>

#include <sqlite3.h>

namespace cartwatch::store {

namespace {

// Copied at a time, bytes.
constexpr sqlite3_int64 piece_bytes = 65'536;

void require(int code) {
    if (code != SQLITE_OK) {
        throw SQLite::Exception("the log of the database cannot be written again", code);
    }
}

} // namespace

void rewrite_log(SQLite::Database& database) {
    // While something is read the log stays open, and nobody begins it anew.
    const SQLite::Transaction reading(database);
    database.execAndGet("SELECT count(*) FROM sqlite_schema");
    sqlite3_file* log = nullptr;
    require(sqlite3_file_control(
        database.getHandle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, static_cast<void*>(&log)));
    if (log == nullptr || log->pMethods == nullptr) {
        return; // no log was ever begun
    }
    sqlite3_int64 size = 0;
    require(log->pMethods->xFileSize(log, &size));
    std::array<char, piece_bytes> piece{};
    for (sqlite3_int64 at = 0; at < size; at += piece_bytes) {
        const auto amount = static_cast<int>(std::min(piece_bytes, size - at));
        require(log->pMethods->xRead(log, piece.data(), amount, at));
        require(log->pMethods->xWrite(log, piece.data(), amount, at));
    }
    if (size > 0) {
        require(log->pMethods->xSync(log, SQLITE_SYNC_NORMAL));
    }
}

} // namespace cartwatch::store
