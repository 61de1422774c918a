#include "daemon/store/connection.hpp"
#include "daemon/store/migrations.hpp"

namespace cartwatch::store {

int version_of(Connection& connection) {
    SQLite::Database& database = connection.database();
    const std::int64_t owner = database.execAndGet("PRAGMA application_id").getInt64();
    const int version = database.execAndGet("PRAGMA user_version").getInt();
    if (owner == application_id) {
        return version;
    }
    const int tables = database.execAndGet("SELECT count(*) FROM sqlite_schema").getInt();
    if (owner != 0 || version != 0 || tables != 0) {
        throw StoreFailure(
            FailureKind::not_ours,
            database.getFilename() + ": not a Cartwatch database: name another file");
    }
    return 0;
}

bool migrate(Connection& connection, std::span<const Migration> steps) {
    SQLite::Database& database = connection.database();
    const int version = version_of(connection);
    const int newest = steps.empty() ? 0 : steps.back().number;
    if (version > newest) {
        throw StoreFailure(
            FailureKind::newer_version,
            database.getFilename() + ": written by a newer Cartwatch (database version "
                + std::to_string(version) + ", this program knows " + std::to_string(newest)
                + "): install that version or a later one");
    }
    for (const Migration& step : steps) {
        if (step.number <= version) {
            continue;
        }
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        database.exec(std::string(step.sql));
        database.exec("PRAGMA application_id = " + std::to_string(application_id));
        database.exec("PRAGMA user_version = " + std::to_string(step.number));
        transaction.commit();
    }
    return version < newest;
}

} // namespace cartwatch::store
