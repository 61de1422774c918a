#include "daemon/readiness/look_alikes.hpp"

#include <algorithm>
#include <iterator>

namespace cartwatch::readiness {

namespace {

bool is_twin(const Product& listed, const Product& product) {
    const bool same_group = !product.lasa_group.empty() && listed.lasa_group == product.lasa_group;
    const bool same_name = (!product.name.zh.empty() && listed.name.zh == product.name.zh)
                           || (!product.name.en.empty() && listed.name.en == product.name.en);
    return listed.id != product.id && (same_group || same_name);
}

// The ids of the node's products that may be a twin of this one; nullopt: its index does not know.
std::optional<std::vector<std::string>> kin_in(const NodeState& source, const Product& product) {
    const Bearers& kin = source.index.kin;
    if (kin.size() != source.products.size()) {
        return std::nullopt;
    }
    std::vector<std::string> ids;
    for (const std::string& text : kin_of(product)) {
        const std::vector<std::string>& found = kin.with(text);
        std::copy_if(found.begin(), found.end(), std::back_inserter(ids), [&](const auto& id) {
            return id != product.id;
        });
    }
    return ids;
}

} // namespace

std::optional<Product> twin_on_list(const Turn& turn, const Product& meant) {
    const Product product = held_strictly(turn.state, turn.state.self, meant);
    std::vector<std::string> kin;
    bool is_known = true;
    for (const NodeState* source : sources_for(turn.state, turn.state.self)) {
        const auto found = kin_in(*source, product);
        is_known = is_known && found.has_value();
        if (found) {
            kin.insert(kin.end(), found->begin(), found->end());
        }
    }
    for (const Line& line : turn.cart->lines) {
        if (is_known && std::find(kin.begin(), kin.end(), line.product) == kin.end()) {
            continue;
        }
        auto listed = find_strictly(turn.state, turn.state.self, line.product);
        if (listed && is_twin(*listed, product)) {
            return listed;
        }
    }
    return std::nullopt;
}

} // namespace cartwatch::readiness
