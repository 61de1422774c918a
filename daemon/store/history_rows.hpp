// What reports ask the past for: rows of the history tables as values (schema/sqlite/0006).
#pragma once

#include "daemon/readiness/event.hpp"
#include "daemon/readiness/standing.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::store {

using cartwatch::to_text; // of days and instants, beside those of this room

// A check that was signed.
struct ClosedCheck {
    std::string node;
    std::string id; // "<node>/<number>"
    std::string cart;
    std::string station; // of the cart then
    readiness::CheckKind kind = readiness::CheckKind::full;
    Instant opened_at;
    std::string opened_by;
    Instant closed_at;
    std::string closed_by;
    std::int64_t duration_ms = 0;
    Day working_day;
    readiness::Readiness readiness = readiness::Readiness::not_ready;
    int in_order = 0;
    int required = 0;
    std::optional<Day> ready_until;
    int lines = 0;
    int devices = 0;
    std::vector<std::string> not_scanned;
    int steps = 0;
    int undone = 0;
    int parked = 0;
    std::string seal;
    std::int64_t seq = 0; // of the entry that closed it
    std::string witness;  // staff id of the second badge
    std::vector<readiness::Remark> remarks;
    int typed = 0;   // lines whose weakest evidence was typed
    int skipped = 0; // lines called missing without a step
    // It counts for no figure: its day never was, as somebody put the clock right; or the cart was
    // retired.
    bool voided = false;

    friend bool operator==(const ClosedCheck&, const ClosedCheck&) = default;
};

// How a cart stands from the instant of its row on.
struct StandingThen {
    std::string source; // whose entry changed it
    readiness::CartStanding standing;

    friend bool operator==(const StandingThen&, const StandingThen&) = default;
};

// What became of a line in a check. One that reads the seal proves what the full check before it
// found: such lines are not kept again. A use or a restock does not ask for every line.
enum class LineResult { counted, missing, taken_out, not_scanned, sealed, not_asked };

struct CheckLine {
    int place = 0;
    std::string line;
    std::string product;
    std::string position;
    int par = 0;
    bool critical = false;
    LineResult result = LineResult::not_scanned;
    int quantity = 0;
    int damaged = 0;
    int taken_out = 0;                           // after an emergency: what it used
    std::optional<readiness::Evidence> evidence; // the weakest of its lots
    std::vector<readiness::Holding> lots;
    std::optional<Instant> at;
    std::string by;

    friend bool operator==(const CheckLine&, const CheckLine&) = default;
};

struct CheckDevice {
    int place = 0;
    std::string device;
    bool critical = false;
    std::optional<bool> passed;                 // nullopt: not tested
    std::vector<readiness::DeviceTested> tests; // what each of its tests said

    friend bool operator==(const CheckDevice&, const CheckDevice&) = default;
};

// A finding of a closed check, with the product of its line then.
struct FoundThen {
    int place = 0;
    readiness::Finding finding;
    std::string product;

    friend bool operator==(const FoundThen&, const FoundThen&) = default;
};

// Steps in the life of an alert.
enum class AlertStepKind {
    raised,
    changed,
    accepted,
    handed_back,
    dispatched,
    silenced,
    escalated,
    resolved,
    withdrawn,
};

inline constexpr std::array<std::string_view, 9> alert_step_names{
    "raised",
    "changed",
    "accepted",
    "handed_back",
    "dispatched",
    "silenced",
    "escalated",
    "resolved",
    "withdrawn"};

[[nodiscard]] constexpr std::string_view to_text(AlertStepKind step) {
    return alert_step_names.at(static_cast<std::size_t>(step));
}

struct AlertStep {
    std::string entry_node; // whose entry did it
    std::int64_t entry_seq = 0;
    std::string node; // whose cart
    readiness::AlertKey key;
    int episode = 1;
    AlertStepKind step = AlertStepKind::raised;
    Instant at;
    std::string by;                                              // staff id, or "system"
    readiness::AlertState state = readiness::AlertState::raised; // after it
    readiness::AlertNeed need; // after it; par and usable are not kept
    Instant raised_at;         // of this episode
    std::optional<Instant> expected_at;

    friend bool operator==(const AlertStep&, const AlertStep&) = default;
};

} // namespace cartwatch::store
