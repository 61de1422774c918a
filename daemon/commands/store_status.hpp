// What a failure of the store means as an exit status.
#pragma once

#include "daemon/store/failure.hpp"

#include <ostream>

namespace cartwatch::commands {

// 2 where another file or another moment would do, 3 where the machine failed; prints the one line.
[[nodiscard]] inline int status_of(const store::StoreFailure& failure, std::ostream& err) {
    err << failure.what() << '\n';
    switch (failure.kind()) {
    case store::FailureKind::newer_version:
    case store::FailureKind::not_ours:
    case store::FailureKind::in_use:
    case store::FailureKind::missing:
        return 2;
    case store::FailureKind::corrupt:
    case store::FailureKind::full:
    case store::FailureKind::io:
        break;
    }
    return 3;
}

} // namespace cartwatch::commands
