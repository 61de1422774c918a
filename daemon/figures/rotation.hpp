// Which lots would expire unused where they lie, and which carts use enough of the product to use
// them up in time: swaps of the old lot for a younger one that lies there, piece for piece, so that
// no line holds less than before. A rule of thumb over averages: what an emergency needs tomorrow
// nobody knows. Proposes, and records nothing.
#pragma once

#include "daemon/figures/past.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cartwatch::figures {

// Usable units of one lot: nothing expired, recalled or damaged.
struct RestingLot {
    std::string lot;         // empty: not known; it stays where it is
    std::optional<Day> last; // last usable day; nullopt: does not expire
    int units = 0;

    friend bool operator==(const RestingLot&, const RestingLot&) = default;
};

// A line of a cart, with what may be used of its own product.
struct RestingLine {
    CartName cart;
    std::string line;
    std::string product;
    int par = 0;
    std::vector<RestingLot> lots; // a lot once
    int used = 0;                 // units that emergencies used of it in `use_days`
};

struct RotationTerms {
    Day today;
    // How far ahead it is asked what expires; the furthest band of the forecast.
    int horizon_days = 180;
    // How far back use is counted. Emergencies are rare: a year holds enough of them to tell a cart
    // that uses a product from one that does not, and every season once.
    int use_days = 365;
};

// Of what a line holds of a lot: units that will be there on its last day still, if the line's use
// goes on as it was and what expires first is used first.
struct UnusedLot {
    std::size_t line = 0; // place among the lines
    RestingLot lot;       // with all its units
    int unused = 0;

    friend bool operator==(const UnusedLot&, const UnusedLot&) = default;
};

// Those that expire within the horizon, the first to expire first; then by cart, line and lot.
[[nodiscard]] std::vector<UnusedLot>
unused_lots(std::span<const RestingLine> lines, const RotationTerms& terms);

// So many units of the old lot go from one line to the other, and as many of the younger one back.
struct Swap {
    std::size_t from = 0; // places among the lines
    std::size_t to = 0;
    RestingLot old; // with the units that go: so many do not expire unused any more
    RestingLot younger;

    friend bool operator==(const Swap&, const Swap&) = default;
};

// The swaps worth making, in the order of unused_lots. Both lines are at their par before, and
// hold as many units after; the other cart will have used up the old lot by its last day, and
// nothing else expires for it. What lies on a line of a lot is in one swap at most. The same lines
// give the same swaps, in whatever order they come.
[[nodiscard]] std::vector<Swap>
rotation_of(std::span<const RestingLine> lines, const RotationTerms& terms);

} // namespace cartwatch::figures
