// Other readers of GS1 element strings, as far as a registry has them, run in a process of their
// own by Node. For the bench only: nothing of them is in the product or in its tests.
#pragma once

#include <string>
#include <vector>

namespace cartwatch::peers {

struct Peer {
    std::string name;
    std::string version;
    double nanoseconds = 0;  // of one reading of the first text, in the least disturbed run
    std::vector<bool> takes; // each text: read, and not refused
};

// Throws where Node or one of the readers cannot be run. No text may hold a line feed.
[[nodiscard]] std::vector<Peer> run_peers(const std::vector<std::string>& texts);

} // namespace cartwatch::peers
