// Every table that follows from the journal, made anew from it.
#pragma once

#include "daemon/journal/entry.hpp"
#include "daemon/readiness/state.hpp"
#include "daemon/store/store.hpp"

#include <filesystem>
#include <functional>

namespace cartwatch::store {

// Empties the tables of present state and history and fills them from the entries. Inside the
// caller's transaction; `on_rebuild`, where there is one, hears how far it is. Throws StoreFailure
// (corrupt) where an entry cannot be read.
void rebuild_tables(
    Connection& connection, const Identity& identity, const OnRebuild& on_rebuild = {});

// The same for a closed database, with the lock held; throws StoreFailure.
void rebuild(const std::filesystem::path& path);

// Applies one entry to the state of a fold, its history written into `tables`.
void fold_entry(Connection& tables, readiness::State& state, const journal::Entry& entry);

// Writes what the fold came to beside the history that it has written.
void write_folded(Connection& tables, const readiness::State& state);

} // namespace cartwatch::store
