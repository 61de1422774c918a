#include "daemon/store/beside.hpp"

#include "daemon/store/connection.hpp"
#include "daemon/store/journal_table.hpp"

namespace cartwatch::store {

namespace {

void require_file(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path)) {
        throw StoreFailure(
            FailureKind::missing, path.string() + ": no such file: name a Cartwatch database");
    }
}

} // namespace

void each_only_in(
    const std::filesystem::path& kept,
    const std::filesystem::path& database,
    const std::function<void(const journal::Entry&)>& on_entry) {
    require_file(kept);
    require_file(database);
    Connection here(database, Connection::Access::read);
    guarded(kept, [&] {
        Connection there(kept, Connection::Access::read);
        each_entry(there, [&](std::int64_t /*position*/, const journal::Entry& entry) {
            const auto held = here.one<std::string>(
                "SELECT hash FROM entry WHERE node = ? AND seq = ?", entry.node, entry.seq);
            if (held != entry.hash) {
                on_entry(entry);
            }
        });
    });
}

} // namespace cartwatch::store
