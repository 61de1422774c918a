// `cartwatch pack`: what an inspector asks for, of some days and stations, as a folder that
// `cartwatch verify` proves unchanged on any machine. Never half a pack: it gets its name when it
// is whole.
#pragma once

#include "daemon/commands/figures.hpp"
#include "daemon/config/config.hpp"
#include "scanner/values/day.hpp"

#include <cstdint>
#include <filesystem>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace cartwatch::commands {

struct PackArguments {
    std::optional<Day> from;           // calendar days, both included; figures_days up to the last
    std::optional<Day> to;             // today
    std::vector<std::string> stations; // ids; empty: all
    std::filesystem::path output;      // the pack's folder; empty: named by its days, here
    std::string language = "zh-CN";    // of the report: zh-CN or en
    std::string hospital;              // at the top of its pages; empty: the node's name
    std::filesystem::path texts;       // folder of the catalogues; empty: the installed one
    bool zip = true;                   // the folder's zip beside it, too
    bool force = false;                // replace a pack that is there
    bool terminal = false;             // show progress on `err`
    Instant now;
    config::NodeConfig node;
    std::int64_t entries_max = figures_entries_max;
};

// 0 done, 2 unusable arguments or no such store, 3 the machine failed. A daemon may be running.
[[nodiscard]] int run_pack(const PackArguments& arguments, std::ostream& out, std::ostream& err);

// What `cartwatch verify` says of a pack: 0 it is as it was made, 1 it is not, 3 the machine
// failed.
[[nodiscard]] int
run_verify_pack(const std::filesystem::path& pack, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
