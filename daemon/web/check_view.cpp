#include "daemon/readiness/blind.hpp"
#include "daemon/readiness/device_tests.hpp"
#include "daemon/readiness/lookup.hpp"
#include "daemon/readiness/lots_left.hpp"
#include "daemon/readiness/use.hpp"
#include "daemon/web/view_parts.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <type_traits>
#include <variant>

namespace cartwatch::web {

namespace {

using readiness::Cart;
using readiness::Check;
using readiness::Device;
using readiness::Holding;
using readiness::Line;
using readiness::LineProgress;
using readiness::Product;

// What the cart is judged by, looked up once for a view.
struct Rules {
    readiness::Policy policy;
    std::vector<readiness::Recall> recalls;
    std::vector<readiness::Substitution> substitutions; // those that speak of the cart
};

Rules rules_for(const CartView& view) {
    return {
        readiness::policy_for(view.state, view.node),
        readiness::recalls_for(view.state, view.node),
        readiness::substitutions_on(
            readiness::substitutions_for(view.state, view.node), view.cart.id)};
}

// A check with the cart as closing it now would leave it.
struct CheckView {
    const CartView& cart;
    const Check& check;
    const CartView& after;
    const Rules& rules;
    const readiness::Judgement& judgement; // of `after`
};

// What is expected there is told to nobody before a number was entered.
bool is_hidden(const Check& check, const Line& line) {
    return readiness::is_blind(check.progress, line.id)
           && !readiness::is_settled(line, check.progress);
}

const LineProgress* progress_of_line(const Check& check, const std::string& line) {
    const LineProgress* found = check.progress.lines.find(line);
    return found != nullptr && found->done() ? found : nullptr;
}

int units_of(const Line& line) {
    int units = 0;
    for (const Holding& holding : line.holdings) {
        units += holding.quantity;
    }
    return units;
}

int usable_units(const CheckView& view, const Line& line) {
    int units = 0;
    for (const Holding& holding : line.holdings) {
        const auto worth = readiness::worth_of(
            line, holding, view.rules.recalls, view.cart.today, view.rules.substitutions);
        units += worth.usable;
    }
    return units;
}

bool has_finding(const readiness::Judgement& judgement, const std::string& line) {
    const auto& findings = judgement.findings;
    return std::any_of(findings.begin(), findings.end(), [&](const readiness::Finding& finding) {
        return finding.line == line;
    });
}

// What lies there stays; only what was put in is asked about.
bool is_restock(const CheckView& view) {
    return view.check.kind == readiness::CheckKind::restock;
}

const char* line_state(const CheckView& view, const Line& line, const Line& after) {
    const LineProgress* progress = progress_of_line(view.check, after.id);
    const bool untouched = is_restock(view) && progress == nullptr;
    if (!readiness::counts_packs(view.check.kind) || untouched) {
        return "not_asked";
    }
    if (progress == nullptr || is_hidden(view.check, line)) {
        return "open";
    }
    if (progress->missing || (units_of(after) == 0 && after.par > 0)) {
        return "missing";
    }
    return has_finding(view.judgement, after.id) ? "attention" : "ok";
}

// `counted`: in this check.
Json lot_json(const CheckView& view, const Holding& holding, bool counted) {
    const Day today = view.cart.today;
    const auto last = holding.last_usable_day;
    Json json;
    json["lot"] = holding.lot;
    json["last_usable_day"] = text_or_null(last);
    json["days_left"] = last ? Json(days_between(today, *last)) : Json(nullptr);
    json["quantity"] = holding.quantity;
    json["damaged"] = holding.damaged;
    json["expired"] = last && today > *last;
    json["counted"] = counted;
    json["sent"] = false;
    json["substitute"] = substitute_json(view.cart, holding.product);
    return json;
}

// What the pharmacy sent for the line's open alert, but for lots that are listed already.
void put_sent_lots(Json& json, const CheckView& view, const Line& line) {
    const auto& alerts = readiness::node_of(view.cart.state, view.cart.node).alerts;
    const auto alert = alerts.find({view.cart.cart.id, line.id});
    if (alert == alerts.end() || !alert->second.open()) {
        return;
    }
    for (const readiness::DispatchedUnits& units : alert->second.dispatched) {
        const bool listed = std::any_of(
            json.begin(), json.end(), [&](const Json& row) { return row["lot"] == units.lot; });
        if (!listed) {
            Holding holding;
            holding.lot = units.lot;
            holding.last_usable_day = units.last_usable_day;
            holding.quantity = units.quantity;
            holding.product = units.product;
            json.push_back(lot_json(view, holding, false));
            json.back()["sent"] = true;
        }
    }
}

// What was counted, then what is on file and was neither counted nor taken out.
Json lots_json(const CheckView& view, const Line& line, const Line& after) {
    const LineProgress* progress = progress_of_line(view.check, line.id);
    Json json = Json::array();
    if (progress != nullptr) {
        for (const Holding& holding : after.holdings) {
            const bool put_in = readiness::find_holding(progress->holdings, holding.lot) != nullptr;
            json.push_back(lot_json(view, holding, put_in || !is_restock(view)));
        }
    }
    const auto settled = [&](const std::string& lot) {
        const auto same_lot = [&](const auto& other) { return other.lot == lot; };
        const auto& counted = progress->holdings;
        const auto& taken = progress->taken_out;
        return std::any_of(counted.begin(), counted.end(), same_lot)
               || std::any_of(taken.begin(), taken.end(), same_lot);
    };
    for (const Holding& holding : line.holdings) {
        if (progress == nullptr || (!is_restock(view) && !settled(holding.lot))) {
            json.push_back(lot_json(view, holding, false));
        }
    }
    put_sent_lots(json, view, line);
    return json;
}

// The lots of a blind line, without their numbers.
Json blind_lots_json(const CheckView& view, const Line& line) {
    const LineProgress* progress = progress_of_line(view.check, line.id);
    Json json = Json::array();
    const auto put = [&](const std::vector<Holding>& holdings, bool counted) {
        for (const Holding& holding : holdings) {
            Json lot = lot_json(view, holding, counted);
            lot["quantity"] = nullptr;
            lot["damaged"] = nullptr;
            json.push_back(std::move(lot));
        }
    };
    put(progress == nullptr ? line.holdings : progress->holdings, progress != nullptr);
    return json;
}

// How the line is known from before this check: the weakest of its lots.
Json proof_json(const Line& line) {
    std::optional<readiness::Proof> weakest;
    for (const Holding& holding : line.holdings) {
        const readiness::Proof proof = readiness::proof_of(holding);
        if (!weakest || proof.evidence > weakest->evidence) {
            weakest = proof;
        }
    }
    if (!weakest) {
        return nullptr;
    }
    static constexpr std::array<std::string_view, 4> names = {"scanned", "slot", "typed", "sealed"};
    Json json;
    json["evidence"] = names.at(static_cast<std::size_t>(weakest->evidence));
    json["at"] = text_or_null(weakest->at);
    return json;
}

bool by_unit(const CheckView& view, const Line& line, const Product* product) {
    return product == nullptr ? line.count_by == readiness::CountBy::unit
                              : readiness::counts_by_unit(view.rules.policy, line, *product);
}

Json line_json(const CheckView& view, const Line& line, const Line& after) {
    const auto held = readiness::find_strictly(view.cart.state, view.cart.node, line.product);
    const Product* product = held ? &*held : nullptr;
    const bool done = progress_of_line(view.check, line.id) != nullptr;
    Json json;
    json["id"] = line.id;
    json["tag"] = text_or_null(line.tag);
    json["product"] = line.product;
    json["name"] = subject_name(view.cart, line.id);
    json["strength"] = product == nullptr ? "" : product->strength;
    json["pinyin"] = product == nullptr ? "" : product->pinyin;
    json["unit"] = product == nullptr ? "" : product->unit;
    json["high_alert"] = product != nullptr && product->high_alert;
    json["controlled"] = product != nullptr && product->controlled;
    json["lasa_group"] = product == nullptr ? Json(nullptr) : text_or_null(product->lasa_group);
    json["lasa_twin"] = lasa_twin(view.cart, product);
    json["position"] = line.position;
    const bool blind = is_hidden(view.check, line);
    json["blind"] = blind;
    json["par"] = blind ? Json(nullptr) : Json(line.par);
    json["critical"] = line.critical;
    json["count_by"] = by_unit(view, line, product) ? "unit" : "line";
    json["state"] = line_state(view, line, after);
    json["counted"] = done && !blind ? Json(units_of(after)) : Json(nullptr);
    json["on_file"] = blind ? Json(nullptr) : Json(units_of(line));
    json["usable"] = done && !blind ? Json(usable_units(view, after)) : Json(nullptr);
    json["lots"] = blind ? blind_lots_json(view, line) : lots_json(view, line, after);
    json["proof"] = proof_json(line);
    return json;
}

Json lines_json(const CheckView& view) {
    Json json = Json::array();
    for (const Line& line : view.cart.cart.lines) {
        const Line* after = find_line(view.after.cart, line.id);
        json.push_back(line_json(view, line, after == nullptr ? line : *after));
    }
    return json;
}

const char* device_state(const Check& check, const Device& device) {
    if (!readiness::is_settled(device, check.progress)) {
        return "open";
    }
    return check.progress.devices.at(device.id) ? "passed" : "failed";
}

const readiness::TestTaken*
test_taken(const Check& check, const Device& device, const readiness::FunctionTest& test) {
    const auto tests = check.progress.tests.find(device.id);
    if (tests == check.progress.tests.end()) {
        return nullptr;
    }
    const auto found = tests->second.find(test.id);
    return found == tests->second.end() ? nullptr : &found->second;
}

Json test_json(const CheckView& view, const Device& device, const readiness::FunctionTest& test) {
    const readiness::TestTaken* taken = test_taken(view.check, device, test);
    const auto on_file = test.last ? test.last->value : std::nullopt;
    Json json;
    json["id"] = test.id;
    json["name"] = name_json(test.name);
    json["critical"] = test.critical;
    json["unit"] = text_or_null(test.unit);
    json["limits"] = text_or_null(readiness::limits_text(test));
    json["state"] = taken == nullptr ? "open" : taken->passed ? "passed" : "failed";
    json["reading"] = taken == nullptr
                          ? Json(nullptr)
                          : text_or_null(readiness::reading_text(taken->value, test.unit));
    json["last_on"] = test.last ? Json(to_text(test.last->on)) : Json(nullptr);
    json["last_reading"] = text_or_null(readiness::reading_text(on_file, test.unit));
    return json;
}

// None in a restock: no device is tested in it.
Json devices_json(const CheckView& view) {
    Json json = Json::array();
    if (is_restock(view)) {
        return json;
    }
    for (const Device& device : view.cart.cart.devices) {
        Json row;
        row["id"] = device.id;
        row["tag"] = text_or_null(device.tag);
        row["name"] = name_json(device.name);
        row["position"] = device.position;
        row["critical"] = device.critical;
        row["state"] = device_state(view.check, device);
        row["tests"] = Json::array();
        for (const readiness::FunctionTest& test : device.tests) {
            row["tests"].push_back(test_json(view, device, test));
        }
        json.push_back(std::move(row));
    }
    return json;
}

Json not_scanned_json(const CheckView& view) {
    Json json = Json::array();
    const auto put = [&](const std::string& subject, const std::string& lot) {
        Json row;
        row["subject"] = subject;
        row["name"] = subject_name(view.cart, subject);
        row["lot"] = text_or_null(lot);
        json.push_back(std::move(row));
    };
    for (const std::string& id : readiness::not_scanned(view.cart.cart, view.check.progress)) {
        put(id, "");
    }
    const auto lots = readiness::lots_not_scanned(
        view.cart.cart,
        view.check.progress,
        view.rules.recalls,
        view.cart.today,
        view.rules.substitutions);
    for (const readiness::LotLeft& left : lots) {
        put(left.line, left.lot);
    }
    return json;
}

bool hides(const CheckView& view, const std::string& subject) {
    const Line* line = find_line(view.cart.cart, subject);
    return line != nullptr && is_hidden(view.check, *line);
}

Json would_close_json(const CheckView& view) {
    Json json;
    json["readiness"] = to_text(view.judgement.readiness);
    json["in_order"] = view.judgement.in_order;
    json["required"] = view.judgement.required;
    json["ready_until"] = text_or_null(view.judgement.ready_until);
    json["not_scanned"] = not_scanned_json(view);
    json["findings"] = findings_json(view.after, view.judgement.findings);
    for (Json& finding : json["findings"]) {
        if (finding["subject"].is_string() && hides(view, finding["subject"].get<std::string>())) {
            finding["quantity"] = nullptr;
            finding["reasons"] = nullptr;
        }
    }
    return json;
}

// What an emergency used so far; null in a check of another kind.
Json used_json(const CheckView& view) {
    if (view.check.kind != readiness::CheckKind::after_use) {
        return nullptr;
    }
    Json json;
    json["opened_at"] = to_text(view.check.opened_at);
    json["lines"] = Json::array();
    for (const auto& used : readiness::used_lines(view.cart.cart, view.check.progress)) {
        const Line* line = find_line(view.cart.cart, used.line);
        Json row;
        row["line"] = used.line;
        row["name"] = subject_name(view.cart, used.line);
        row["par"] = line->par;
        row["used"] = used.used;
        row["left"] = used.left;
        row["left_counted"] = used.left_counted;
        row["unexplained"] = used.unexplained;
        json["lines"].push_back(std::move(row));
    }
    return json;
}

// How far it has come, from the rows that are shown, so that the figures always agree with them.
void put_figures(Json& json) {
    int done = 0;
    int total = 0;
    int exceptions = 0;
    for (const char* rows : {"lines", "devices"}) {
        for (const Json& row : json[rows]) {
            const std::string state = row["state"];
            const bool asked = state != "not_asked";
            total += asked ? 1 : 0;
            done += asked && state != "open" ? 1 : 0;
            exceptions += !asked || state == "open" || state == "ok" || state == "passed" ? 0 : 1;
        }
    }
    json["done"] = done;
    json["total"] = total;
    json["exceptions"] = exceptions;
}

} // namespace

Json check_json(const CartView& view, const Check& check, const readiness::Context& moment) {
    const Cart closed = readiness::cart_after(view.cart, check, moment.working_day, moment.now);
    const CartView after{view.state, view.node, closed, view.today, view.shifts, view.in_doubt};
    const Rules rules = rules_for(view);
    const readiness::Judgement judgement = judged(after);
    const CheckView parts{view, check, after, rules, judgement};
    Json json;
    json["id"] = check.id;
    json["cart"] = view.cart.id;
    json["cart_name"] = name_json(view.cart.name);
    json["kind"] = to_text(check.kind);
    json["use"] = used_json(parts);
    json["old_seal"] = seal_json(view.cart.seal);
    json["seal_due"] = readiness::seal_not_read(view.cart, check.progress);
    json["opened_at"] = to_text(check.opened_at);
    json["checker"] = person_json(view.state, view.node, check.checker);
    json["reviewed"] = check.reviewed;
    json["seal"] = text_or_null(check.progress.seal);
    json["lines"] = lines_json(parts);
    json["devices"] = devices_json(parts);
    put_figures(json);
    json["steps"] = steps_json(view, check);
    json["parked"] = check.progress.parked;
    json["would_close"] = would_close_json(parts);
    return json;
}

} // namespace cartwatch::web
