// Which cart each entry is about, so that the figures of one cart need not go through the entries
// of all. Puts aside, and computes nothing.
#pragma once

#include "daemon/figures/past.hpp"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cartwatch::figures {

enum class Parts { whole, stations, carts };

class Archive {
public:
    // Cost: one pass over the entries.
    explicit Archive(Past past);

    // The entries of the scope's carts, and those about no cart of its node and of the pharmacy.
    // Every figure of the scope is the same as of all entries.
    [[nodiscard]] Past about(const Scope& scope) const;

    // The scope itself, or one scope for each station or cart in it, by node and id; of all that
    // were ever on a list. Empty: nothing was. Carts that stand at no station are part of the whole
    // alone.
    [[nodiscard]] std::vector<Scope> parts_of(const Scope& scope, Parts parts) const;

private:
    static constexpr std::size_t no_cart = static_cast<std::size_t>(-1);

    [[nodiscard]] static bool
    is_of(const Scope& scope, const CartName& name, const std::set<std::string>& stations);
    [[nodiscard]] std::size_t subject_of(const readiness::Recorded& entry);
    [[nodiscard]] std::size_t number_of(std::string_view node, const std::string& cart);

    Past past_;
    std::vector<std::size_t> subjects_; // of each entry: the number of its cart, or no_cart
    std::map<CartName, std::size_t> numbers_;
    std::vector<std::set<std::string>> stations_; // of each cart, where it ever stood
    std::map<std::pair<std::string, std::string>, std::size_t> checks_; // by node and check
};

} // namespace cartwatch::figures
