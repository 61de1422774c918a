#include "daemon/store/identity.hpp"

#include "daemon/store/connection.hpp"

namespace cartwatch::store {

namespace {

std::optional<Identity> held_identity(Connection& connection) {
    std::optional<Identity> held;
    connection.each("SELECT self, pharmacy FROM identity", [&held](Row& row) {
        Identity& identity = held.emplace();
        row(identity.self, identity.pharmacy);
    });
    return held;
}

} // namespace

void bind_identity(Connection& connection, const Identity& identity) {
    const std::optional<Identity> held = held_identity(connection);
    if (!held) {
        connection.run(
            "INSERT INTO identity (one, self, pharmacy) VALUES (1, ?, ?)",
            identity.self,
            identity.pharmacy);
        return;
    }
    if (*held != identity) {
        throw StoreFailure(
            FailureKind::not_ours,
            connection.database().getFilename() + ": belongs to node " + held->self
                + " with pharmacy " + held->pharmacy + ", not to " + identity.self
                + " with pharmacy " + identity.pharmacy + ": name its own file, or its own nodes");
    }
}

Identity identity_of(Connection& connection) {
    const std::optional<Identity> held = held_identity(connection);
    if (!held) {
        throw StoreFailure(
            FailureKind::not_ours,
            connection.database().getFilename()
                + ": bound to no node: open it with a daemon first");
    }
    return *held;
}

int fold_of(Connection& connection) {
    int fold = 0;
    connection.each("SELECT fold FROM identity", [&fold](Row& row) { row(fold); });
    return fold;
}

void set_fold(Connection& connection, int version) {
    connection.run("UPDATE identity SET fold = ?", version);
}

std::vector<std::string> integrity_of(Connection& connection) {
    std::vector<std::string> faults;
    connection.each("PRAGMA integrity_check", [&faults](Row& row) {
        auto line = row.take<std::string>();
        if (line != "ok") {
            faults.push_back(std::move(line));
        }
    });
    connection.each("PRAGMA foreign_key_check", [&faults](Row& row) {
        const auto table = row.take<std::string>();
        faults.push_back("a row of " + table + " belongs to nothing");
    });
    return faults;
}

} // namespace cartwatch::store
