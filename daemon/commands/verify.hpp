// `cartwatch verify`: whether a database is what its journal says, or an inspection pack what it
// was when it was made.
#pragma once

#include <filesystem>
#include <iosfwd>
#include <string>

namespace cartwatch::commands {

struct VerifyArguments {
    std::filesystem::path database; // or a pack
    bool rebuild = false; // make the tables anew from the journal first; not while a daemon runs
    // "NODE:SEQ" of an entry whose hash is to be told, as a printed page of the past names it;
    // empty: none.
    std::string entry = {};
};

// Where it holds, tells the last entry of each journal with its hash: what a printed page says of
// the journal that it was made from is held against it. 0 it holds, 1 it does not (the first entry
// or row that does not is named), 2 no such database or entry, 3 the machine failed.
[[nodiscard]] int
run_verify(const VerifyArguments& arguments, std::ostream& out, std::ostream& err);

// The same of what is known to be a database.
[[nodiscard]] int
run_verify_database(const VerifyArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
