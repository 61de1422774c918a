// What the journal of its node tells of one check that was signed: every step from its opening to
// its signature, and the entries that say so.
#pragma once

#include "daemon/readiness/state.hpp"
#include "daemon/store/queries.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace cartwatch::records {

// Entries of a node's journal that are looked through for the steps of a check: stations of a ward
// check at the same time, and a check has two or three entries a line.
inline constexpr std::int64_t record_entries_max = 4'096;

struct CheckTold {
    readiness::Check check; // its steps, with those taken back
    std::optional<readiness::CheckClosed> closed;
    // Its opening was found, and every entry from there to its signature reads.
    bool whole = false;
    // The entries from its opening (or as far back as was looked) to its signature, and the
    // signature's hash, by which `cartwatch verify` knows it again.
    std::int64_t first = 0;
    journal::Head last;
};

[[nodiscard]] CheckTold told_of(store::Reader& reader, const store::ClosedCheck& check);

} // namespace cartwatch::records
