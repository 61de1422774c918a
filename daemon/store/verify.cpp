#include "daemon/store/verify.hpp"

#include "daemon/crypto/sha256.hpp"
#include "daemon/store/connection.hpp"
#include "daemon/store/identity.hpp"
#include "daemon/store/journal_table.hpp"
#include "daemon/store/migrations.hpp"
#include "daemon/store/present_state.hpp"
#include "daemon/store/rebuild.hpp"
#include "daemon/store/tables.hpp"

namespace cartwatch::store {

namespace {

VerifyFault entry_fault(const journal::Entry& entry, std::string text) {
    VerifyFault fault;
    fault.text = std::move(text);
    fault.node = entry.node;
    fault.seq = entry.seq;
    return fault;
}

VerifyFault plain_fault(std::string text) {
    VerifyFault fault;
    fault.text = std::move(text);
    return fault;
}

// One pass over the journal: chain and fold.
class Fold {
public:
    Fold(Connection& expected, const Identity& identity) : expected_(expected) {
        state_.self = identity.self;
        state_.pharmacy = identity.pharmacy;
    }

    void take(const journal::Entry& entry, VerifyReport& report) {
        if (report.fault) {
            return;
        }
        journal::Head& head = heads_[entry.node];
        if (const auto follows = journal::follows(head, entry, crypto::sha256); !follows) {
            report.fault = entry_fault(entry, follows.error().text);
            return;
        }
        head = {entry.seq, entry.hash};
        ++report.entries;
        try {
            fold_entry(expected_, state_, entry);
        } catch (const StoreFailure& failure) {
            report.fault = entry_fault(entry, failure.what());
        }
    }

    [[nodiscard]] const readiness::State& state() const {
        return state_;
    }

    // Where a journal ends elsewhere than the table of heads says: entries at its end are gone.
    [[nodiscard]] std::optional<VerifyFault>
    wrong_head(const std::map<std::string, journal::Head>& held) const {
        for (const auto& [node, head] : held) {
            const auto found = heads_.find(node);
            const journal::Head reached = found == heads_.end() ? journal::Head{} : found->second;
            if (reached != head) {
                VerifyFault fault;
                fault.node = node;
                fault.seq = reached.seq + 1;
                fault.text = "the journal of " + node + " ends at entry "
                             + std::to_string(reached.seq) + " where entry "
                             + std::to_string(head.seq) + " was the last";
                return fault;
            }
        }
        for (const auto& [node, head] : heads_) {
            if (!held.contains(node)) {
                return plain_fault("the table head does not know the journal of " + node);
            }
        }
        return std::nullopt;
    }

private:
    Connection& expected_;
    readiness::State state_;
    std::map<std::string, journal::Head> heads_;
};

std::optional<VerifyFault>
wrong_table(Connection& held, Connection& expected, VerifyReport& report) {
    for (const std::string& table : derived_tables(expected)) {
        if (const auto difference = first_difference(held, expected, table)) {
            VerifyFault fault;
            fault.table = difference->table;
            fault.row = difference->row;
            fault.text =
                "table " + difference->table + ", row " + difference->row + ": " + difference->text;
            return fault;
        }
        ++report.tables;
    }
    return std::nullopt;
}

// The tables agree; so must what is made of them. A difference here is the program's own defect.
std::optional<VerifyFault>
wrong_state(Connection& held, const readiness::State& folded, const Identity& identity) {
    try {
        if (load_state(held, identity.self, identity.pharmacy) == folded) {
            return std::nullopt;
        }
    } catch (const StoreFailure& failure) {
        return plain_fault(failure.what());
    }
    return plain_fault("the state loaded from the tables is not the fold of the journal");
}

void require_version(Connection& held, const std::filesystem::path& path) {
    const int version = version_of(held);
    const int newest = migrations().back().number;
    if (version > newest) {
        throw StoreFailure(
            FailureKind::newer_version,
            path.string() + ": written by a newer Cartwatch (database version "
                + std::to_string(version) + "): install that version or a later one");
    }
    if (version < newest) {
        throw StoreFailure(
            FailureKind::not_ours,
            path.string() + ": database version " + std::to_string(version) + " where "
                + std::to_string(newest) + " is due: start the daemon once, which brings it there");
    }
}

VerifyReport verified(Connection& held) {
    VerifyReport report;
    const SQLite::Transaction snapshot(held.database());
    if (const auto faults = integrity_of(held); !faults.empty()) {
        report.fault = plain_fault("SQLite: " + faults.front());
        return report;
    }
    const Identity identity = identity_of(held);
    if (fold_of(held) != readiness::fold_version) {
        throw StoreFailure(
            FailureKind::not_ours,
            held.database().getFilename()
                + ": its tables were made by another version: start the daemon once, which makes "
                  "them anew");
    }
    Connection expected("", Connection::Access::write);
    migrate(expected, migrations());
    SQLite::Transaction filling(expected.database());
    Fold fold(expected, identity);
    each_entry(held, [&](std::int64_t /*position*/, const journal::Entry& entry) {
        fold.take(entry, report);
    });
    if (report.fault) {
        return report;
    }
    write_folded(expected, fold.state());
    filling.commit();
    report.heads = load_heads(held);
    report.nodes = static_cast<int>(report.heads.size());
    report.fault = fold.wrong_head(report.heads);
    if (!report.fault) {
        report.fault = wrong_table(held, expected, report);
    }
    if (!report.fault) {
        report.fault = wrong_state(held, fold.state(), identity);
    }
    return report;
}

} // namespace

VerifyReport verify(const std::filesystem::path& path) {
    if (!std::filesystem::exists(path)) {
        throw StoreFailure(
            FailureKind::missing, path.string() + ": no such file: name the daemon's database");
    }
    try {
        return guarded(path, [&] {
            Connection held(path, Connection::Access::read);
            require_version(held, path);
            return verified(held);
        });
    } catch (const StoreFailure& failure) {
        if (failure.kind() != FailureKind::corrupt) {
            throw;
        }
        // What cannot be read does not hold.
        VerifyReport report;
        report.fault = plain_fault(failure.what());
        return report;
    }
}

} // namespace cartwatch::store
