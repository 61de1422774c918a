#include "daemon/figures/rotation.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace cartwatch::figures {

using std::chrono::days;

namespace {

using Lots = std::vector<RestingLot>;

bool expires_first(const RestingLot& one, const RestingLot& other) {
    const Day never = Day::max();
    return std::tuple(one.last.value_or(never), one.lot)
           < std::tuple(other.last.value_or(never), other.lot);
}

Lots by_expiry(Lots lots) {
    std::ranges::sort(lots, expires_first);
    return lots;
}

int units_of(const Lots& lots) {
    int units = 0;
    for (const RestingLot& lot : lots) {
        units += lot.units;
    }
    return units;
}

bool expires_within(const RestingLot& lot, const RotationTerms& terms) {
    return lot.last && *lot.last <= terms.today + days(terms.horizon_days);
}

// Whole units that a line will have used by the end of that day.
int used_by(int used, Day last, const RotationTerms& terms) {
    const std::int64_t ahead = std::max<std::int64_t>(0, (last - terms.today).count() + 1);
    return static_cast<int>(used * ahead / std::max(terms.use_days, 1));
}

// Of each lot that expires within the horizon, by expiry: the units left over on its last day.
std::map<std::string, int> left_over(const Lots& lots, int used, const RotationTerms& terms) {
    std::map<std::string, int> left;
    int taken = 0;
    for (const RestingLot& lot : by_expiry(lots)) {
        if (!expires_within(lot, terms)) {
            break;
        }
        const int used_of_it = std::clamp(used_by(used, *lot.last, terms) - taken, 0, lot.units);
        taken += used_of_it;
        left[lot.lot] += lot.units - used_of_it;
    }
    return left;
}

int of_lot(const std::map<std::string, int>& units, const std::string& lot) {
    const auto found = units.find(lot);
    return found == units.end() ? 0 : found->second;
}

int sum_of(const std::map<std::string, int>& units) {
    int sum = 0;
    for (const auto& [lot, count] : units) {
        sum += count;
    }
    return sum;
}

// The same lots with so many units of one gone and as many of the other there.
Lots exchanged(Lots lots, const RestingLot& out, const RestingLot& in, int units) {
    const auto place = [&lots](const RestingLot& wanted) {
        return std::ranges::find(lots, wanted.lot, &RestingLot::lot);
    };
    place(out)->units -= units;
    if (const auto held = place(in); held != lots.end()) {
        held->units += units;
    } else {
        lots.push_back({in.lot, in.last, units});
    }
    std::erase_if(lots, [](const RestingLot& lot) { return lot.units == 0; });
    return lots;
}

// Whether a lot of the same name there is the same lot: one with another expiry was misread
// somewhere, and nothing is to be mixed with it.
bool fits_in(const Lots& lots, const RestingLot& wanted) {
    const auto held = std::ranges::find(lots, wanted.lot, &RestingLot::lot);
    return held == lots.end() || held->last == wanted.last;
}

auto name_of(const RestingLine& line) {
    return std::tie(line.cart, line.line);
}

// Goes from old lot to old lot, and keeps what its swaps left on each line.
class Planner {
public:
    Planner(std::span<const RestingLine> lines, const RotationTerms& terms)
        : lines_(lines.begin(), lines.end()), terms_(terms) {
        for (std::size_t i = 0; i < lines_.size(); ++i) {
            // One below its par waits for the pharmacy: it gives nothing and is given nothing.
            if (lines_[i].used > 0 && units_of(lines_[i].lots) >= lines_[i].par) {
                takers_[lines_[i].product].push_back(i);
            }
        }
        for (auto& [product, places] : takers_) {
            std::ranges::sort(places, [this](std::size_t one, std::size_t other) {
                return name_of(lines_[one]) < name_of(lines_[other]);
            });
        }
    }

    std::vector<Swap> run() {
        std::vector<Swap> swaps;
        for (const UnusedLot& unused : unused_lots(lines_, terms_)) {
            const RestingLine& from = lines_[unused.line];
            const bool stays = unused.lot.lot.empty() || units_of(from.lots) < from.par
                               || is_in_a_swap(unused.line, unused.lot.lot);
            if (const auto swap = stays ? std::nullopt : best_swap(unused)) {
                make(*swap);
                swaps.push_back(*swap);
            }
        }
        return swaps;
    }

private:
    [[nodiscard]] bool is_in_a_swap(std::size_t line, const std::string& lot) const {
        return in_a_swap_.contains({line, lot});
    }

    // The one that takes most units; of several the first by cart and line, and of its lots the
    // one that expires last.
    std::optional<Swap> best_swap(const UnusedLot& unused) {
        std::optional<Swap> best;
        const auto takers = takers_.find(lines_[unused.line].product);
        if (takers == takers_.end()) {
            return best;
        }
        for (const std::size_t to : takers->second) {
            const int most =
                std::min(unused.unused, used_by(lines_[to].used, *unused.lot.last, terms_));
            if (most <= (best ? best->old.units : 0) || lines_[to].cart == lines_[unused.line].cart
                || is_in_a_swap(to, unused.lot.lot) || !fits_in(lines_[to].lots, unused.lot)) {
                continue;
            }
            const Lots lots = by_expiry(lines_[to].lots);
            for (auto younger = lots.rbegin(); younger != lots.rend(); ++younger) {
                const int units = most_units({unused.line, to, unused.lot, *younger}, most);
                if (units > (best ? best->old.units : 0)) {
                    best = Swap{unused.line, to, unused.lot, *younger};
                    best->old.units = best->younger.units = units;
                }
            }
        }
        return best;
    }

    // How many units this swap may be of; 0: it is not worth making.
    [[nodiscard]] int most_units(const Swap& swap, int most) const {
        const Lots& giving = lines_[swap.from].lots;
        const bool younger = swap.younger.last && *swap.younger.last > *swap.old.last;
        if (!younger || swap.younger.lot.empty() || swap.younger.lot == swap.old.lot
            || is_in_a_swap(swap.to, swap.younger.lot) || is_in_a_swap(swap.from, swap.younger.lot)
            || !fits_in(giving, swap.younger)) {
            return 0;
        }
        int units = std::min(most, swap.younger.units);
        while (units > 0 && !is_worth_it(swap, units)) {
            --units;
        }
        return units;
    }

    // Whether all these units are used up where they go, and nothing else is lost for it.
    [[nodiscard]] bool is_worth_it(const Swap& swap, int units) const {
        const RestingLine& from = lines_[swap.from];
        const RestingLine& to = lines_[swap.to];
        const auto to_before = left_over(to.lots, to.used, terms_);
        const auto to_after =
            left_over(exchanged(to.lots, swap.younger, swap.old, units), to.used, terms_);
        const auto from_before = left_over(from.lots, from.used, terms_);
        const auto from_after =
            left_over(exchanged(from.lots, swap.old, swap.younger, units), from.used, terms_);
        return of_lot(to_after, swap.old.lot) <= of_lot(to_before, swap.old.lot)
               && sum_of(to_after) <= sum_of(to_before)
               && sum_of(from_after) == sum_of(from_before) - units;
    }

    void make(const Swap& swap) {
        Lots& giving = lines_[swap.from].lots;
        Lots& taking = lines_[swap.to].lots;
        giving = exchanged(giving, swap.old, swap.younger, swap.old.units);
        taking = exchanged(taking, swap.younger, swap.old, swap.old.units);
        for (const std::size_t line : {swap.from, swap.to}) {
            in_a_swap_.emplace(line, swap.old.lot);
            in_a_swap_.emplace(line, swap.younger.lot);
        }
    }

    std::vector<RestingLine> lines_;
    RotationTerms terms_;
    std::map<std::string, std::vector<std::size_t>> takers_; // by product: lines that use it
    std::set<std::pair<std::size_t, std::string>> in_a_swap_;
};

} // namespace

std::vector<UnusedLot> unused_lots(std::span<const RestingLine> lines, const RotationTerms& terms) {
    std::vector<UnusedLot> unused;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto left = left_over(lines[i].lots, lines[i].used, terms);
        for (const RestingLot& lot : lines[i].lots) {
            if (const int units = of_lot(left, lot.lot); units > 0 && expires_within(lot, terms)) {
                unused.push_back({i, lot, units});
            }
        }
    }
    std::ranges::sort(unused, [lines](const UnusedLot& one, const UnusedLot& other) {
        const auto rank = [lines](const UnusedLot& each) {
            const RestingLine& line = lines[each.line];
            return std::tie(*each.lot.last, line.cart, line.line, each.lot.lot);
        };
        return rank(one) < rank(other);
    });
    return unused;
}

std::vector<Swap> rotation_of(std::span<const RestingLine> lines, const RotationTerms& terms) {
    return Planner(lines, terms).run();
}

} // namespace cartwatch::figures
