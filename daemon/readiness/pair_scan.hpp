// The second code of a pack: lot and expiry in a symbol of their own, scanned behind the code that
// names the product. Both are one item and count once.
#pragma once

#include "daemon/readiness/turn.hpp"

#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

// What a person said of a scan behind it, each as steps of its own.
struct SaidOfScan {
    std::optional<int> quantity; // how many units of the lot there are in all
    std::string lot;             // of that number
    int damaged = 0;             // units more than the scan counted as such
};

struct PairedScan {
    codes::Reading reading; // both codes as one; or why this one is not of that pack
    std::string line;       // where the first code was counted, or waits for its date
    std::string raw;        // both texts
    std::vector<int> steps; // of the first code and what was said of it, in their order
    std::string substitute; // what the pack is where it is not the line's own product
    SaidOfScan said;        // between both codes
};

// With the code scanned just before, where that one names a product on the current line and tells
// neither lot nor expiry. nullopt: this scan is no second code.
[[nodiscard]] std::optional<PairedScan>
pair_with_last(const Turn& turn, const codes::Reading& reading);

// A lot or expiry without its product, which its own identifier or link proves to be whole, and
// which is not of the pack counted just before. It waits for the product's code, and counts nothing
// by itself.
[[nodiscard]] bool is_part_to_hold(const Turn& turn, const codes::Reading& reading);
void hold_part(Turn& turn, const codes::Reading& reading);

// The code of a product, with the part of the pack that waited for it: both as one, or as several
// readings to be asked about. nullopt: nothing waits, or not for this one.
[[nodiscard]] std::optional<codes::Reading>
pack_with_held(const Turn& turn, const codes::Reading& reading);

// Two codes of one pack, each of which names the product: one of them with lot, expiry or serial,
// the other without, one directly behind the other, or with a number or damage said between them.
struct TwinScan {
    PairedScan pair;
    bool counted = false; // the first one told all: nothing is left to count
};

[[nodiscard]] std::optional<TwinScan>
twin_of_last(const Turn& turn, const Product& product, const codes::Reading& reading);
void count_twin(Turn& turn, const TwinScan& twin);

// Counts the pack: in place of what its first code counted; or asks where it has several readings.
// Precondition: it reads.
void count_pair(Turn& turn, const PairedScan& pair);

} // namespace cartwatch::readiness
