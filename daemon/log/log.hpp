// The daemon's log, to standard error (the journal of systemd keeps it). Never a scan's text or a
// person's name: counts, nodes, numbers and failures only.
#pragma once

#include <string_view>

namespace cartwatch::log {

// debug, info, warn or error; anything else counts as info.
void set_level(std::string_view level);

void debug(std::string_view text);
void info(std::string_view text);
void warn(std::string_view text);
void error(std::string_view text);

} // namespace cartwatch::log
