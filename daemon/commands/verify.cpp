#include "daemon/commands/verify.hpp"

#include "daemon/commands/pack.hpp"
#include "daemon/inspection/verify.hpp"

#include <ostream>

namespace cartwatch::commands {

int run_verify(const VerifyArguments& arguments, std::ostream& out, std::ostream& err) {
    if (inspection::is_pack(arguments.database)) {
        if (arguments.rebuild || !arguments.entry.empty()) {
            err << arguments.database.string()
                << ": is a pack: --rebuild and --entry are for a database\n";
            return 2;
        }
        return run_verify_pack(arguments.database, out, err);
    }
    return run_verify_database(arguments, out, err);
}

} // namespace cartwatch::commands
