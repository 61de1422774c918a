// Shortage alerts: at most one open alert a key (node, cart, line or device). The ward raises,
// changes and closes; the pharmacy accepts and hands back. An episode numbers the alerts of one
// key, so that an answer to an old one can never touch a new one.
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

enum class AlertState { raised, accepted, resolved, withdrawn };

[[nodiscard]] std::string_view to_text(AlertState state);

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

    friend bool operator==(const Alert&, const Alert&) = default;

    [[nodiscard]] bool open() const {
        return state == AlertState::raised || state == AlertState::accepted;
    }
};

// The alerts that a judgement calls for, by subject: a line with a shortage, something to take out
// or something that expires before the next check; a device that failed or whose accessory expired.
// Ordered by subject. A retired cart calls for nothing, also where a check of it is still open.
[[nodiscard]] std::vector<AlertNeed> needs_of(const Cart& cart, const Judgement& judgement);

// Whether an acceptance of `before` no longer holds: more units, or a higher severity.
[[nodiscard]] bool is_worse(const AlertNeed& before, const AlertNeed& now);

} // namespace cartwatch::readiness
