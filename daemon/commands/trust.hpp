// `cartwatch pharmacy enroll NODE`, `cartwatch pharmacy revoke NODE` and `cartwatch ward join
// ADDRESS --code CODE`: who may speak to whom. They work beside a running daemon.
#pragma once

#include "daemon/config/config.hpp"

#include <iosfwd>
#include <string>

namespace cartwatch::commands {

struct CallerArguments {
    config::PharmacyConfig pharmacy;
    std::string node; // the ward
};

// Prints the code on standard output, and nothing else; what to do with it on `err`. 0 done, 2
// unusable arguments, 3 the machine failed.
[[nodiscard]] int
run_enroll(const CallerArguments& arguments, std::ostream& out, std::ostream& err);

// 0 done, 2 that node was never enrolled, 3 the machine failed.
[[nodiscard]] int
run_revoke(const CallerArguments& arguments, std::ostream& out, std::ostream& err);

struct JoinArguments {
    config::WardConfig ward;
    std::string address;
    std::string code;
};

// 0 joined; 1 the pharmacy refuses, or is not the one that made the code; 2 unusable arguments; 3
// the pharmacy is out of reach, or the certificate cannot be written. Only 0 changes anything here.
[[nodiscard]] int run_join(const JoinArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
