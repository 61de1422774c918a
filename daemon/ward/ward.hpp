// The daemon of a ward PC: scanners, checks, pages for nurses, and the link to the pharmacy. It
// puts parts together and decides nothing; a ward works in full while the pharmacy is out of reach.
#pragma once

#include "daemon/config/config.hpp"

#include <functional>

namespace cartwatch::ward {

// Called once the pages are served, with their port.
using OnReady = std::function<void(int web_port)>;

// Runs until SIGINT or SIGTERM. 0 ended as asked; 2 the configuration cannot be used; 3 the machine
// failed (said on the log).
[[nodiscard]] int run(const config::WardConfig& config, const OnReady& on_ready);

} // namespace cartwatch::ward
