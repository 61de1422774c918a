// The judgement of one cart on one day: a pure function, the same for a file and for the live
// ward. The contract, sentence by sentence, is schema/evaluate.md.
#pragma once

#include "daemon/readiness/as_of.hpp"
#include "daemon/readiness/cart.hpp"
#include "daemon/readiness/policy.hpp"
#include "daemon/readiness/substitution.hpp"

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cartwatch::readiness {

// Worst first: the order in which findings are listed.
enum class Severity { critical, high, normal, notice };

// Worst last. The worst that applies counts.
enum class Readiness { ready, degraded, overdue, not_ready };

// In alphabetical order of their text, which is the order of findings of one line.
enum class FindingKind {
    accessory_expired,
    calibration_overdue,
    check_overdue,
    damaged,
    device_failed,
    device_untested,
    expired,
    expires_before_next_check,
    handover_overdue,
    near_expiry,
    recall_possible, // no lot is known, and a lot of the product is under recall
    recalled,
    seal_broken,
    seal_unexplained,
    sealed_overdue,
    service_overdue,
    shortage,
    substitute_ended,
    surplus,
    unexplained, // of a controlled line after an emergency; a closed check's, never evaluate's
};

[[nodiscard]] std::string_view to_text(Severity severity);
[[nodiscard]] std::string_view to_text(Readiness readiness);
[[nodiscard]] std::string_view to_text(FindingKind kind);

// Why units are short; they add up to the shortage.
struct Reasons {
    int recalled = 0;
    int expired = 0;
    int damaged = 0;
    int absent = 0;

    friend bool operator==(const Reasons&, const Reasons&) = default;
};

// One thing that a check, or the calendar, found wrong. Members that a kind does not have are
// empty; `lot` is set for the kinds that speak of one holding (it may be the empty lot).
struct Finding {
    FindingKind kind = FindingKind::shortage;
    Severity severity = Severity::notice;
    std::string line; // one of line, device; both empty: the cart's own
    std::string device;
    std::string accessory;
    std::string test; // of a device
    std::optional<std::string> lot;
    std::optional<int> quantity;    // units short, over, or to take out
    std::optional<Reasons> reasons; // shortage only
    std::optional<Day> last_usable_day;
    std::optional<int> days_left; // near_expiry: days from the day judged to the last usable day
    std::optional<int> band;      // near_expiry: the narrowest band that holds it, in days
    std::optional<TestUnit> unit; // device_failed of a test that reads: what was read, if it could
    std::optional<Amount> value;  // be, and between which limits it belongs
    std::optional<Amount> least;
    std::optional<Amount> most;

    friend bool operator==(const Finding&, const Finding&) = default;
};

// Nobody looked in time, or somebody was inside since: what works nobody knows, however little is
// missing on file.
[[nodiscard]] bool makes_overdue(const Finding& finding);

struct Judgement {
    Day as_of;
    Readiness readiness = Readiness::not_ready;
    std::map<std::string, Readiness> functions; // of lines and devices that name one
    std::optional<Day> ready_until;             // nullopt unless ready on as_of
    int in_order = 0;                           // lines and devices in full order …
    int required = 0;                           // … out of all
    std::vector<Finding> findings;              // in the contract's order

    friend bool operator==(const Judgement&, const Judgement&) = default;
};

// Cannot fail: whatever is in the cart has a verdict. Cost: linear in holdings and findings, but
// for sorting the findings.
[[nodiscard]] Judgement evaluate(
    const Cart& cart,
    const Policy& policy,
    std::span<const Recall> recalls,
    const AsOf& as_of,
    std::span<const Substitution> substitutions = {});

// What one holding is worth on a day; recalled, then expired, then ended, then damaged, first that
// applies.
struct HoldingWorth {
    int recalled = 0;
    int expired = 0;
    int ended = 0; // substitutes that may not lie there any more
    int damaged = 0;
    int usable = 0;
};

// `substitutions` are those of the cart (substitutions_on).
[[nodiscard]] HoldingWorth worth_of(
    const Line& line,
    const Holding& holding,
    std::span<const Recall> recalls,
    Day today,
    std::span<const Substitution> substitutions = {});

// The day the next full check is due: last_full_check + interval; nullopt where there was none.
// Where the policy lets a check of the seal count, that moves it on, but never further than
// sealed_within_days after the full check.
[[nodiscard]] std::optional<Day> next_due(const Cart& cart, const Policy& policy);

} // namespace cartwatch::readiness
