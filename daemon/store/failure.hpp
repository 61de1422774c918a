// What the store throws: a broken machine or a database that this program must not touch. Refusals
// of people and peers are not its business.
#pragma once

#include <stdexcept>
#include <string>

namespace cartwatch::store {

enum class FailureKind {
    newer_version, // written by a newer program
    not_ours,      // no Cartwatch database, or another node's
    in_use,        // another process has it open for writing
    corrupt,       // not a database any more, or rows that cannot be
    full,          // no room on the disk
    io,            // the disk failed: nothing that follows can be trusted
    missing,       // no such file, or it may not be read or made
};

// Text: what, where and the mend, one line.
class StoreFailure : public std::runtime_error {
public:
    StoreFailure(FailureKind kind, const std::string& text)
        : std::runtime_error(text), kind_(kind) {}

    [[nodiscard]] FailureKind kind() const {
        return kind_;
    }

private:
    FailureKind kind_;
};

} // namespace cartwatch::store
