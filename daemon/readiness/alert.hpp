// Shortage alerts: at most one open alert a key (node, cart, line or device). The ward raises,
// changes and closes; the pharmacy accepts, hands back, dispatches and silences; the clock
// escalates. An episode numbers the alerts of one key, so that an answer to an old one can never
// touch a new one.
#pragma once

#include "daemon/readiness/evaluate.hpp"

#include <compare>
#include <optional>
#include <string>
#include <vector>

namespace cartwatch::readiness {

struct AlertKey {
    std::string cart;
    std::string subject; // Line::id or Device::id: unique within a cart

    friend auto operator<=>(const AlertKey&, const AlertKey&) = default;
};

// A device's test that failed, as the pharmacy needs to know it: no list of its own to look it up.
struct FailedTest {
    std::string test;
    Name name;
    std::optional<TestUnit> unit; // of a reading …
    std::optional<Amount> value;  // … that could be taken
    std::optional<Amount> least;
    std::optional<Amount> most;

    friend bool operator==(const FailedTest&, const FailedTest&) = default;
};

// What is needed and why; compared to see whether an open alert has to be changed.
struct AlertNeed {
    std::string line; // one of line, device
    std::string device;
    std::string product; // of a line
    Severity severity = Severity::notice;
    int quantity = 0; // units needed; 0 for a device
    Reasons reasons;
    std::vector<FindingKind> kinds; // findings behind it, in order, each once
    int par = 0;
    int usable = 0;
    std::vector<FailedTest> failed; // of a device

    friend bool operator==(const AlertNeed&, const AlertNeed&) = default;
};

enum class AlertState { raised, accepted, dispatched, resolved, withdrawn };

[[nodiscard]] std::string_view to_text(AlertState state);

// Units of one lot that the pharmacy sent out.
struct DispatchedUnits {
    std::string lot;                    // may be empty: the pack names none
    std::optional<Day> last_usable_day; // nullopt: does not expire
    int quantity = 0;
    std::vector<std::string> serials; // of packs that bear one; at most the quantity
    // The pharmacy's entry that sent them; 0 in that entry itself, and in old journals. Units that
    // came back and were sent again are others.
    std::int64_t sent_seq = 0;
    std::string product = {}; // what a substitute is; empty: what the alert asks for

    friend bool operator==(const DispatchedUnits&, const DispatchedUnits&) = default;
};

[[nodiscard]] int units_of(const std::vector<DispatchedUnits>& units);

// A hospital-wide stock-out: nobody is reminded until the end, which is compulsory.
struct Silence {
    std::string by; // staff id
    std::string reason;
    Instant until;

    friend bool operator==(const Silence&, const Silence&) = default;
};

// Which clock ran out (Policy: accept_within_minutes, resolve_critical_within_hours,
// restock_within_hours).
enum class Escalation { not_accepted, not_resolved, not_restocked };

[[nodiscard]] std::string_view to_text(Escalation rule);

struct Escalated {
    Escalation rule = Escalation::not_accepted;
    Instant at;

    friend bool operator==(const Escalated&, const Escalated&) = default;
};

struct Alert {
    AlertKey key;
    int episode = 1;
    AlertState state = AlertState::raised;
    AlertNeed need;
    Instant raised_at;
    Instant changed_at;           // last change of need or state
    std::int64_t raised_seq = 0;  // the ward's sequence number: delivered once the pharmacy has it
    std::int64_t changed_seq = 0; // the ward's entry that changed the need last
    std::int64_t worse_seq = 0;   // the ward's entry that raised it, or made it worse, last
    std::string accepted_by;      // staff id
    std::optional<Instant> accepted_at;
    std::optional<Instant> expected_at;
    Instant worse_at;                   // raised, or made worse, last: the wait for somebody
    std::optional<Instant> critical_at; // critical since; nullopt: it is not
    // What was sent and is not known to have arrived; a ward's scan knows it by lot and date.
    std::vector<DispatchedUnits> dispatched;
    std::string dispatched_by; // staff id
    std::optional<Instant> dispatched_at;
    std::string short_reason; // why fewer than asked were sent; empty: not fewer
    std::optional<Silence> silence;
    std::vector<Escalated> escalated; // each rule once, in order of time

    friend bool operator==(const Alert&, const Alert&) = default;

    [[nodiscard]] bool open() const {
        return state != AlertState::resolved && state != AlertState::withdrawn;
    }

    // Units asked for that are not on their way.
    [[nodiscard]] int unsent() const;
};

// The alerts that a judgement calls for, by subject: a line with a shortage, something to take out
// or something that expires before the next check; a device that failed or whose accessory expired.
// Ordered by subject. A retired cart calls for nothing, also where a check of it is still open.
[[nodiscard]] std::vector<AlertNeed> needs_of(const Cart& cart, const Judgement& judgement);

// Whether an acceptance of `before` no longer holds: more units, or a higher severity.
[[nodiscard]] bool is_worse(const AlertNeed& before, const AlertNeed& now);

} // namespace cartwatch::readiness
