#include "daemon/web/view_parts.hpp"

#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/doubt.hpp"
#include "daemon/readiness/due.hpp"
#include "daemon/readiness/use.hpp"

#include <algorithm>

namespace cartwatch::web {

using readiness::Cart;
using readiness::Device;
using readiness::Finding;
using readiness::Line;
using readiness::Product;
using readiness::Readiness;

Json name_json(const readiness::Name& name) {
    Json json;
    json["zh"] = name.zh;
    json["en"] = name.en;
    return json;
}

Json product_json(const readiness::Product& product) {
    Json json;
    json["id"] = product.id;
    json["name"] = name_json(product.name);
    json["strength"] = product.strength;
    json["pinyin"] = product.pinyin;
    return json;
}

Json text_or_null(std::string_view text) {
    return text.empty() ? Json(nullptr) : Json(text);
}

Json person_json(const readiness::State& state, std::string_view node, std::string_view staff) {
    if (staff.empty()) {
        return nullptr;
    }
    const readiness::Staff* person = readiness::find_staff(state, node, staff);
    Json json;
    json["id"] = staff;
    json["name"] = person == nullptr ? std::string(staff) : person->name;
    return json;
}

Json subject_name(const CartView& view, std::string_view subject) {
    if (const Line* line = find_line(view.cart, subject)) {
        const Product* product = readiness::find_product(view.state, view.node, line->product);
        return product == nullptr ? name_json({line->product, line->product})
                                  : name_json(product->name);
    }
    const Device* device = find_device(view.cart, subject);
    return device == nullptr ? Json(nullptr) : name_json(device->name);
}

Json lasa_twin(const CartView& view, const Product* product) {
    if (product == nullptr || product->lasa_group.empty()) {
        return nullptr;
    }
    const auto is_twin = [&](const Product* other) {
        return other != nullptr && other->id != product->id && !other->retired
               && readiness::lasa_group_of(view.state, view.node, *other) == product->lasa_group;
    };
    for (const Line& line : view.cart.lines) {
        const Product* other = readiness::find_product(view.state, view.node, line.product);
        if (is_twin(other)) {
            return name_json(other->name);
        }
    }
    for (const std::string_view source : {view.node, std::string_view(view.state.pharmacy)}) {
        for (const auto& [id, other] : readiness::node_of(view.state, source).products) {
            if (is_twin(&other)) {
                return name_json(other.name);
            }
        }
    }
    return nullptr;
}

readiness::Judgement judged(const CartView& view) {
    const auto recalls = readiness::recalls_for(view.state, view.node);
    readiness::Judgement judgement = readiness::evaluate(
        view.cart,
        readiness::policy_for(view.state, view.node),
        recalls,
        view.as_of(),
        readiness::substitutions_for(view.state, view.node));
    return view.in_doubt ? readiness::in_doubt(std::move(judgement)) : judgement;
}

std::vector<readiness::JudgedCart> judged_carts(const Facts& facts) {
    auto carts = readiness::judged_carts(facts.state, facts.moment.as_of());
    return is_in_doubt(facts) ? readiness::in_doubt(std::move(carts)) : carts;
}

Json substitute_json(const CartView& view, const std::string& product) {
    if (product.empty()) {
        return nullptr;
    }
    const auto* known = readiness::find_product(view.state, view.node, product);
    return name_json(known == nullptr ? readiness::Name{product, product} : known->name);
}

void put_dispatch(Json& json, const CartView& view, const readiness::Alert& alert) {
    const readiness::State& state = view.state;
    json["dispatched"] = nullptr;
    if (alert.dispatched_at) {
        Json& sent = json["dispatched"] = Json::object();
        sent["by"] = person_json(state, state.pharmacy, alert.dispatched_by)["name"];
        sent["at"] = to_text(*alert.dispatched_at);
        sent["reason"] = text_or_null(alert.short_reason);
        sent["units"] = Json::array();
        for (const readiness::DispatchedUnits& one : alert.dispatched) {
            Json row;
            row["lot"] = one.lot;
            row["last_usable_day"] = text_or_null(one.last_usable_day);
            row["quantity"] = one.quantity;
            row["serials"] = one.serials;
            row["substitute"] = substitute_json(view, one.product);
            sent["units"].push_back(std::move(row));
        }
    }
    json["silence"] = nullptr;
    if (alert.silence) {
        Json& silence = json["silence"] = Json::object();
        silence["by"] = person_json(state, state.pharmacy, alert.silence->by)["name"];
        silence["reason"] = alert.silence->reason;
        silence["until"] = to_text(alert.silence->until);
    }
    json["escalated"] = Json::array();
    for (const readiness::Escalated& one : alert.escalated) {
        Json row;
        row["rule"] = to_text(one.rule);
        row["at"] = to_text(one.at);
        json["escalated"].push_back(std::move(row));
    }
}

Json functions_json(const readiness::Judgement& judgement) {
    Json json = Json::object();
    for (const auto& [function, readiness] : judgement.functions) {
        json[function] = to_text(readiness);
    }
    return json;
}

Json reasons_json(const readiness::Reasons& reasons) {
    Json json = Json::object();
    const auto put = [&](const char* name, int units) {
        if (units > 0) {
            json[name] = units;
        }
    };
    put("recalled", reasons.recalled);
    put("expired", reasons.expired);
    put("damaged", reasons.damaged);
    put("absent", reasons.absent);
    return json;
}

namespace {

template <typename T>
Json number_or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

Json accessory_json(const CartView& view, const Finding& finding) {
    if (finding.accessory.empty()) {
        return nullptr;
    }
    Json json;
    json["id"] = finding.accessory;
    json["name"] = nullptr;
    if (const Device* device = find_device(view.cart, finding.device)) {
        for (const readiness::Accessory& accessory : device->accessories) {
            if (accessory.id == finding.accessory) {
                json["name"] = name_json(accessory.name);
            }
        }
    }
    return json;
}

Json test_name_json(const CartView& view, const Finding& finding) {
    const Device* device = find_device(view.cart, finding.device);
    const readiness::FunctionTest* test =
        device == nullptr ? nullptr : readiness::find_test(*device, finding.test);
    return test == nullptr ? Json(nullptr) : name_json(test->name);
}

Json finding_json(const CartView& view, const Finding& finding) {
    const std::string& subject = finding.line.empty() ? finding.device : finding.line;
    Json json;
    json["kind"] = to_text(finding.kind);
    json["severity"] = to_text(finding.severity);
    json["subject"] = text_or_null(subject);
    json["name"] = subject_name(view, subject);
    json["accessory"] = accessory_json(view, finding);
    json["lot"] = number_or_null(finding.lot);
    json["quantity"] = number_or_null(finding.quantity);
    json["reasons"] = finding.reasons ? reasons_json(*finding.reasons) : Json(nullptr);
    json["last_usable_day"] = text_or_null(finding.last_usable_day);
    json["days_left"] = number_or_null(finding.days_left);
    if (!finding.days_left && finding.last_usable_day) {
        json["days_left"] = days_between(view.today, *finding.last_usable_day);
    }
    json["band"] = number_or_null(finding.band);
    json["test"] = test_name_json(view, finding);
    json["reading"] = text_or_null(readiness::reading_text(finding.value, finding.unit));
    json["limits"] = text_or_null(
        readiness::limits_text(readiness::Limits{finding.least, finding.most}, finding.unit));
    return json;
}

Json alerts_json(const CartView& view, const LinkStatus& link) {
    Json json = Json::array();
    for (const auto& [key, alert] : readiness::node_of(view.state, view.node).alerts) {
        if (key.cart != view.cart.id || !alert.open()) {
            continue;
        }
        const Json person = person_json(view.state, view.state.pharmacy, alert.accepted_by);
        Json row;
        row["subject"] = key.subject;
        row["name"] = subject_name(view, key.subject);
        row["severity"] = to_text(alert.need.severity);
        row["quantity"] = alert.need.quantity;
        row["state"] = to_text(alert.state);
        row["delivered"] = alert.changed_seq <= link.delivered_seq; // as it now is, on their disk
        row["accepted_by"] = person.is_null() ? Json(nullptr) : person["name"];
        row["expected_at"] = text_or_null(alert.expected_at);
        put_dispatch(row, view, alert);
        json.push_back(std::move(row));
    }
    return json;
}

// A cart and its place; null for none.
Json nearby_json(const CartView& view, const readiness::JudgedCart* found) {
    if (found == nullptr) {
        return nullptr;
    }
    const auto& stations = readiness::node_of(view.state, found->node).stations;
    const auto station = stations.find(found->cart->station);
    const readiness::CartPlace& place = found->cart->place;
    Json json;
    json["node"] = found->node;
    json["cart"] = found->cart->id;
    json["name"] = name_json(found->cart->name);
    json["station"] = station == stations.end() ? Json(nullptr) : name_json(station->second.name);
    json["building"] = place.building;
    json["floor"] = place.floor ? Json(*place.floor) : Json(nullptr);
    return json;
}

Json open_check_json(const CartView& view) {
    const auto& node = readiness::node_of(view.state, view.node);
    const readiness::Check* check = readiness::open_check_of(node, view.cart.id);
    if (check == nullptr) {
        return nullptr;
    }
    Json json;
    json["id"] = check->id;
    json["checker"] = person_json(view.state, view.node, check->checker);
    json["opened_at"] = to_text(check->opened_at);
    json["kind"] = to_text(check->kind);
    return json;
}

// The full check that was closed last, with what the head nurse is told of how it was done.
Json last_check_json(const CartView& view) {
    const auto& checks = readiness::node_of(view.state, view.node).last_checks;
    const auto last = checks.find(view.cart.id);
    if (last == checks.end()) {
        return nullptr;
    }
    Json json;
    json["id"] = last->second.id;
    json["by"] = person_json(view.state, view.node, last->second.by);
    json["at"] = to_text(last->second.at);
    json["remarks"] = Json::array();
    for (const readiness::Remark& remark : last->second.remarks) {
        json["remarks"].push_back({{"kind", to_text(remark.kind)}, {"value", remark.value}});
    }
    return json;
}

} // namespace

Json findings_json(const CartView& view, const std::vector<Finding>& findings) {
    Json json = Json::array();
    for (const Finding& finding : findings) {
        json.push_back(finding_json(view, finding));
    }
    return json;
}

Json seal_json(const std::optional<readiness::Seal>& seal) {
    if (!seal) {
        return nullptr;
    }
    Json json;
    json["number"] = seal->number;
    json["intact"] = seal->intact;
    json["ready_until"] = text_or_null(seal->ready_until);
    return json;
}

Json use_json(const CartView& view) {
    if (!view.cart.use) {
        return nullptr;
    }
    const readiness::CartUse& use = *view.cart.use;
    Json json;
    json["by"] = person_json(view.state, view.node, use.by);
    json["opened_at"] = to_text(use.opened_at);
    json["checked"] = use.checked;
    json["ready_at"] = text_or_null(use.ready_at);
    return json;
}

Json due_json(const CartView& view) {
    Json json = Json::array();
    const readiness::Policy policy = readiness::policy_for(view.state, view.node);
    for (const readiness::DueCheck& check :
         readiness::due_checks(view.cart, policy, view.as_of())) {
        Json one;
        one["kind"] = readiness::to_text(check.kind);
        one["on"] = to_text(check.on);
        one["days"] = days_between(view.today, check.on);
        one["state"] = readiness::to_text(check.state);
        one["by_shift"] = check.by_shift;
        json.push_back(std::move(one));
    }
    return json;
}

void put_nearest(
    Json& json, const CartView& view, const std::vector<readiness::JudgedCart>& carts) {
    json["nearest"] = nullptr;
    json["nearest_for"] = Json::object();
    for (const readiness::JudgedCart& from : carts) {
        if (from.node != view.node || from.cart->id != view.cart.id) {
            continue;
        }
        if (from.readiness == Readiness::not_ready || from.readiness == Readiness::overdue) {
            json["nearest"] = nearby_json(view, nearest_ready(from, carts));
        }
        for (const auto& [function, worth] : from.functions) {
            if (worth == Readiness::not_ready) {
                json["nearest_for"][function] =
                    nearby_json(view, nearest_ready_for(from, function, carts));
            }
        }
    }
}

Json cart_json(
    const CartView& filed,
    const LinkStatus& link,
    const std::vector<readiness::JudgedCart>& carts) {
    // While an emergency is being scanned out, what was used is gone already.
    const Cart now =
        readiness::present_cart(readiness::node_of(filed.state, filed.node), filed.cart);
    const CartView view{filed.state, filed.node, now, filed.today, filed.shifts, filed.in_doubt};
    const readiness::Judgement judgement = judged(view);
    const auto due = readiness::next_due(view.cart, readiness::policy_for(view.state, view.node));
    Json json;
    json["id"] = view.cart.id;
    json["tag"] = text_or_null(view.cart.tag);
    json["name"] = name_json(view.cart.name);
    json["readiness"] = to_text(judgement.readiness);
    json["functions"] = functions_json(judgement);
    json["ready_until"] = text_or_null(judgement.ready_until);
    json["last_full_check"] = text_or_null(view.cart.last_full_check);
    json["last_sealed_check"] = text_or_null(view.cart.last_sealed_check);
    json["last_handover"] = text_or_null(view.cart.last_handover);
    json["last_check"] = last_check_json(view);
    json["next_due"] = text_or_null(due);
    json["due"] = due_json(view);
    json["days_to_due"] = due ? Json(days_between(view.today, *due)) : Json(nullptr);
    json["seal"] = seal_json(view.cart.seal);
    json["in_order"] = judgement.in_order;
    json["required"] = judgement.required;
    json["open_check"] = open_check_json(view);
    json["use"] = use_json(view);
    json["findings"] = findings_json(view, judgement.findings);
    json["alerts"] = alerts_json(view, link);
    put_nearest(json, view, carts);
    return json;
}

bool is_in_doubt(const Facts& facts) {
    return facts.past
           || readiness::is_behind_pharmacy(facts.state, facts.state.self, facts.moment.today);
}

Json clock_back_json(const Facts& facts) {
    const bool behind =
        readiness::is_behind_pharmacy(facts.state, facts.state.self, facts.moment.today);
    if (facts.clock_day >= facts.moment.today && !behind) {
        return nullptr;
    }
    const auto& pharmacy = readiness::node_of(facts.state, facts.state.pharmacy);
    Json json;
    json["day"] = to_text(facts.clock_day);
    json["known"] = to_text(behind ? *pharmacy.last_judged : facts.moment.today);
    json["behind_pharmacy"] = behind;
    json["waits_for_badge"] = facts.session.day_to_confirm == facts.clock_day;
    return json;
}

} // namespace cartwatch::web
