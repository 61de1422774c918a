#include "daemon/figures/archive.hpp"

#include <tuple>
#include <type_traits>

namespace cartwatch::figures {

using namespace readiness;

Archive::Archive(Past past) : past_(std::move(past)) {
    subjects_.reserve(past_.entries.size());
    for (const auto& [at, entry] : past_.entries) {
        subjects_.push_back(subject_of(*entry));
    }
}

// Whether the cart was ever listed there.
bool Archive::is_of(
    const Scope& scope, const CartName& name, const std::set<std::string>& stations) {
    return (scope.node.empty() || scope.node == name.first)
           && (scope.cart.empty() || scope.cart == name.second)
           && (scope.station.empty() ? !stations.empty() : stations.contains(scope.station));
}

std::size_t Archive::number_of(std::string_view node, const std::string& cart) {
    const auto known = numbers_.try_emplace({std::string(node), cart}, numbers_.size()).first;
    stations_.resize(numbers_.size());
    return known->second;
}

std::size_t Archive::subject_of(const Recorded& entry) {
    return std::visit(
        [&](const auto& what) -> std::size_t {
            using What = std::decay_t<decltype(what)>;
            if constexpr (std::is_same_v<What, CartDefined>) {
                const std::size_t number = number_of(entry.node, what.cart.id);
                stations_[number].insert(what.cart.station);
                return number;
            } else if constexpr (std::is_same_v<What, CheckOpened>) {
                const std::size_t number = number_of(entry.node, what.cart);
                checks_[{entry.node, what.check}] = number;
                return number;
            } else if constexpr (requires { what.node + what.key.cart; }) {
                return number_of(what.node, what.key.cart);
            } else if constexpr (requires { std::string(what.key.cart); }) {
                return number_of(entry.node, what.key.cart);
            } else if constexpr (requires { std::string(what.cart); }) {
                return number_of(entry.node, what.cart);
            } else if constexpr (requires { std::string(what.check); }) {
                const auto check = checks_.find({entry.node, what.check});
                return check == checks_.end() ? no_cart : check->second;
            } else {
                return no_cart;
            }
        },
        static_cast<const EventKinds&>(entry.event));
}

Past Archive::about(const Scope& scope) const {
    std::vector<bool> wanted(stations_.size());
    for (const auto& [name, number] : numbers_) {
        wanted[number] = is_of(scope, name, stations_[number]);
    }
    Past part{{}, past_.pharmacy, past_.day_begins, past_.shifts_at};
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
        const Dated& dated = past_.entries[i];
        const bool of_all = scope.node.empty() || scope.node == dated.entry->node
                            || past_.pharmacy == dated.entry->node;
        if (subjects_[i] == no_cart ? of_all : wanted[subjects_[i]]) {
            part.entries.push_back(dated);
        }
    }
    return part;
}

std::vector<Scope> Archive::parts_of(const Scope& scope, Parts parts) const {
    std::set<std::tuple<std::string, std::string, std::string>> names; // node, station, cart
    for (const auto& [name, number] : numbers_) {
        const auto& [node, cart] = name;
        if (!is_of(scope, name, stations_[number])) {
            continue;
        }
        if (parts == Parts::whole) {
            return {scope};
        }
        if (parts == Parts::carts) {
            names.emplace(node, scope.station, cart);
            continue;
        }
        for (const std::string& station : stations_[number]) {
            if (!station.empty() && (scope.station.empty() || scope.station == station)) {
                names.emplace(node, station, scope.cart);
            }
        }
    }
    std::vector<Scope> scopes;
    for (const auto& [node, station, cart] : names) {
        scopes.push_back({node, station, cart});
    }
    return scopes;
}

} // namespace cartwatch::figures
