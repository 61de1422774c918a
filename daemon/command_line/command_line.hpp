// The command line as a whole: finds the command, runs it, says what cannot be understood.
#pragma once

#include <string>

namespace cartwatch::command_line {

inline constexpr int unusable = 2; // exit status for arguments and files that cannot be used
inline constexpr int machine_failed = 3;

// The exit status: 0 done, 1 the answer is no, 2 or 3 as above. Throws what a command throws.
[[nodiscard]] int run(int count, const char* const* words, const std::string& version);

} // namespace cartwatch::command_line
