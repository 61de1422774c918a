// The write-ahead log as a file, past what SQLite does with it.
#pragma once

#include <SQLiteCpp/Database.h>

namespace cartwatch::store {

// Writes the log's bytes over themselves and syncs them. After a sync that failed the system takes
// pages for written that are not, and reads them as if they were: a commit that follows them in the
// log would be synced, and gone with them when the power fails. For the one writer, when it opens
// the database and before its first commit. Throws SQLite::Exception where the disk fails.
void rewrite_log(SQLite::Database& database);

} // namespace cartwatch::store
