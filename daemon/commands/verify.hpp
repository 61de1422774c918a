// `cartwatch verify`: whether a database is what its journal says.
#pragma once

#include <filesystem>
#include <iosfwd>

namespace cartwatch::commands {

struct VerifyArguments {
    std::filesystem::path database;
    bool rebuild = false; // make the tables anew from the journal first; not while a daemon runs
};

// 0 it holds, 1 it does not (the first entry or row that does not is named), 2 no such database,
// 3 the machine failed.
[[nodiscard]] int
run_verify(const VerifyArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
