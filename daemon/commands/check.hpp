// `cartwatch check CART`: a check in the terminal. Each line of standard input is a scan, or a word
// of command behind a slash (/help lists them); each gets a verdict line.
#pragma once

#include "daemon/config/config.hpp"

#include <iosfwd>
#include <string>

namespace cartwatch::commands {

struct CheckArguments {
    std::string cart;  // id or tag
    bool json = false; // replies as JSON
    std::string language = "zh-CN";
    config::NodeConfig node;
};

// 0 the check was closed and the cart is ready; 1 it was not closed, or the cart is not ready;
// 2 no such cart or an unusable store; 3 the machine failed.
[[nodiscard]] int
run_check(const CheckArguments& arguments, std::istream& in, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
