// `cartwatch labels {carts,lines,devices,staff,commands,seals,calibration}`: labels to print, one
// file a kind. Reads the node's store beside a running daemon; gives no tags and changes nothing.
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/labels/order.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>

namespace cartwatch::commands {

struct LabelsArguments {
    std::string what;                        // a kind, or calibration
    std::filesystem::path output = "labels"; // the folder; made where it is not there; -: `out`
    bool force = false;                      // replace a file that is there
    labels::Options options;                 // as labels::parse_order takes them
    config::NodeConfig node;
};

// Writes `<output>/<what>.pdf` (.svg, .zpl), which gets its name when it is whole. 0 done, 2
// unusable arguments, no such store or nothing to print, 3 the machine failed. Labels without bars
// are named on `err`.
[[nodiscard]] int
run_labels(const LabelsArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
