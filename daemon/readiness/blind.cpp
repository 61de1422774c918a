#include "daemon/readiness/blind.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

// SplitMix64 (Steele, Lea, Flood 2014): a random number from the one before it.
class Draw {
public:
    explicit Draw(std::int64_t seed) : state_(static_cast<std::uint64_t>(seed)) {}

    // 0 to limit − 1; limit > 0.
    std::size_t below(std::size_t limit) {
        state_ += 0x9E3779B97F4A7C15U;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
        mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
        return (mixed ^ (mixed >> 31U)) % limit;
    }

private:
    std::uint64_t state_;
};

} // namespace

bool watches(WatchedLines rule, const Product& product) {
    return (rule != WatchedLines::off && product.controlled)
           || (rule == WatchedLines::controlled_and_high_alert && product.high_alert);
}

bool counts_by_unit(const Policy& policy, const Line& line, const Product& product) {
    return line.count_by == CountBy::unit || watches(policy.by_unit, product);
}

std::vector<std::string> blind_lines_of(const Turn& turn, const Cart& cart, std::int64_t seed) {
    std::vector<std::string> open;
    for (const Line& line : cart.lines) {
        if (line.par > 0 && !counts_by_unit(turn.policy, line, product_of(turn.state, line))) {
            open.push_back(line.id);
        }
    }
    std::vector<std::string> chosen;
    const auto wanted = static_cast<std::size_t>(std::max(0, turn.policy.blind_lines));
    Draw draw(seed);
    while (seed != 0 && chosen.size() < wanted && !open.empty()) {
        const auto place = static_cast<std::ptrdiff_t>(draw.below(open.size()));
        chosen.push_back(std::move(open[static_cast<std::size_t>(place)]));
        open.erase(open.begin() + place);
    }
    return chosen;
}

} // namespace cartwatch::readiness
