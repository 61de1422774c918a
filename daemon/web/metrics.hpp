// Figures for monitoring, in Prometheus' text format 0.0.4.
#pragma once

#include "daemon/web/service.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace cartwatch::web {

// What the server itself has counted since the start.
struct HttpFigures {
    std::map<unsigned, std::int64_t> answers_by_status;
    std::int64_t connections = 0; // open now
    std::int64_t live_pages = 0;  // open now
};

// Names are a promise to monitoring; all begin with "cartwatch_".
[[nodiscard]] std::string metrics_text(const Service& service, const HttpFigures& http);

} // namespace cartwatch::web
