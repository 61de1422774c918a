// Whether the node records, and what holds it up where it does not.
#include "daemon/web/route_parts.hpp"
#include "daemon/web/routes.hpp"
#include "daemon/web/views.hpp"

namespace cartwatch::web {

void Routes::get_health(const Request&, Respond respond) {
    Json json;
    json["status"] = "ok";
    unsigned status = 200;
    if (!service_.recording()) {
        status = 503;
        json["status"] = "not recording";
    } else if (const auto past = service_.awaited_past ? service_.awaited_past() : std::nullopt) {
        // A supervisor must not restart it for this: it is well, and waits.
        json["status"] = "waiting for its past";
        json["past"] = past_json(past);
    }
    respond(json_response(status, dumped(json)));
}

void Routes::post_go_on(const Request&, Respond respond) {
    if (service_.go_on) {
        service_.go_on();
    }
    Json json;
    json["past"] = past_json(service_.awaited_past ? service_.awaited_past() : std::nullopt);
    respond(json_response(200, dumped(json)));
}

} // namespace cartwatch::web
