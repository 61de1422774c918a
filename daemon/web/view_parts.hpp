// Parts that several views share.
#pragma once

#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/nearest.hpp"
#include "daemon/web/views.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

// One cart of one node with what it is judged by.
struct CartView {
    const readiness::State& state;
    std::string_view node;
    const readiness::Cart& cart;
    Day today;
    std::optional<Shifts> shifts;
    bool in_doubt = false; // is_in_doubt of the facts

    [[nodiscard]] readiness::AsOf as_of() const {
        return {today, shifts};
    }
};

[[nodiscard]] Json name_json(const readiness::Name& name);

// {"id","name","strength","pinyin"}
[[nodiscard]] Json product_json(const readiness::Product& product);

// Null for an empty text.
[[nodiscard]] Json text_or_null(std::string_view text);

template <typename T>
[[nodiscard]] Json text_or_null(const std::optional<T>& value) {
    return value ? Json(to_text(*value)) : Json(nullptr);
}

// {"id","name"}; null for an empty id, and the id for a name that nobody knows any more.
[[nodiscard]] Json
person_json(const readiness::State& state, std::string_view node, std::string_view staff);

// The name of a line's product or of a device; null where the cart has neither.
[[nodiscard]] Json subject_name(const CartView& view, std::string_view subject);

// The name of another product of the same look-alike group, one on the same cart if there is one.
[[nodiscard]] Json lasa_twin(const CartView& view, const readiness::Product* product);

// As far as the node may say: readiness::in_doubt while its past is awaited.
[[nodiscard]] readiness::Judgement judged(const CartView& view);
[[nodiscard]] std::vector<readiness::JudgedCart> judged_carts(const Facts& facts);
[[nodiscard]] Json functions_json(const readiness::Judgement& judgement);
// What an alert has of its way to the ward: dispatched (null: nothing was sent), silence (null:
// none), escalated.
void put_dispatch(Json& json, const CartView& view, const readiness::Alert& alert);
// What units are in place of the line's own product, by name; null: they are that. An empty
// `product`: the line's own.
[[nodiscard]] Json substitute_json(const CartView& view, const std::string& product);

// The last emergency that the cart was opened for; null: never.
[[nodiscard]] Json use_json(const CartView& view);

// The checks that the cart is asked for, the first due first.
[[nodiscard]] Json due_json(const CartView& view);

[[nodiscard]] Json reasons_json(const readiness::Reasons& reasons);
[[nodiscard]] Json
findings_json(const CartView& view, const std::vector<readiness::Finding>& findings);
[[nodiscard]] Json seal_json(const std::optional<readiness::Seal>& seal);

// {"day","known"}: what the machine's clock says, before the latest day that was judged; null where
// the clock was not set back.
[[nodiscard]] Json clock_back_json(const Facts& facts);

// Whether the node may call no cart ready: its past is awaited, or its clock is behind the
// pharmacy's day.
[[nodiscard]] bool is_in_doubt(const Facts& facts);

// The carts to run to instead of one that is not ready: {"nearest","nearest_for"}.
void put_nearest(Json& json, const CartView& view, const std::vector<readiness::JudgedCart>& carts);

// A row of the ward's list of carts.
[[nodiscard]] Json cart_json(
    const CartView& view, const LinkStatus& link, const std::vector<readiness::JudgedCart>& carts);

// The open check, as far as it has come, with what closing it now would say.
[[nodiscard]] Json
check_json(const CartView& view, const readiness::Check& check, const readiness::Context& moment);

// The last steps of a check, newest first.
inline constexpr std::size_t steps_shown_max = 50;
[[nodiscard]] Json
steps_json(const CartView& view, const readiness::Check& check, std::size_t most = steps_shown_max);

} // namespace cartwatch::web
