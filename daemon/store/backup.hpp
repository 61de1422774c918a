// Copies of a database, whole and consistent, and the way back.
#pragma once

#include "daemon/store/verify.hpp"

#include <filesystem>

namespace cartwatch::store {

// Writes a copy of the database as it is now to `target`, which appears whole or not at all and is
// on disk when this returns. A daemon may be running. Throws StoreFailure; refuses (missing) to
// write over a file.
void backup(const std::filesystem::path& database, const std::filesystem::path& target);

// Puts the copy in the database's place if it verifies; what was there is kept beside it as
// "<database>.before-restore". The database is marked (Store::awaited_past): its node waits until
// it has back what its peers received since. Answers the copy's report: where it does not hold
// nothing was changed. Throws StoreFailure (in_use), and changes nothing, while a daemon runs or
// anybody reads the database.
[[nodiscard]] VerifyReport
restore(const std::filesystem::path& copy, const std::filesystem::path& database, Instant now);

} // namespace cartwatch::store
