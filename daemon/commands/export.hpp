// `cartwatch export {checks,findings,alerts,stock,readiness,seals,staff,expiry,rotation,dues}`:
// readiness history to a file or to standard output, row by row. Never half a file: it gets its
// name when it is whole.
#pragma once

#include "daemon/config/config.hpp"
#include "scanner/values/day.hpp"

#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>

namespace cartwatch::commands {

struct ExportArguments {
    std::string what;
    std::optional<Day> from; // by working day, both included; alerts by calendar day,
                             // what expires by its last usable day
    std::optional<Day> to;
    std::string format = "csv";   // csv, xlsx or json
    std::filesystem::path output; // empty: standard output
    bool force = false;           // replace a file that is there
    bool no_bom = false;          // CSV for programs: without a byte order mark
    bool terminal = false;        // show progress on `err`
    config::NodeConfig node;
};

// 0 done, 2 unusable arguments or no such store, 3 the machine failed. A daemon may be running.
[[nodiscard]] int
run_export(const ExportArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
