#include "daemon/commands/backup.hpp"

#include "daemon/clock/calendar.hpp"
#include "daemon/commands/store_status.hpp"
#include "daemon/store/backup.hpp"

#include <ostream>

namespace cartwatch::commands {

int run_backup(const BackupArguments& arguments, std::ostream& out, std::ostream& err) {
    try {
        store::backup(arguments.database, arguments.file);
        out << arguments.file.string() << ": written\n";
        return 0;
    } catch (const store::StoreFailure& failure) {
        return status_of(failure, err);
    }
}

int run_restore(const RestoreArguments& arguments, std::ostream& out, std::ostream& err) {
    try {
        const store::VerifyReport report =
            store::restore(arguments.file, arguments.database, clock::system_now());
        if (!report.holds()) {
            err << arguments.file.string()
                << ": not restored, it does not hold: " << report.fault->text << '\n';
            return 1;
        }
        out << arguments.database.string() << ": restored, " << report.entries
            << " entries; once started it takes back what its peers received since, and records "
               "nothing until then\n";
        return 0;
    } catch (const store::StoreFailure& failure) {
        return status_of(failure, err);
    }
}

} // namespace cartwatch::commands
