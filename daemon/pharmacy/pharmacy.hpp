// The daemon of the pharmacy: receives the wards' entries, the board for pharmacists. It puts parts
// together and decides nothing.
#pragma once

#include "daemon/config/config.hpp"

#include <functional>

namespace cartwatch::pharmacy {

// Called once pages are served and wards may call, with both ports.
using OnReady = std::function<void(int web_port, int link_port)>;

// Runs until SIGINT or SIGTERM. 0 ended as asked; 2 the configuration cannot be used; 3 the machine
// failed (said on the log).
[[nodiscard]] int run(const config::PharmacyConfig& config, const OnReady& on_ready);

} // namespace cartwatch::pharmacy
