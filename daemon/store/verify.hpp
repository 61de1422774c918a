// Whether a database is what its journal says: every hash, every table. Reads only; a daemon may
// be running on it. Also rebuild: tables made anew from the journal.
#pragma once

#include "daemon/store/store.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>

namespace cartwatch::store {

// The first thing that does not hold.
struct VerifyFault {
    std::string text; // one line: what, where
    std::string node; // of an entry; empty: not of one
    std::int64_t seq = 0;
    std::string table; // of a row; empty: not of one
    std::string row;   // its key
};

struct VerifyReport {
    std::int64_t entries = 0; // whose hash was computed
    int nodes = 0;
    int tables = 0;                             // compared row by row
    std::map<std::string, journal::Head> heads; // where each node's journal ends
    std::optional<VerifyFault> fault;

    [[nodiscard]] bool holds() const {
        return !fault.has_value();
    }
};

// Recomputes each node's hash chain, folds the journal in the order of arrival, and compares every
// table, and the state that a daemon would load, with what follows. Throws StoreFailure where the
// file is missing, not ours or of another version, or the machine fails.
[[nodiscard]] VerifyReport verify(const std::filesystem::path& path);

} // namespace cartwatch::store
