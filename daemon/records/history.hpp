// What managers see of the past: of every cart what became of each due date, how long alerts
// waited, what will expire; of one cart everything, and of one check every line and step. Shapes of
// schema/http.openapi.yaml.
#pragma once

#include "daemon/clock/calendar.hpp"
#include "daemon/figures/dues.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/store/queries.hpp"
#include "daemon/web/service.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cartwatch::records {

// Rows that a page can draw and a person can read; where there are more, the answer says so and a
// ward is asked for alone.
inline constexpr std::size_t carts_shown_max = 500;
inline constexpr std::size_t forecast_shown_max = 500;
inline constexpr std::size_t alerts_shown_max = 500;

// What is known of one cart now.
struct KnownCart {
    std::string node;
    std::string id;
    readiness::Name name;
    readiness::Name station;
    std::string station_id;
    std::optional<Day> last_full_check;
    bool sealed_counts = false; // a check of the seal keeps the weekly one's due date
};

// What one node's stock is judged by.
struct Standards {
    std::vector<readiness::Recall> recalls;
    std::vector<readiness::Substitution> substitutions;
};

// Everything that the loop's state has to say, as values that another thread may read.
struct Asked {
    web::HistoryQuestion question;
    Day today;
    Instant now;
    std::string pharmacy;         // its node
    std::vector<KnownCart> carts; // by node and id; at most carts_shown_max
    bool more_carts = false;
    std::map<std::string, Standards> standards; // by node
    figures::Intervals intervals;               // of full checks, as the policy was changed
    readiness::Policy policy;
};

[[nodiscard]] Asked
asked_of(ledger::Ledger& ledger, const clock::Calendar& calendar, web::HistoryQuestion question);

// The answer as JSON text. Throws StoreFailure where the store cannot be read.
[[nodiscard]] std::string
history_text(store::Reader& reader, const clock::Calendar& calendar, const Asked& asked);

} // namespace cartwatch::records
