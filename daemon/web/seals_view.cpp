#include "daemon/web/seals_view.hpp"

#include "daemon/readiness/seals.hpp"
#include "daemon/web/view_parts.hpp"

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

namespace cartwatch::web {

namespace {

using readiness::SealLine;
using readiness::SealState;

// Seals that came into a station's stock at one time.
struct Series {
    std::vector<const SealLine*> seals; // by number

    [[nodiscard]] std::int64_t count(SealState state) const {
        return std::count_if(seals.begin(), seals.end(), [&](const SealLine* seal) {
            return seal->record.state == state;
        });
    }

    [[nodiscard]] std::int64_t gaps() const {
        return std::count_if(
            seals.begin(), seals.end(), [](const SealLine* seal) { return seal->gap; });
    }

    [[nodiscard]] bool used_up() const {
        return count(SealState::issued) == 0;
    }
};

using SeriesOf = std::map<Instant, Series>; // by when they came

Json gaps_json(const Series& series) {
    Json json = Json::array();
    for (const SealLine* seal : series.seals) {
        if (seal->gap && json.size() < seals_listed_max) {
            json.push_back(seal->number);
        }
    }
    return json;
}

Json voided_json(const readiness::State& state, std::string_view node, const Series& series) {
    Json json = Json::array();
    for (const SealLine* seal : series.seals) {
        if (seal->record.state == SealState::voided && json.size() < seals_listed_max) {
            Json row;
            row["number"] = seal->number;
            row["at"] = text_or_null(seal->record.ended_at);
            row["by"] = person_json(state, node, seal->record.ended_by);
            row["reason"] = seal->record.reason;
            json.push_back(std::move(row));
        }
    }
    return json;
}

// The next one to take: in stock, and no gap.
Json next_json(const Series& series) {
    const auto next =
        std::find_if(series.seals.begin(), series.seals.end(), [](const SealLine* seal) {
            return seal->record.state == SealState::issued && !seal->gap;
        });
    return next == series.seals.end() ? Json(nullptr) : Json((*next)->number);
}

Json series_json(const readiness::State& state, std::string_view node, const Series& series) {
    const SealLine& first = *series.seals.front();
    Json json;
    json["first"] = first.number;
    json["last"] = series.seals.back()->number;
    json["issued_at"] = text_or_null(first.record.issued_at);
    json["issued_by"] = person_json(state, node, first.record.issued_by);
    json["count"] = series.seals.size();
    json["left"] = series.count(SealState::issued) - series.gaps();
    json["next"] = next_json(series);
    json["on_cart"] = series.count(SealState::on_cart);
    json["broken"] = series.count(SealState::broken);
    json["gap_count"] = series.gaps();
    json["gaps"] = gaps_json(series);
    json["voided_count"] = series.count(SealState::voided);
    json["voided"] = voided_json(state, node, series);
    return json;
}

Json seal_station_json(
    const readiness::State& state,
    std::string_view node,
    const std::string& id,
    const SeriesOf& series) {
    const auto& stations = readiness::node_of(state, node).stations;
    const auto station = stations.find(id);
    Json json;
    json["station"] = id;
    json["name"] =
        name_json(station == stations.end() ? readiness::Name{id, id} : station->second.name);
    json["series"] = Json::array();
    std::size_t used_up = 0;
    for (auto one = series.rbegin(); one != series.rend(); ++one) {
        if (!one->second.used_up() || ++used_up <= used_up_shown_max) {
            json["series"].push_back(series_json(state, node, one->second));
        }
    }
    return json;
}

// Every station with what it was given; seals that were never issued are on no list of the stock.
Json seal_node_json(const readiness::State& state, const std::string& node) {
    const auto ledger = readiness::seal_ledger(readiness::node_of(state, node).seals);
    std::map<std::string, SeriesOf> stations;
    for (const auto& [id, station] : readiness::node_of(state, node).stations) {
        stations[id];
    }
    std::int64_t foreign = 0;
    for (const SealLine& seal : ledger) {
        if (seal.record.issued_at) {
            stations[seal.record.station][*seal.record.issued_at].seals.push_back(&seal);
        } else {
            ++foreign;
        }
    }
    Json json;
    json["node"] = node;
    json["never_issued"] = foreign;
    json["stations"] = Json::array();
    for (const auto& [id, series] : stations) {
        json["stations"].push_back(seal_station_json(state, node, id, series));
    }
    return json;
}

} // namespace

Json seals_json(const readiness::State& state) {
    Json json;
    json["nodes"] = Json::array();
    for (const auto& [name, node] : state.nodes) {
        const bool ward = name == state.self ? name != state.pharmacy : !node.seals.empty();
        if (ward) {
            json["nodes"].push_back(seal_node_json(state, name));
        }
    }
    return json;
}

} // namespace cartwatch::web
