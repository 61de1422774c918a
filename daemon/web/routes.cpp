#include "daemon/web/routes.hpp"

#include "daemon/web/board_commands.hpp"
#include "daemon/web/choice.hpp"
#include "daemon/web/command_json.hpp"
#include "daemon/web/downloads.hpp"
#include "daemon/web/policy_view.hpp"
#include "daemon/web/published_view.hpp"
#include "daemon/web/route_parts.hpp"
#include "daemon/web/scanner_check.hpp"
#include "daemon/web/seals_view.hpp"
#include "daemon/web/setup_parts.hpp"
#include "daemon/web/unit_json.hpp"
#include "scanner/values/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <utility>

namespace cartwatch::web {

std::size_t body_bytes_max(const RequestHead& head) {
    if (head.method != Method::post) {
        return json_bytes_max;
    }
    return head.path == images_path              ? picture_bytes_max
           : head.path == define_path            ? define_bytes_max
           : head.path.starts_with(setup_prefix) ? setup_bytes_max
                                                 : json_bytes_max;
}

// One request of the contract. A path that is asked for by another method is answered 405.
struct Routes::Row {
    enum class Nodes { both, ward, pharmacy };

    Method method;
    std::string_view path; // with a slash at its end: everything below
    Nodes nodes;
    Handler handler;

    [[nodiscard]] bool fits(std::string_view asked, NodeRole role) const {
        const bool here =
            nodes == Nodes::both || (nodes == Nodes::ward) == (role == NodeRole::ward);
        return here && (path.back() == '/' ? asked.starts_with(path) : asked == path);
    }
};

const std::vector<Routes::Row>& Routes::table() {
    using enum Row::Nodes;
    static const std::vector<Row> rows{
        {Method::get, "/healthz", both, &Routes::get_health},
        {Method::get, "/metrics", both, &Routes::get_metrics},
        {Method::get, "/api/v1/stations", both, &Routes::get_stations},
        {Method::get, scanner_check_path, ward, &Routes::answer_check},
        {Method::post, scanner_check_posts, ward, &Routes::answer_check},
        {Method::get, "/api/v1/view", both, &Routes::get_view},
        {Method::get, live_path, both, &Routes::get_live},
        {Method::get, export_prefix, both, &Routes::get_export},
        {Method::get, "/api/v1/history", both, &Routes::get_history<&Service::history>},
        {Method::get,
         "/api/v1/history/figures",
         both,
         &Routes::get_history<&Service::history_figures>},
        {Method::get, "/api/v1/history/expiry", both, &Routes::get_expiry},
        {Method::get, "/api/v1/history/check", both, &Routes::get_check_record},
        {Method::get, "/api/v1/labels", both, &Routes::get_labels},
        {Method::get, "/api/v1/labels/", both, &Routes::get_labels},
        {Method::post, "/api/v1/scans", both, &Routes::post_scan},
        {Method::post, "/api/v1/scans/choose", ward, &Routes::post_choose},
        {Method::post, "/api/v1/commands", ward, &Routes::post_command},
        {Method::post, images_path, ward, &Routes::post_image},
        {Method::post, "/api/v1/clock/confirm", both, &Routes::post_confirm_day},
        {Method::post, "/api/v1/past/go_on", both, &Routes::post_go_on},
        {Method::post, "/api/v1/alerts/accept", pharmacy, &Routes::post_answer<parse_accept_body>},
        {Method::post,
         "/api/v1/alerts/hand_back",
         pharmacy,
         &Routes::post_answer<parse_hand_back_body>},
        {Method::post,
         "/api/v1/alerts/dispatch",
         pharmacy,
         &Routes::post_answer<parse_dispatch_body>},
        {Method::post,
         "/api/v1/alerts/silence",
         pharmacy,
         &Routes::post_answer<parse_silence_body>},
        {Method::post, "/api/v1/alerts/read_unit", pharmacy, &Routes::post_read_unit},
        {Method::get, "/api/v1/products", pharmacy, &Routes::get_products},
        {Method::post, "/api/v1/products/read", pharmacy, &Routes::post_read_pack},
        {Method::get, "/api/v1/recalls", pharmacy, &Routes::get_recalls},
        {Method::post, issue_recall_path, pharmacy, &Routes::post_board},
        {Method::post, withdraw_recall_path, pharmacy, &Routes::post_board},
        {Method::get, "/api/v1/substitutions", both, &Routes::get_substitutions},
        {Method::post, publish_substitution_path, pharmacy, &Routes::post_board},
        {Method::post, withdraw_substitution_path, pharmacy, &Routes::post_board},
        {Method::get, "/api/v1/policy", both, &Routes::get_policy},
        {Method::post, set_policy_path, pharmacy, &Routes::post_board},
        {Method::get, "/api/v1/seals", both, &Routes::get_seals},
        {Method::get, setup_prefix, both, &Routes::get_setup},
        {Method::post, setup_prefix, both, &Routes::post_setup}};
    return rows;
}

Routes::Routes(Service service, StaticFiles files)
    : service_(std::move(service)), files_(std::move(files)) {}

// Null where the request is refused, or is one for a page.
Routes::Handler Routes::handler_for(const RequestHead& head, Response& refusal) const {
    const Method method = head.method == Method::head ? Method::get : head.method;
    std::string allowed;
    for (const Row& row : table()) {
        if (!row.fits(head.path, service_.role)) {
            continue;
        }
        if (row.method == method) {
            return row.handler;
        }
        allowed = row.method == Method::get ? "GET, HEAD" : "POST";
    }
    if (allowed.empty() && !head.path.starts_with("/api/")) {
        if (method == Method::get) {
            refusal = files_.answer(head);
            return nullptr;
        }
        allowed = "GET, HEAD";
    }
    if (allowed.empty()) {
        refusal = not_found("there is nothing at \"" + shortened(head.path) + "\"");
        return nullptr;
    }
    refusal = problem({405, "Method not allowed", "this takes " + allowed + " only", ""});
    refusal.headers.emplace_back("Allow", allowed);
    return nullptr;
}

void Routes::answer(const Request& request, Respond respond) {
    const RequestHead& head = request.head;
    Response refusal;
    const Handler handler = handler_for(head, refusal);
    if (handler == nullptr) {
        respond(std::move(refusal));
        return;
    }
    if (head.method != Method::post) {
        run(handler, request, std::move(respond));
        return;
    }
    if (auto wrong_type = refusal_of_type(head)) {
        respond(std::move(*wrong_type));
        return;
    }
    if (head.idempotency_key.empty()) {
        run(handler, request, std::move(respond));
        return;
    }
    if (!is_idempotency_key(head.idempotency_key)) {
        respond(problem(
            {400, "Bad request", "Idempotency-Key is 1 to 128 visible ASCII characters", ""}));
        return;
    }
    if (answers_.begin(head.idempotency_key, fingerprint_of(request), std::move(respond))) {
        run(handler, request, [this, key = head.idempotency_key](const Response& response) {
            answers_.finish(key, response);
        });
    }
}

void Routes::run(Handler handler, const Request& request, Respond respond) {
    try {
        (this->*handler)(request, respond);
    } catch (const std::exception& error) {
        respond(broken(error.what()));
    }
}

Response Routes::broken(std::string_view what) const {
    if (service_.broken) {
        service_.broken(what);
    }
    return problem({500, "Internal error", "the program failed on this request", ""});
}

void Routes::get_metrics(const Request&, Respond respond) {
    Response response;
    response.headers.emplace_back("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.headers.emplace_back("Cache-Control", "no-store");
    response.body = metrics_text(service_, http_);
    respond(std::move(response));
}

void Routes::get_stations(const Request&, Respond respond) {
    respond(json_response(200, dumped(stations_json(service_.state(), service_.role))));
}

void Routes::answer_check(const Request& request, Respond respond) {
    respond(answer_scanner_check(service_.scanner_checks, request));
}

std::optional<Response> Routes::refusal_of_station(std::string_view station) const {
    const bool known = service_.role == NodeRole::ward ? has_station(service_.state(), station)
                                                       : station == board_station;
    if (known) {
        return std::nullopt;
    }
    return not_found("there is no station \"" + shortened(station) + "\" here");
}

void Routes::get_view(const Request& request, Respond respond) {
    const std::string station = shown_station(request.head);
    if (auto refusal = refusal_of_station(station)) {
        respond(std::move(*refusal));
        return;
    }
    respond(json_response(200, dumped(numbered_view(station))));
}

Json Routes::numbered_view(std::string_view station) {
    Json view = view_of(service_, station);
    view["order"] = ++views_;
    view["run"] = service_.run;
    return view;
}

// Asked for without an upgrade.
void Routes::get_live(const Request&, Respond respond) {
    Response response = problem({426, "Upgrade required", "this is a WebSocket", ""});
    response.headers.emplace_back("Upgrade", "websocket");
    respond(std::move(response));
}

std::optional<Response> Routes::refusal_of_live(const RequestHead& head) const {
    if (head.path != live_path) {
        return not_found("there is no WebSocket at \"" + shortened(head.path) + "\"");
    }
    return refusal_of_station(shown_station(head));
}

std::string Routes::shown_station(const RequestHead& head) const {
    return service_.role == NodeRole::pharmacy ? std::string(board_station)
                                               : query_value(head, "station");
}

std::string Routes::live_view(std::string_view station) {
    try {
        Json message;
        message["type"] = "view";
        message["view"] = numbered_view(station);
        return dumped(message);
    } catch (const std::exception& error) {
        static_cast<void>(broken(error.what()));
        return "";
    }
}

std::string Routes::live_tick() const {
    Json message;
    message["type"] = "tick";
    message["now"] = to_text(service_.moment().now);
    return dumped(message);
}

void Routes::get_export(const Request& request, Respond respond) {
    if (!service_.export_data) {
        respond(not_found("this node exports nothing"));
        return;
    }
    auto wanted = export_request_of(request.head);
    if (!wanted) {
        respond(refused_response(wanted.error()));
        return;
    }
    if (request.head.method == Method::head) {
        respond(problem({405, "Method not allowed", "a download is asked for with GET", ""}));
        return;
    }
    service_.export_data(std::move(*wanted), [respond](Result<ExportStream> stream) {
        respond(stream ? download(std::move(*stream)) : refused_response(stream.error()));
    });
}

Response Routes::response_to(
    const Result<readiness::Reply>& reply, const std::string& station, Json answer) {
    if (!reply) {
        return refused_response(reply.error());
    }
    try {
        answer["reply"] = reply_json(*reply, service_.moment().today);
        answer["view"] = numbered_view(station);
        return json_response(200, dumped(answer));
    } catch (const std::exception& error) {
        return broken(error.what());
    }
}

void Routes::submit(Submission submission, Json answer, Respond respond) {
    const std::vector<std::string> tickets = submission.tickets;
    if (!tickets.empty() && service_.scanner_checks.hold) {
        service_.scanner_checks.hold(tickets);
    }
    auto done = [this,
                 station = submission.station,
                 named = !submission.request.empty(),
                 tickets,
                 answer,
                 respond](const Result<readiness::Reply>& reply) {
        if (!tickets.empty() && service_.scanner_checks.settle) {
            const bool taken = reply && reply->kind != readiness::ReplyKind::reject;
            service_.scanner_checks.settle(tickets, taken);
        }
        const bool used = named && !reply && reply.error().code == ErrorCode::conflict;
        respond(used ? key_used_twice() : response_to(reply, station, answer));
    };
    service_.submit(std::move(submission), std::move(done));
}

bool Routes::answer_again(
    const Request& request, const std::string& station, const Respond& respond) {
    const std::string& key = request.head.idempotency_key;
    if (key.empty() || !service_.answered) {
        return false;
    }
    const auto reply = service_.answered(key, fingerprint_of(request));
    if (!reply) {
        return false;
    }
    respond(*reply ? response_to(*reply, station, Json::object()) : key_used_twice());
    return true;
}

void Routes::post_scan(const Request& request, Respond respond) {
    const auto body = parse_scan_body(request.body);
    if (!body) {
        respond(bad_body(body.error()));
        return;
    }
    if (auto refusal = refusal_of_station(body->station)) {
        respond(std::move(*refusal));
        return;
    }
    const bool of_scanner = !body->typed && !body->camera && service_.parse_scan;
    const auto& parse = body->camera && !body->typed ? service_.parse_symbol : service_.parse;
    readiness::Scan scan{
        of_scanner ? service_.parse_scan(body->station, body->text) : parse(body->text),
        body->typed};
    submit(
        submission_of(request, body->station, std::move(scan)), Json::object(), std::move(respond));
}

void Routes::post_choose(const Request& request, Respond respond) {
    const auto body = parse_choose_body(request.body);
    if (!body) {
        respond(bad_body(body.error()));
        return;
    }
    if (auto refusal = refusal_of_station(body->station)) {
        respond(std::move(*refusal));
        return;
    }
    respond(json_response(200, dumped(choice_json(service_, body->station, body->texts))));
}

void Routes::post_command(const Request& request, Respond respond) {
    auto body = parse_command_body(request.body, service_.parse);
    if (!body) {
        respond(bad_body(body.error()));
        return;
    }
    if (auto refusal = refusal_of_station(body->station)) {
        respond(std::move(*refusal));
        return;
    }
    submit(
        submission_of(request, body->station, std::move(body->command)),
        Json::object(),
        std::move(respond));
}

template <auto Parse>
void Routes::post_answer(const Request& request, Respond respond) {
    const auto body = Parse(request.body);
    if (!body) {
        respond(bad_body(body.error()));
        return;
    }
    submit_at_board(request, *body, std::move(respond));
}

void Routes::post_read_unit(const Request& request, Respond respond) {
    const auto body = parse_read_unit_body(request.body);
    if (!body) {
        respond(bad_body(body.error()));
        return;
    }
    respond(json_response(200, dumped(unit_json(service_, *body))));
}

void Routes::post_read_pack(const Request& request, Respond respond) {
    const auto text = parse_read_pack_body(request.body);
    if (!text) {
        respond(bad_body(text.error()));
        return;
    }
    respond(json_response(200, dumped(pack_json(service_, *text))));
}

void Routes::get_products(const Request&, Respond respond) {
    respond(json_response(200, dumped(products_json(service_.state()))));
}

void Routes::get_recalls(const Request&, Respond respond) {
    respond(json_response(200, dumped(recalls_json(service_.state()))));
}

void Routes::get_substitutions(const Request&, Respond respond) {
    const Day today = service_.moment().today;
    respond(json_response(200, dumped(substitutions_json(service_.state(), today))));
}

void Routes::get_policy(const Request&, Respond respond) {
    const readiness::State& state = service_.state();
    const auto changes =
        service_.policy_changes(policy_source(state), policy_changes_shown_max + 1);
    respond(
        changes ? json_response(200, dumped(policy_view_json(state, *changes)))
                : refused_response(changes.error()));
}

void Routes::get_seals(const Request&, Respond respond) {
    respond(json_response(200, dumped(seals_json(service_.state()))));
}

void Routes::post_confirm_day(const Request& request, Respond respond) {
    const auto body = parse_confirm_day_body(request.body);
    if (!body) {
        respond(bad_body(body.error()));
        return;
    }
    if (auto refusal = refusal_of_station(body->station)) {
        respond(std::move(*refusal));
        return;
    }
    submit(
        submission_of(request, body->station, body->command), Json::object(), std::move(respond));
}

void Routes::post_image(const Request& request, Respond respond) {
    const std::string apply = query_value(request.head, "apply");
    const std::string station = query_value(request.head, "station");
    Picture picture{request.body, media_type_of_request(request.head)};
    if (!service_.decode_picture) {
        respond(not_found("this node takes no pictures"));
        return;
    }
    if (!apply.empty() && apply != "true" && apply != "false") {
        respond(problem({400, "Bad request", "apply is neither true nor false", ""}));
        return;
    }
    if (auto refusal = refusal_of_station(station)) {
        respond(std::move(*refusal));
        return;
    }
    if (!looks_like(picture.media_type, picture.bytes)) {
        const std::string type = picture.media_type;
        respond(problem({400, "Bad picture", "the body does not begin like " + type, ""}));
        return;
    }
    auto done = [this,
                 submission = submission_of(request, apply == "true" ? station : "", {}),
                 respond](const Result<std::vector<codes::Reading>>& symbols) {
        if (symbols) {
            answer_symbols(submission, *symbols, respond);
        } else {
            respond(refused_response(symbols.error()));
        }
    };
    service_.decode_picture(std::move(picture), std::move(done));
}

void Routes::answer_symbols(
    Submission submission, const std::vector<codes::Reading>& symbols, const Respond& respond) {
    Json answer;
    answer["symbols"] = Json::array();
    for (const codes::Reading& symbol : symbols) {
        answer["symbols"].push_back(service_.reading_json(symbol));
    }
    const auto chosen = chosen_of(service_, submission.station, symbols);
    if (submission.station.empty() || !chosen) {
        respond(json_response(200, dumped(answer)));
        return;
    }
    submission.command = readiness::Scan{symbols[*chosen], false};
    submit(std::move(submission), std::move(answer), respond);
}

} // namespace cartwatch::web
