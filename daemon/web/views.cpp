#include "daemon/web/views.hpp"

#include "daemon/web/view_parts.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <cstdint>

namespace cartwatch::web {

using readiness::Cart;

Facts facts_of(const Service& service, std::string_view station) {
    const readiness::Context moment = service.moment();
    return {
        service.state(),
        moment,
        service.clock_day(),
        readiness::after_rest(service.session_of(station), moment.uptime),
        service.last_reply_of(station),
        service.link_status ? service.link_status() : LinkStatus{},
        service.ward_statuses ? service.ward_statuses() : std::vector<WardStatus>{},
        service.recording(),
        service.awaited_past ? service.awaited_past() : std::nullopt};
}

Json past_json(const std::optional<PastStatus>& past) {
    if (!past) {
        return nullptr;
    }
    Json json;
    json["reason"] = past->reason;
    json["began_at"] = to_text(past->began_at);
    json["peers"] = Json::array();
    for (const PastStatus::Peer& peer : past->peers) {
        Json row;
        row["node"] = peer.node;
        row["hearing"] = peer.hearing;
        row["owed"] = peer.owed;
        json["peers"].push_back(std::move(row));
    }
    return json;
}

Json problem_json(const std::optional<LinkProblem>& problem) {
    if (!problem) {
        return nullptr;
    }
    Json json;
    json["code"] = problem->code;
    json["text"] = problem->text;
    return json;
}

bool has_station(const readiness::State& state, std::string_view station) {
    return readiness::node_of(state, state.self).stations.contains(std::string(station));
}

namespace {

Json link_json(const LinkStatus& link) {
    Json json;
    json["state"] = to_text(link.state);
    json["waiting"] = link.waiting;
    json["waiting_since"] = text_or_null(link.waiting_since);
    json["problem"] = problem_json(link.problem);
    return json;
}

Json session_json(const Facts& facts) {
    Json json;
    json["staff"] = person_json(facts.state, facts.state.self, facts.session.staff);
    json["cart"] = text_or_null(facts.session.cart);
    json["line"] = text_or_null(facts.session.line);
    json["lot"] = text_or_null(facts.session.lot);
    json["device"] = text_or_null(facts.session.device);
    json["test"] = text_or_null(facts.session.test);
    json["kind"] = to_text(facts.session.kind);
    json["seal"] = text_or_null(facts.session.seal);
    json["drawer"] = text_or_null(facts.session.drawer);
    json["witness_due"] = !facts.session.witness_for.empty();
    // Where readings wait, they are what is asked for.
    json["needs_expiry"] =
        facts.session.pending_readings.empty()
        && (!facts.session.pending_raw.empty() || facts.session.pending_quantity);
    return json;
}

CartView own_cart(const Facts& facts, const Cart& cart) {
    return {
        facts.state,
        facts.state.self,
        cart,
        facts.moment.today,
        facts.moment.shifts,
        is_in_doubt(facts)};
}

Json carts_json(const Facts& facts, std::string_view station) {
    Json json = Json::array();
    const auto judged = judged_carts(facts);
    for (const auto& [id, cart] : readiness::node_of(facts.state, facts.state.self).carts) {
        if (cart.station == station && !cart.retired) {
            const CartView view = own_cart(facts, cart);
            json.push_back(cart_json(view, facts.link, judged));
        }
    }
    return json;
}

// The check that the station's session shows; null where it is closed by now.
Json session_check_json(const Facts& facts) {
    const auto& node = readiness::node_of(facts.state, facts.state.self);
    const auto check = node.open_checks.find(facts.session.check);
    if (check == node.open_checks.end()) {
        return nullptr;
    }
    const auto cart = node.carts.find(check->second.cart);
    if (cart == node.carts.end()) {
        return nullptr;
    }
    return check_json(own_cart(facts, cart->second), check->second, facts.moment);
}

Json station_json(const readiness::Station& station) {
    Json json;
    json["id"] = station.id;
    json["name"] = name_json(station.name);
    return json;
}

} // namespace

Json ward_view(const Facts& facts, std::string_view station) {
    const auto& node = readiness::node_of(facts.state, facts.state.self);
    Json json;
    json["role"] = to_text(NodeRole::ward);
    json["node"] = facts.state.self;
    json["now"] = to_text(facts.moment.now);
    json["today"] = to_text(facts.moment.today);
    json["station"] = station_json(node.stations.at(std::string(station)));
    json["link"] = link_json(facts.link);
    json["clock_back"] = clock_back_json(facts);
    json["recording"] = facts.recording;
    json["past"] = past_json(facts.past);
    json["carts"] = carts_json(facts, station);
    json["session"] = session_json(facts);
    json["check"] = session_check_json(facts);
    json["last"] = facts.last ? reply_json(*facts.last, facts.moment.today) : Json(nullptr);
    return json;
}

Json view_of(const Service& service, std::string_view station) {
    const Facts facts = facts_of(service, station);
    return service.role == NodeRole::ward ? ward_view(facts, station) : board_view(facts);
}

namespace {

Json readings_json(const std::vector<readiness::PackReading>& readings) {
    Json json = Json::array();
    for (const readiness::PackReading& reading : readings) {
        Json one;
        one["lot"] = text_or_null(reading.lot);
        one["last_usable_day"] = text_or_null(reading.last_usable_day);
        one["serial"] = text_or_null(reading.serial);
        json.push_back(std::move(one));
    }
    return json;
}

} // namespace

Json reply_json(const readiness::Reply& reply, Day today) {
    const auto last = reply.last_usable_day;
    Json json;
    json["kind"] = to_text(reply.kind);
    json["message"] = reply.message;
    json["values"] = Json::object();
    for (const auto& [key, value] : reply.values) {
        json["values"][key] = value;
    }
    json["verdict"] = text_or_null(reply.verdict);
    json["line"] = text_or_null(reply.line);
    json["device"] = text_or_null(reply.device);
    json["lot"] = text_or_null(reply.lot);
    json["last_usable_day"] = text_or_null(last);
    json["days_left"] = last ? Json(days_between(today, *last)) : Json(nullptr);
    json["step"] = reply.step;
    json["readings"] = readings_json(reply.readings);
    json["warnings"] = reply.warnings;
    json["number"] = reply.number;
    return json;
}

Json stations_json(const readiness::State& state, NodeRole role) {
    Json json;
    json["node"] = state.self;
    json["role"] = to_text(role);
    json["stations"] = Json::array();
    for (const auto& [id, station] : readiness::node_of(state, state.self).stations) {
        json["stations"].push_back(station_json(station));
    }
    return json;
}

namespace {

// A page's text is written more often than anything else, and nearly all of it is plain.
void append_text(std::string& out, const std::string& text) {
    const bool is_plain = std::all_of(text.begin(), text.end(), [](char c) {
        return c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20;
    });
    if (is_plain && is_utf8(text)) {
        out += '"';
        out += text;
        out += '"';
    } else {
        out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
    }
}

void append(std::string& out, const Json& json) {
    if (json.is_string()) {
        append_text(out, json.get_ref<const std::string&>());
    } else if (json.is_object()) {
        char before = '{';
        for (const auto& [name, value] : json.get_ref<const Json::object_t&>()) {
            out += before;
            append_text(out, name);
            out += ':';
            append(out, value);
            before = ',';
        }
        out += json.empty() ? "{}" : "}";
    } else if (json.is_array()) {
        char before = '[';
        for (const Json& value : json.get_ref<const Json::array_t&>()) {
            out += before;
            append(out, value);
            before = ',';
        }
        out += json.empty() ? "[]" : "]";
    } else if (json.is_number_integer()) {
        out += std::to_string(json.get<std::int64_t>());
    } else {
        out += json.dump();
    }
}

} // namespace

std::string dumped(const Json& json) {
    std::string out;
    out.reserve(2'048);
    append(out, json);
    return out;
}

} // namespace cartwatch::web
