// Which of several codes seen at once a station waits for: a camera sees the whole pack, and its
// neighbour. Reads only; what a code then does is decided as for any other scan.
#pragma once

#include "daemon/readiness/decide.hpp"
#include "daemon/readiness/state.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

namespace cartwatch::readiness {

struct SeenCode {
    bool awaited = false;     // the next step of the station can be made with it
    std::optional<Name> name; // of the cart, line, device, person or product that it stands for
};

struct Choice {
    std::vector<SeenCode> codes; // one for each reading, in order
    // The one code that is meant; nullopt where a person has to say. A single code is always meant.
    std::optional<std::size_t> chosen;
};

// Whether what is scanned at the place now would go on with something there: somebody was just at
// work in its open check, or its cart, its review, its witness or its day waits for a badge, which
// would open, sign or confirm it.
[[nodiscard]] bool is_at_work(const Session& session, std::chrono::milliseconds uptime);

// Before a check, badges and carts are awaited; in it, first of all the product whose place was
// scanned or whose date is asked for, then what is on the cart's list, then its labels. Of two
// codes for one product the one that says more (lot, date, serial) is meant, unless the two differ
// in what both say: those are two packs.
[[nodiscard]] Choice choose_awaited(
    const State& state, const Session& session, const std::vector<codes::Reading>& readings);

} // namespace cartwatch::readiness
