// What one scan, or one typed expiry date, counts on a line: which lots, how many units of each,
// and how that differs from what is on file. A guess never overstates: with other lots counted
// already it stays within par. Records nothing.
#pragma once

#include "daemon/readiness/line_view.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

// What is known of the pack in hand.
struct Batch {
    std::string lot;
    std::optional<Day> last_usable_day;
    std::string serial;
    std::string raw; // the scan it came from
    Evidence evidence = Evidence::scanned;
    std::optional<int> quantity; // said by the person; nullopt: assumed
    std::string substitute = {}; // what the pack is where it is not the line's own product
    bool correction = false;     // a date typed for what was counted already
    int damaged = 0;             // of them, as was said before this code was scanned
};

struct CountPlan {
    std::vector<Holding> counted; // absolute; empty: nothing is counted
    bool counted_already = false;
    bool expiry_known = true;
    bool differs = false; // from what is on file
    bool put_in = false;  // a lot that is not on file
    // What the scan speaks of, also where nothing is counted.
    std::string lot;
    std::optional<Day> last_usable_day;
    std::optional<Holding> old;   // what is on file in its place
    std::vector<Holding> choices; // nothing is counted: the pack may be of any of these lots
};

[[nodiscard]] CountPlan plan_count(const LineView& view, const Batch& batch);

} // namespace cartwatch::readiness
