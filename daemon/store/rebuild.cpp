#include "daemon/store/rebuild.hpp"

#include "daemon/store/connection.hpp"
#include "daemon/store/file_lock.hpp"
#include "daemon/store/history.hpp"
#include "daemon/store/identity.hpp"
#include "daemon/store/journal_table.hpp"
#include "daemon/store/migrations.hpp"
#include "daemon/store/present_state.hpp"
#include "daemon/store/tables.hpp"

namespace cartwatch::store {

void fold_entry(Connection& tables, readiness::State& state, const journal::Entry& entry) {
    const auto recorded = journal::to_recorded(entry);
    if (!recorded) {
        throw StoreFailure(FailureKind::corrupt, recorded.error().text);
    }
    apply_and_record(tables, state, *recorded);
}

void write_folded(Connection& tables, const readiness::State& state) {
    write_all(tables, state);
}

void rebuild_tables(Connection& connection, const Identity& identity, const OnRebuild& on_rebuild) {
    RebuildProgress progress;
    progress.all = connection.one<std::int64_t>("SELECT count(*) FROM entry").value_or(0);
    const bool told = on_rebuild && progress.all > 0;
    if (told) {
        on_rebuild(progress);
    }
    for (const std::string& table : derived_tables(connection)) {
        connection.database().exec("DELETE FROM " + table);
    }
    readiness::State state;
    state.self = identity.self;
    state.pharmacy = identity.pharmacy;
    std::map<std::string, journal::Head> heads;
    each_entry(connection, [&](std::int64_t /*position*/, const journal::Entry& entry) {
        fold_entry(connection, state, entry);
        heads[entry.node] = {entry.seq, entry.hash};
        if (++progress.done % rebuild_told_each == 0 && told && progress.done < progress.all) {
            on_rebuild(progress);
        }
    });
    write_folded(connection, state);
    set_fold(connection, readiness::fold_version);
    connection.database().exec("DELETE FROM head");
    for (const auto& [node, head] : heads) {
        connection.run(
            "INSERT INTO head (node, seq, hash) VALUES (?, ?, ?)", node, head.seq, head.hash);
    }
    if (told) {
        on_rebuild(progress);
    }
}

void rebuild(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path)) {
        throw StoreFailure(FailureKind::missing, path.string() + ": no such file");
    }
    const FileLock lock(path);
    Connection connection(path, Connection::Access::write);
    guarded(path, [&] {
        migrate(connection, migrations());
        const Identity identity = identity_of(connection);
        Writing transaction(connection);
        rebuild_tables(connection, identity);
        transaction.commit();
        connection.fold_log_at_close(true);
    });
}

} // namespace cartwatch::store
