// What one database holds that another does not: a branch that was set aside after two machines, or
// a machine and its backup, wrote different entries under the same numbers.
#pragma once

#include "daemon/journal/entry.hpp"

#include <filesystem>
#include <functional>

namespace cartwatch::store {

// Calls on_entry for each entry of `kept` that `database` does not hold, in the order in which they
// came there. Reads only; daemons may be running. Throws StoreFailure where either cannot be read.
void each_only_in(
    const std::filesystem::path& kept,
    const std::filesystem::path& database,
    const std::function<void(const journal::Entry&)>& on_entry);

} // namespace cartwatch::store
