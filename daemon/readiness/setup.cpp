#include "daemon/readiness/setup.hpp"

#include "daemon/readiness/apply.hpp"
#include "daemon/readiness/code_index.hpp"
#include "daemon/readiness/lookup.hpp"
#include "scanner/codes/reader.hpp"

#include <algorithm>
#include <variant>

namespace cartwatch::readiness {

namespace {

template <typename Things>
auto find(const Things& things, const std::string& id) -> decltype(&things.begin()->second) {
    const auto found = things.find(id);
    return found == things.end() ? nullptr : &found->second;
}

struct Standing {
    const NodeState& node;
    std::vector<Event>& found;

    void operator()(const StationDefined& event) const {
        if (const Station* known = find(node.stations, event.station.id)) {
            found.emplace_back(StationDefined{*known});
        }
    }

    void operator()(const ProductDefined& event) const {
        if (const Product* known = find(node.products, event.product.id)) {
            found.emplace_back(ProductDefined{*known});
        }
    }

    void operator()(const StaffDefined& event) const {
        if (const Staff* known = find(node.staff, event.staff.id)) {
            found.emplace_back(StaffDefined{*known});
        }
    }

    void operator()(const CartDefined& event) const {
        if (const Cart* known = find(node.carts, event.cart.id)) {
            found.emplace_back(CartDefined{list_of(*known)});
        }
    }

    void operator()(const StockRecorded& event) const {
        const Cart* cart = find(node.carts, event.cart);
        if (const Line* line = cart ? find_line(*cart, event.line) : nullptr) {
            found.emplace_back(StockRecorded{event.cart, event.line, line->holdings});
        }
    }

    template <typename Other>
    void operator()(const Other&) const {}
};

bool is_carried_by_ean(const codes::ScannedCode& code) {
    return code.family == codes::Family::ean_upc && code.symbology.starts_with("]E");
}

// Numbers that a hospital gave its badges break the check digit of the family that they look like.
bool is_of_product(const codes::Reading& reading) {
    const auto family = reading ? std::optional(reading->family) : reading.error().family;
    if (!family || *family == codes::Family::own_tag || *family == codes::Family::other) {
        return false;
    }
    if (!reading) {
        return *family != codes::Family::ean_upc && *family != codes::Family::drug_code;
    }
    constexpr std::size_t short_digits = 8; // GTIN-8 and UPC-E
    if (*family == codes::Family::ean_upc && reading->raw.size() <= short_digits) {
        return false;
    }
    return reading->field("gsrn_provider").empty() && reading->field("gsrn_recipient").empty();
}

// Letters of ASCII as small ones: Caps Lock turns them, and whoever reads them turns them back.
std::string folded(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
    return text;
}

// The pharmacy's person or product under an id that the node has not given itself.
struct OfPharmacy {
    const NodeState& node;
    const NodeState& pharmacy;

    const std::string* operator()(const ProductDefined& event) const {
        const std::string& id = event.product.id;
        return find(node.products, id) == nullptr && find(pharmacy.products, id) ? &id : nullptr;
    }

    const std::string* operator()(const StaffDefined& event) const {
        const std::string& id = event.staff.id;
        return find(node.staff, id) == nullptr && find(pharmacy.staff, id) ? &id : nullptr;
    }

    template <typename Other>
    const std::string* operator()(const Other&) const {
        return nullptr;
    }
};

} // namespace

bool keeps_setup(Role role, bool at_pharmacy) {
    return role == Role::administrator
           || role == (at_pharmacy ? Role::pharmacist : Role::head_nurse);
}

bool gives_role(Role giver, Role given) {
    return giver == Role::administrator || given == Role::nurse || given == giver;
}

bool knows_no_staff(const State& state) {
    const auto sources = sources_for(state, state.self);
    return std::all_of(sources.begin(), sources.end(), [](const NodeState* source) {
        return source->staff.empty();
    });
}

bool has_keeper(const State& state) {
    const bool at_pharmacy = state.self == state.pharmacy;
    for (const NodeState* source : sources_for(state, state.self)) {
        for (const auto& [id, person] : source->staff) {
            if (!person.retired && !is_shadowed(state, *source, id)
                && keeps_setup(person.role, at_pharmacy)) {
                return true;
            }
        }
    }
    return false;
}

std::vector<Event> standing(const NodeState& node, const std::vector<Event>& definitions) {
    std::vector<Event> found;
    for (const Event& definition : definitions) {
        std::visit(Standing{node, found}, definition);
    }
    return found;
}

std::string badge_text(const codes::Reading& reading) {
    const auto without_aim = [](const std::string& raw) {
        return raw.size() > 3 && raw.front() == ']' ? raw.substr(3) : raw;
    };
    if (!reading) {
        return without_aim(reading.error().raw);
    }
    for (const char* key : {"gsrn_provider", "gsrn_recipient"}) {
        if (const std::string_view number = reading->field(key); !number.empty()) {
            return std::string(number);
        }
    }
    if (is_carried_by_ean(*reading)) { // the identifier says that it is a product's
        return reading->cleaned.empty() ? reading->raw : reading->cleaned;
    }
    const bool printed =
        reading->family == codes::Family::own_tag || reading->family == codes::Family::other;
    return printed && !reading->text.empty() ? reading->text : without_aim(reading->raw);
}

bool has_form_of_badge(const codes::Reading& reading) {
    if (!reading) {
        return false;
    }
    const auto tag = codes::parse_own_tag(badge_text(reading));
    return (tag && tag->type == codes::TagType::staff) || !reading->field("gsrn_provider").empty()
           || !reading->field("gsrn_recipient").empty();
}

bool tells_badge(const State& state, const codes::Reading& reading) {
    if (has_form_of_badge(reading)
        || std::holds_alternative<MeansStaff>(meaning_of(state, reading))) {
        return true;
    }
    const std::string text = folded(reading ? reading->raw : reading.error().raw);
    for (const NodeState* source : sources_for(state, state.self)) {
        for (const auto& [id, person] : source->staff) {
            const std::string badge = folded(person.badge);
            if (!badge.empty() && text.find(badge) != std::string::npos) {
                return true;
            }
        }
    }
    return false;
}

std::string_view no_badge(const State& state, const std::string& text, Day today) {
    codes::ReadOptions options;
    options.as_of = today;
    const codes::Reading reading = codes::read(text, options);
    if (is_of_product(reading)) {
        return "badge_of_product";
    }
    const Meaning meaning = meaning_of(state, reading);
    const auto* tag = std::get_if<MeansUnknownTag>(&meaning);
    if (std::holds_alternative<MeansProducts>(meaning)) {
        return "badge_of_product";
    }
    const bool nobodys = std::holds_alternative<MeansNothing>(meaning)
                         || (tag != nullptr && tag->type == codes::TagType::staff);
    return nobodys || std::holds_alternative<MeansStaff>(meaning) ? "" : "badge_other_tag";
}

std::string masked_badge(std::string_view badge) {
    const auto begins = [&](std::size_t at) {
        return (static_cast<unsigned char>(badge[at]) & 0xC0U) != 0x80U; // of a sign in UTF-8
    };
    std::size_t start = badge.size();
    for (int signs = 0; signs < 2 && start > 0;) {
        signs += begins(--start) ? 1 : 0;
    }
    if (badge.empty()) {
        return "";
    }
    return start == 0 ? "…" : "…" + std::string(badge.substr(start));
}

const std::string* kept_by_pharmacy(const State& state, const std::vector<Event>& definitions) {
    const NodeState& node = node_of(state, state.self);
    const NodeState& pharmacy = node_of(state, state.pharmacy);
    for (const Event& definition : definitions) {
        if (const std::string* id = std::visit(OfPharmacy{node, pharmacy}, definition)) {
            return id;
        }
    }
    return nullptr;
}

std::string_view looser_than_pharmacy(const State& state, const Product& product) {
    const Product* kept = find(node_of(state, state.pharmacy).products, product.id);
    if (kept == nullptr || state.self == state.pharmacy) {
        return "";
    }
    const std::pair<std::string_view, bool> looser[] = {
        {"high_alert", kept->high_alert && !product.high_alert},
        {"controlled", kept->controlled && !product.controlled},
        {"expires", kept->expires && !product.expires},
        {"lasa_group", !kept->lasa_group.empty() && product.lasa_group != kept->lasa_group},
    };
    for (const auto& [what, is_looser] : looser) {
        if (is_looser) {
            return what;
        }
    }
    return "";
}

Badges badges_of(const State& state) {
    Badges badges;
    for (const NodeState* source : sources_for(state, state.self)) {
        for (const auto& [id, person] : source->staff) {
            if (!person.badge.empty() && !person.retired && !is_shadowed(state, *source, id)) {
                badges.insert(person.badge);
            }
        }
    }
    return badges;
}

bool is_badge(const Badges& badges, const std::string& text) {
    return badges.contains(text);
}

bool is_badge(const Badges& badges, const Identifier& identifier) {
    if (is_badge(badges, identifier.value)) {
        return true;
    }
    if (identifier.kind != IdentifierKind::gtin) {
        return false;
    }
    const std::string whole = as_gtin14(identifier.value);
    for (std::size_t zeros = 0; zeros < whole.size() && whole[zeros] == '0'; ++zeros) {
        if (is_badge(badges, whole.substr(zeros + 1))) {
            return true;
        }
    }
    return is_badge(badges, whole);
}

bool is_checked(const NodeState& node, const std::string& cart) {
    const Cart* known = find(node.carts, cart);
    return known != nullptr
           && (known->last_full_check.has_value() || known->use.has_value()
               || node.last_checks.contains(cart) || open_check_of(node, cart) != nullptr);
}

} // namespace cartwatch::readiness
