#include "daemon/commands/resume.hpp"

#include "daemon/clock/calendar.hpp"
#include "daemon/commands/store_status.hpp"
#include "daemon/store/store.hpp"

#include <ostream>

namespace cartwatch::commands {

int run_resume(const ResumeArguments& arguments, std::ostream& out, std::ostream& err) {
    try {
        std::filesystem::create_directories(arguments.database.parent_path());
        auto store = store::Store::open(arguments.database, {arguments.node, arguments.pharmacy});
        // Where no wait has begun yet it would begin with the next start: one that is over does
        // not.
        store.await_past(store::PastReason::empty, clock::system_now());
        store.end_awaited_past();
        out << arguments.node << ": waits for nothing, and records again once it is started\n";
        return 0;
    } catch (const store::StoreFailure& failure) {
        if (failure.kind() == store::FailureKind::in_use) {
            err << arguments.node
                << ": its daemon runs: end the wait on its page, or stop the daemon first\n";
            return 2;
        }
        return status_of(failure, err);
    }
}

} // namespace cartwatch::commands
