// `cartwatch verify --beside KEPT`: in words, what only a branch that was set aside holds.
#pragma once

#include "daemon/journal/entry.hpp"

#include <filesystem>
#include <iosfwd>
#include <string>

namespace cartwatch::commands {

struct BesideArguments {
    std::filesystem::path database;
    std::filesystem::path kept;
};

// One line an entry, the oldest first. 0 nothing is in KEPT alone, 1 something is (to be done again
// by hand), 2 a file is none, 3 the machine failed.
[[nodiscard]] int
run_beside(const BesideArguments& arguments, std::ostream& out, std::ostream& err);

// "2026-11-22T02:06:39.123Z entry 61 of pharmacy, by P001: alert accepted: cart OR-1, node ward-1".
// Members of the body in its order, objects within as "member.member", lists by number.
[[nodiscard]] std::string in_words(const journal::Entry& entry);

} // namespace cartwatch::commands
