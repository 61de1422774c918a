// The rows of a history's answer, one function a kind.
#pragma once

#include "daemon/figures/past.hpp"
#include "daemon/figures/waits.hpp"
#include "daemon/records/history.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <utility>

namespace cartwatch::records {

using Json = nlohmann::ordered_json;

using figures::CartName;

// Whether the question names a cart: then nothing of the others is read.
[[nodiscard]] inline bool is_of_one_cart(const web::HistoryQuestion& question) {
    return !question.node.empty() && !question.cart.empty();
}

// A check that was signed, as a row.
[[nodiscard]] Json check_json(const store::CheckReport& report);

// The checks of one cart that can matter to the days asked for.
struct CartChecks {
    std::map<readiness::CheckKind, std::vector<Day>>
        days; // of those whose day was; also before them
    Json shown =
        Json::array(); // rows: full ones alone where every cart is asked for, else every kind
};

// The day of the first check that keeps a due date and is known; nullopt: there is none. Nothing is
// due before it, and nothing is missed.
[[nodiscard]] std::optional<Day>
first_check_of(const KnownCart& cart, const CartChecks& checks, const Asked& asked);

// {"due","fate","done"} each, of the days asked for.
[[nodiscard]] Json dues_json(const KnownCart& cart, const CartChecks& checks, const Asked& asked);

// One episode of an alert, from its steps.
struct Episode {
    store::AlertReport raised;
    std::optional<Instant> accepted; // first, or sent unasked
    std::string accepted_by;
    std::optional<Instant> dispatched; // last
    std::optional<Instant> ended;
    bool withdrawn = false;
};

// Those raised in the days asked for, of the carts asked for, in the order in which they were.
[[nodiscard]] std::vector<Episode>
episodes_of(store::Reader& reader, const clock::Calendar& calendar, const Asked& asked);

[[nodiscard]] Json episode_json(const Episode& episode);

// {"to_accept","to_restock"}: by the severity with which they were raised.
[[nodiscard]] Json waits_json(const std::vector<Episode>& episodes);

// {"node","id","name","waits"} of each station of the carts asked for.
[[nodiscard]] Json stations_json(const std::vector<Episode>& episodes, const Asked& asked);

// {"node","first","last","hash"}: what of a node's journal an answer was made from. The hash is of
// the last entry, which `cartwatch verify` tells as well, and binds all before it.
[[nodiscard]] Json
range_json(const std::string& node, std::int64_t first, const journal::Head& last);

// {"forecast","more_forecast"}: usable units by lot that expire within 180 days, and what lies
// there past its day.
void put_forecast(Json& json, store::Reader& reader, const Asked& asked);

} // namespace cartwatch::records
