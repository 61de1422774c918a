// What the pages show, as JSON: functions from the state to the shapes of schema/http.openapi.yaml.
// Nothing is judged here but by readiness::evaluate, and nothing is remembered.
#pragma once

#include "daemon/web/service.hpp"

#include <nlohmann/json_fwd.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::web {

using Json = nlohmann::ordered_json;

// Everything that one view is made of.
struct Facts {
    const readiness::State& state;
    readiness::Context moment;
    Day clock_day;
    readiness::Session session;
    std::optional<readiness::Reply> last;
    LinkStatus link;
    std::vector<WardStatus> wards;
    bool recording = true;
    std::optional<PastStatus> past; // still to come back
};

// As the service says now; members that the service leaves out are empty.
[[nodiscard]] Facts facts_of(const Service& service, std::string_view station);

[[nodiscard]] bool has_station(const readiness::State& state, std::string_view station);

// The page of one station (View). Precondition: has_station.
[[nodiscard]] Json ward_view(const Facts& facts, std::string_view station);

// What is still to come back of the node's own past, or null.
[[nodiscard]] Json past_json(const std::optional<PastStatus>& past);

// What a person has to look at on the link, or null.
[[nodiscard]] Json problem_json(const std::optional<LinkProblem>& problem);

// The pharmacy's page (Board).
[[nodiscard]] Json board_view(const Facts& facts);

// The view of this node's role for a station.
[[nodiscard]] Json view_of(const Service& service, std::string_view station);

[[nodiscard]] Json reply_json(const readiness::Reply& reply, Day today);

// The stations of a ward, in the order of their ids.
[[nodiscard]] Json stations_json(const readiness::State& state, NodeRole role);

// One line of text; bytes that are not UTF-8 (a scanner may send any) become U+FFFD.
[[nodiscard]] std::string dumped(const Json& json);

} // namespace cartwatch::web
