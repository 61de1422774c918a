// Which products a scan means: every identifier that each of its readings bears, held against the
// catalogue. Of several, those on the cart's list are preferred. Decides nothing.
#pragma once

#include "daemon/readiness/lookup.hpp"

#include <string>
#include <vector>

namespace cartwatch::readiness {

// What a reading says of the product, in every form in which a catalogue may hold it.
[[nodiscard]] std::vector<Identifier> identifiers_in(const codes::ScannedCode& code);

// `names` are the texts under which a hospital may know what was scanned. Each product once; empty
// where no product here bears any of it.
[[nodiscard]] std::vector<const Product*> products_meant(
    const State& state,
    const codes::Reading& reading,
    const std::vector<std::string>& names,
    const Cart* on);

} // namespace cartwatch::readiness
