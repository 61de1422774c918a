// `cartwatch labels {carts,lines,devices,staff,commands}`: sheets to print, one PDF a kind. Reads
// the node's store beside a running daemon; gives no tags and changes nothing.
#pragma once

#include "daemon/config/config.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>

namespace cartwatch::commands {

struct LabelsArguments {
    std::string what;                        // carts, lines, devices, staff, commands or seals
    std::filesystem::path output = "labels"; // the folder; made where it is not there
    bool force = false;                      // replace a sheet that is there
    config::NodeConfig node;
};

// Writes `<output>/<what>.pdf`, which gets its name when it is whole. 0 done, 2 unusable arguments,
// no such store or nothing to print, 3 the machine failed. Labels without bars are named on `err`.
[[nodiscard]] int
run_labels(const LabelsArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
