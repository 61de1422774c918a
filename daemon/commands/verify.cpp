#include "daemon/commands/verify.hpp"

#include "daemon/commands/store_status.hpp"
#include "daemon/store/rebuild.hpp"
#include "daemon/store/verify.hpp"

#include <ostream>

namespace cartwatch::commands {

int run_verify(const VerifyArguments& arguments, std::ostream& out, std::ostream& err) {
    try {
        if (arguments.rebuild) {
            store::rebuild(arguments.database);
        }
        const store::VerifyReport report = store::verify(arguments.database);
        if (!report.holds()) {
            err << arguments.database.string() << ": does not hold: " << report.fault->text << '\n';
            return 1;
        }
        out << arguments.database.string() << ": holds: " << report.entries << " entries of "
            << report.nodes << (report.nodes == 1 ? " node, " : " nodes, ") << report.tables
            << " tables\n";
        return 0;
    } catch (const store::StoreFailure& failure) {
        return status_of(failure, err);
    }
}

} // namespace cartwatch::commands
