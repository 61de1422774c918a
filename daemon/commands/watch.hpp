// `cartwatch watch`: what becomes of alerts, a line a step, as they arrive. It stands beside the
// daemon, which tells it when to look, and reads the node's store; it changes nothing.
#pragma once

#include "daemon/config/config.hpp"

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

namespace cartwatch::commands {

struct WatchArguments {
    bool json = false;                 // one JSON object a line: schema/watch.md
    std::string language = "zh-CN";    // or en; of lines for people
    std::optional<std::int64_t> after; // goes on after the step that bore this position; 0: all of
                                       // them; nullopt: begins with the last step of what is open
    bool once = false;                 // what is there, and ends
    config::NodeConfig node;
};

// Runs until SIGINT or SIGTERM, or to the end of what is there. 0 done, 2 unusable arguments or no
// such store, 3 the machine failed. A daemon that is not there is waited for, and said on `err`.
[[nodiscard]] int run_watch(const WatchArguments& arguments, std::ostream& out, std::ostream& err);

} // namespace cartwatch::commands
