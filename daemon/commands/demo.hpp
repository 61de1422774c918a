// `cartwatch demo`: a ward and the pharmacy on this machine, with an example hospital in a folder
// of its own. Both are the real daemons, each a process; the demo only prepares and watches them.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

namespace cartwatch::commands {

struct DemoArguments {
    std::filesystem::path folder;   // empty: cartwatch-demo in the user's data folder
    std::filesystem::path hospital; // the example's sheets; empty: beside this program
    std::filesystem::path pages;    // empty: beside this program
    bool fresh = false;             // start over
    int ward_port = 7410;
    int pharmacy_port = 7420;
    int link_port = 7411;
};

// Runs until SIGINT or SIGTERM, or until one of the two ends. 0 ended as asked; 2 a folder that is
// not a demo's, or no example; 3 a daemon ended by itself or could not be started.
[[nodiscard]] int run_demo(const DemoArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
