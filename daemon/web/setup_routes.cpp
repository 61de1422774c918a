// The setup: what is defined here is read, edited, and imported from a sheet.
#include "daemon/web/route_parts.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/setup_parts.hpp"
#include "scanner/values/text.hpp"

#include <utility>

namespace cartwatch::web {

void Routes::get_setup(const Request& request, Respond respond) {
    const std::string what = request.head.path.substr(setup_prefix.size());
    const readiness::State& state = service_.state();
    if (what == "products") {
        return respond(json_response(200, dumped(products_setup_json(state))));
    }
    if (what == "staff") {
        return respond(json_response(200, dumped(staff_setup_json(state))));
    }
    if (what == "carts") {
        return respond(json_response(200, dumped(carts_setup_json(state))));
    }
    const std::string cart = query_value(request.head, "cart");
    const auto json = what == "cart" ? cart_setup_json(state, cart) : std::nullopt;
    if (json) {
        return respond(json_response(200, dumped(*json)));
    }
    respond(not_found(
        what == "cart" ? "there is no cart \"" + shortened(cart) + "\" here"
                       : "there is no setup of \"" + shortened(what) + "\""));
}

// The pharmacy has one place; a ward says at which of its stations it is changed.
std::string Routes::setup_station(const std::string& named) const {
    return service_.role == NodeRole::pharmacy ? std::string(board_station) : named;
}

void Routes::post_setup(const Request& request, Respond respond) {
    const std::string& path = request.head.path;
    if (path == define_path) {
        return define_setup(request, std::move(respond));
    }
    const auto kind = path.starts_with(import_prefix)
                          ? imports::parse_sheet_kind(path.substr(import_prefix.size()))
                          : std::nullopt;
    if (!kind || !service_.read_sheet) {
        return respond(not_found("there is nothing at \"" + shortened(path) + "\""));
    }
    const std::string station = setup_station(query_value(request.head, "station"));
    if (auto refusal = refusal_of_station(station)) {
        return respond(std::move(*refusal));
    }
    if (request.head.query.contains("apply") && answer_again(request, station, respond)) {
        return;
    }
    auto done = [this, request, station, respond](const Result<imports::Events>& events) {
        try {
            take_sheet(request, station, events, respond);
        } catch (const std::exception& error) {
            respond(broken(error.what()));
        }
    };
    service_.read_sheet(*kind, request.body, std::move(done));
}

void Routes::take_sheet(
    const Request& request,
    const std::string& station,
    const Result<imports::Events>& events,
    const Respond& respond) {
    if (!events) {
        return respond(refused_response(events.error()));
    }
    const std::string token = query_value(request.head, "apply");
    if (!*events && token.empty()) {
        return respond(json_response(200, dumped(faults_json(events->error()))));
    }
    if (!*events) {
        return respond(refused_response({ErrorCode::bad_input, "rows of this sheet are refused"}));
    }
    SheetPlan plan = plan_of_sheet(service_, request.body, **events);
    if (token.empty()) {
        return respond(json_response(200, dumped(plan.shown)));
    }
    if (token != plan.token) {
        return respond(refused_response(
            {ErrorCode::conflict,
             "what this sheet would change now is not what was shown; look at it again"}));
    }
    if (plan.events.empty()) {
        return respond(refused_response({ErrorCode::bad_input, "this sheet changes nothing"}));
    }
    readiness::ChangeSetup command;
    command.events = std::move(plan.events);
    command.before = std::move(plan.before);
    const std::string badge = query_value(request.head, "badge");
    if (!badge.empty()) {
        const Listener page{station, query_value(request.head, "listener")};
        auto signed_by = badge_scanned(service_, page, badge, BadgeUse::signs);
        if (!signed_by) {
            return respond(refused_response(signed_by.error()));
        }
        command.badge = std::move(*signed_by);
    }
    Submission submission = submission_of(request, station, std::move(command));
    note_ticket(submission.tickets, badge);
    submit(std::move(submission), Json::object(), respond);
}

void Routes::define_setup(const Request& request, Respond respond) {
    auto body = parse_define_body(request.body);
    if (!body) {
        return respond(refused_response(body.error()));
    }
    const std::string station = setup_station(body->page.station);
    if (auto refusal = refusal_of_station(station)) {
        return respond(std::move(*refusal));
    }
    if (answer_again(request, station, respond)) {
        return;
    }
    auto edit = edit_of(service_, *body);
    if (!edit) {
        return respond(refused_response(edit.error()));
    }
    if (edit->stale) {
        return respond(refused_response(*edit->stale));
    }
    Submission submission = submission_of(request, station, std::move(edit->command));
    submission.tickets = std::move(edit->tickets);
    submit(std::move(submission), Json::object(), std::move(respond));
}

} // namespace cartwatch::web
