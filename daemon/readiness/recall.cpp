#include "daemon/readiness/recall.hpp"

#include "daemon/readiness/substitution.hpp"
#include "scanner/codes/ascii_forms.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

std::string folded(std::string_view lot) {
    std::string text = codes::with_ascii_forms(lot);
    std::erase(text, ' ');
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    });
    return text;
}

} // namespace

bool is_same_lot(std::string_view one, std::string_view other) {
    return one == other || folded(one) == folded(other);
}

bool names(const Recall& recall, std::string_view product, std::string_view lot) {
    return recall.product == product && (recall.lot.empty() || is_same_lot(recall.lot, lot));
}

bool may_name(const Recall& recall, std::string_view product, std::string_view lot) {
    return recall.product == product && !recall.lot.empty() && folded(lot).empty();
}

std::vector<HeldUnits> held_by(const Cart& cart, std::span<const Recall> recalls) {
    std::vector<HeldUnits> held;
    for (const Line& line : cart.lines) {
        for (const Holding& holding : line.holdings) {
            const std::string& product = product_in(line, holding);
            const auto any = [&](bool (*says)(const Recall&, std::string_view, std::string_view)) {
                return std::ranges::any_of(recalls, [&](const Recall& recall) {
                    return says(recall, product, holding.lot);
                });
            };
            const bool named = any(names);
            const bool possible = !named && any(may_name);
            if (holding.quantity > 0 && (named || possible)) {
                held.push_back(
                    {cart.id, line.id, line.position, holding.lot, holding.quantity, possible});
            }
        }
    }
    return held;
}

} // namespace cartwatch::readiness
