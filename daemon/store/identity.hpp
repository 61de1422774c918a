// Whose database a file is, and what SQLite's own checks say of it.
#pragma once

#include "daemon/store/store.hpp"

#include <string>
#include <vector>

namespace cartwatch::store {

// Binds a new database to this node; throws StoreFailure (not_ours) where it is another's.
void bind_identity(Connection& connection, const Identity& identity);

// Throws StoreFailure (not_ours) where the database is bound to nobody.
[[nodiscard]] Identity identity_of(Connection& connection);

// The fold_version that the tables were written under; 0: from before there was one.
[[nodiscard]] int fold_of(Connection& connection);
void set_fold(Connection& connection, int version);

// One line a fault that integrity_check or foreign_key_check finds.
[[nodiscard]] std::vector<std::string> integrity_of(Connection& connection);

} // namespace cartwatch::store
