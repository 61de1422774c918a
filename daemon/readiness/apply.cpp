#include "daemon/readiness/apply.hpp"

#include "daemon/readiness/state.hpp"

namespace cartwatch::readiness {

namespace {

// Keeps the index of codes in step with what an event may have changed.
struct Indexer {
    NodeState& node;

    void operator()(const CartDefined& event) const {
        cart(event.cart.id);
    }

    void operator()(const StaffDefined& event) const {
        node.index.put(event.staff);
    }

    void operator()(const ProductDefined& event) const {
        node.index.put(event.product);
    }

    void operator()(const CodeLinked& event) const {
        node.index.put(event);
    }

    // Whatever names a cart may have changed what lies in it.
    template <typename Other>
    void operator()(const Other& event) const {
        if constexpr (requires { node.carts.find(event.cart); }) {
            cart(event.cart);
        }
    }

    void cart(const std::string& id) const {
        if (const auto found = node.carts.find(id); found != node.carts.end()) {
            node.index.put(found->second);
        }
    }
};

} // namespace

void apply(State& state, const Recorded& entry) {
    std::visit(
        [&](const auto& event) {
            apply_event(Application{state, entry}, event);
        },
        entry.event);
    if (const auto node = state.nodes.find(entry.node); node != state.nodes.end()) {
        std::visit(Indexer{node->second}, entry.event);
    }
}

} // namespace cartwatch::readiness
