// The write-ahead log as a file, past what SQLite does with it.
#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>

namespace cartwatch::store {

// Writes the log's bytes over themselves and syncs them. After a sync that failed the system takes
// pages for written that are not, and reads them as if they were: a commit that follows them in the
// log would be synced, and gone with them when the power fails. For the one writer, when it opens
// the database and before its first commit. Throws SQLite::Exception where the disk fails.
void rewrite_log(SQLite::Database& database);

// Lets the log have so many bytes on disk before they are needed: zeros after its end, which say
// nothing to SQLite. A sync of bytes that the file has already costs half of one that makes it
// longer, which the file system notes in a journal of its own. Where the disk has no room for them
// the log stays as it is. Throws as rewrite_log.
void reserve_log(SQLite::Database& database, std::int64_t bytes);

} // namespace cartwatch::store
