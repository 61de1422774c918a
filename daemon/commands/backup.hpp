// `cartwatch backup FILE` and `cartwatch restore FILE`.
#pragma once

#include <filesystem>
#include <iosfwd>

namespace cartwatch::commands {

struct BackupArguments {
    std::filesystem::path database;
    std::filesystem::path file; // must not be there yet
};

// 0 done, 2 unusable arguments, 3 the machine failed. A daemon may be running.
[[nodiscard]] int
run_backup(const BackupArguments& arguments, std::ostream& out, std::ostream& err);

struct RestoreArguments {
    std::filesystem::path database;
    std::filesystem::path file;
};

// 0 done, 1 the file does not verify (nothing was changed), 2 unusable arguments or a daemon runs,
// 3 the machine failed.
[[nodiscard]] int
run_restore(const RestoreArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
