// `cartwatch import {products,carts,staff} FILE`: master data from a sheet into a node's store. All
// or nothing; every rejected row is named with its number and why.
#pragma once

#include "daemon/config/config.hpp"
#include "daemon/node/local_ledger.hpp"
#include "daemon/readiness/event.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>
#include <vector>

namespace cartwatch::commands {

struct ImportArguments {
    std::string what; // products, carts or staff
    std::filesystem::path file;
    bool dry_run = false; // say what would change, change nothing
    config::NodeConfig node;
};

// 0 imported (or nothing to do), 2 the sheet is refused, 3 the machine failed.
[[nodiscard]] int
run_import(const ImportArguments& arguments, std::ostream& out, std::ostream& err);

// The sheet's definitions; each fault is a line of `err`. For commands that import by themselves.
[[nodiscard]] Result<imports::Definitions>
read_definitions(const std::string& what, const std::filesystem::path& file, std::ostream& err);

// Records definitions; false after saying on `err` why they are refused.
[[nodiscard]] bool
define(node::LocalLedger& ledger, std::vector<readiness::Event> events, std::ostream& err);

} // namespace cartwatch::commands
