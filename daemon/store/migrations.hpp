// Brings a database to this program's version, one numbered step after the other. The texts are the
// files of schema/sqlite, put into the program when it is built.
#pragma once

#include <span>
#include <string_view>

namespace cartwatch::store {

class Connection;

struct Migration {
    int number = 0; // from 1 without a gap: the version that it leads to
    std::string_view name;
    std::string_view sql;
};

[[nodiscard]] std::span<const Migration> migrations();

// The version that a database has: 0 where it is new. Throws StoreFailure (not_ours) where it is
// another program's.
[[nodiscard]] int version_of(Connection& connection);

// Runs the steps that the database has not seen, each in a transaction of its own. Answers whether
// there were any. Throws StoreFailure: not_ours, or newer_version where it has seen more than
// these.
bool migrate(Connection& connection, std::span<const Migration> steps);

} // namespace cartwatch::store
