#include "daemon/readiness/due.hpp"
#include "daemon/readiness/judge.hpp"
#include "daemon/readiness/recall.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace cartwatch::readiness {

namespace {

using std::chrono::days;

// Dates have four digits of a year.
const Day last_day{std::chrono::year{9999} / 12 / 31};

Finding& add_to(Judge& judge, FindingKind kind, Severity severity) {
    Finding& finding = judge.findings.emplace_back();
    finding.kind = kind;
    finding.severity = severity;
    return finding;
}

void take_out(
    Judge& judge, const Line& line, const Holding& holding, FindingKind kind, int quantity) {
    if (quantity > 0) {
        Finding& finding = add_to(judge, kind, Severity::normal);
        finding.line = line.id;
        finding.lot = holding.lot;
        finding.quantity = quantity;
    }
}

HoldingWorth judge_holding(
    Judge& judge, const Line& line, const Holding& holding, std::span<const Recall> recalls) {
    const HoldingWorth worth = worth_of(line, holding, recalls, judge.today, judge.substitutions);
    if (worth.usable < holding.quantity) {
        take_out(judge, line, holding, FindingKind::recalled, worth.recalled);
        take_out(judge, line, holding, FindingKind::expired, worth.expired);
        take_out(judge, line, holding, FindingKind::substitute_ended, worth.ended);
        take_out(judge, line, holding, FindingKind::damaged, worth.damaged);
    }
    const bool doubtful = std::ranges::any_of(recalls, [&](const Recall& recall) {
        return may_name(recall, product_in(line, holding), holding.lot);
    });
    if (doubtful) {
        take_out(judge, line, holding, FindingKind::recall_possible, worth.usable);
    }
    if (worth.usable > 0 && holding.last_usable_day
        && *holding.last_usable_day <= judge.notices_until) {
        Finding named;
        named.line = line.id;
        named.lot = holding.lot;
        note_coming_expiry(judge, std::move(named), *holding.last_usable_day);
    }
    if (worth.usable + worth.damaged > 0 && holding.last_usable_day) {
        judge.keep_until(*holding.last_usable_day);
    }
    const bool is_substitute = product_in(line, holding) != line.product;
    if (worth.usable + worth.damaged > 0 && is_substitute) {
        if (const auto until = allowed_until(line, holding.product, judge.substitutions)) {
            judge.keep_until(*until);
        }
    }
    return worth;
}

// The last day that one of the notices of coming expiry may speak of.
Day notices_until(const Policy& policy, Day today, std::optional<Day> due) {
    Day until = due ? *due + days{policy.delivery_days} : today;
    for (const int band : policy.near_expiry_days) {
        until = std::max(until, today + days{band});
    }
    return until;
}

// Splits a shortage exactly: each reason takes at most its units, absence takes the rest.
Reasons reasons_of(int shortage, const HoldingWorth& sum) {
    Reasons reasons;
    reasons.recalled = std::min(shortage, sum.recalled);
    shortage -= reasons.recalled;
    reasons.expired = std::min(shortage, sum.expired);
    shortage -= reasons.expired;
    reasons.damaged = std::min(shortage, sum.damaged);
    reasons.absent = shortage - reasons.damaged;
    return reasons;
}

void judge_line(Judge& judge, const Line& line) {
    // A line's product is looked for once, not once a holding; a substitute may be named instead.
    const bool mixed = std::ranges::any_of(
        line.holdings, [](const Holding& holding) { return !holding.product.empty(); });
    const bool named = mixed || std::ranges::any_of(judge.recalls, [&](const Recall& recall) {
                           return recall.product == line.product;
                       });
    const std::span<const Recall> recalls = named ? judge.recalls : std::span<const Recall>();
    HoldingWorth sum;
    for (const Holding& holding : line.holdings) {
        const HoldingWorth worth = judge_holding(judge, line, holding, recalls);
        sum.recalled += worth.recalled;
        sum.expired += worth.expired;
        sum.damaged += worth.damaged;
        sum.usable += worth.usable;
    }
    if (sum.usable < line.par) {
        const Severity severity = !line.critical    ? Severity::normal
                                  : sum.usable == 0 ? Severity::critical
                                                    : Severity::high;
        Finding& finding = add_to(judge, FindingKind::shortage, severity);
        finding.line = line.id;
        finding.quantity = line.par - sum.usable;
        finding.reasons = reasons_of(*finding.quantity, sum);
    } else if (sum.usable > line.par) {
        Finding& finding = add_to(judge, FindingKind::surplus, Severity::notice);
        finding.line = line.id;
        finding.quantity = sum.usable - line.par;
    }
}

// Checks that are asked for between two full ones.
void judge_between(Judge& judge) {
    const auto ask = [&](CheckKind kind, FindingKind late) {
        const std::optional<Day> due = next_due(judge.cart, judge.policy, kind);
        const bool shift_over =
            judge.shifts && is_shift_over(judge.cart, judge.policy, kind, *judge.shifts);
        if (due && (judge.today > *due || shift_over)) {
            Finding finding;
            finding.kind = late;
            finding.severity = Severity::high;
            judge.findings.push_back(finding);
        } else if (due) {
            judge.keep_until(*due);
        }
    };
    ask(CheckKind::sealed, FindingKind::sealed_overdue);
    ask(CheckKind::handover, FindingKind::handover_overdue);
}

void judge_cart(Judge& judge) {
    Finding finding;
    finding.severity = Severity::high;
    // Opened for an emergency and not gone through since: nobody knows.
    const bool opened = judge.cart.use && !judge.cart.use->checked;
    if (!judge.due || judge.today > *judge.due || opened) {
        finding.kind = FindingKind::check_overdue;
        judge.findings.push_back(finding);
    } else {
        judge.keep_until(*judge.due);
    }
    if (judge.cart.seal && !judge.cart.seal->intact) {
        finding.kind = FindingKind::seal_broken;
        judge.findings.push_back(finding);
    }
    const bool unexplained = (judge.cart.seal && judge.cart.seal->broken_without_use())
                             || !judge.cart.unexplained_seal.empty();
    if (unexplained) {
        finding.kind = FindingKind::seal_unexplained;
        finding.severity = Severity::notice;
        judge.findings.push_back(finding);
    }
    judge_between(judge);
}

// The worst that a finding alone would make of a cart.
Readiness worst_of(const Finding& finding) {
    if (finding.severity == Severity::critical) {
        return Readiness::not_ready;
    }
    if (makes_overdue(finding)) {
        return Readiness::overdue;
    }
    return finding.severity == Severity::notice ? Readiness::ready : Readiness::degraded;
}

const std::string& subject_of(const Finding& finding) {
    return finding.line.empty() ? finding.device : finding.line;
}

// Accounts for one line or device whose findings are those from `first` on: its clinical function
// is worth no more than the worst of them, and it is in order where all of them are notices.
void account(
    const Judge& judge, std::size_t first, const std::string& function, Judgement& judgement) {
    Readiness worst = Readiness::ready;
    for (std::size_t i = first; i < judge.findings.size(); ++i) {
        worst = std::max(worst, worst_of(judge.findings[i]));
    }
    judgement.in_order += worst == Readiness::ready ? 1 : 0;
    judgement.required += 1;
    judgement.readiness = std::max(judgement.readiness, worst);
    if (!function.empty()) {
        Readiness& known =
            judgement.functions.try_emplace(function, Readiness::ready).first->second;
        known = std::max(known, worst);
    }
}

// The lot, accessory or test that it speaks of. A view into the finding: a conditional on the lot
// itself would make, and view, a copy.
std::string_view part_of(const Finding& finding) {
    if (finding.lot) {
        return *finding.lot;
    }
    return finding.accessory.empty() ? finding.test : finding.accessory;
}

bool stands_before(const Finding& one, const Finding& other) {
    const auto key = [](const Finding& finding) {
        return std::tuple<Severity, const std::string&, FindingKind, std::string_view>(
            finding.severity, subject_of(finding), finding.kind, part_of(finding));
    };
    return key(one) < key(other);
}

// Findings are large: each is moved once, to where it belongs.
std::vector<Finding> sorted(std::vector<Finding> findings) {
    std::vector<Finding*> order;
    order.reserve(findings.size());
    for (Finding& finding : findings) {
        order.push_back(&finding);
    }
    std::ranges::stable_sort(order, [](const Finding* one, const Finding* other) {
        return stands_before(*one, *other);
    });
    std::vector<Finding> in_order;
    in_order.reserve(findings.size());
    for (Finding* finding : order) {
        in_order.push_back(std::move(*finding));
    }
    return in_order;
}

// Four fifths of the time of judging a hospital was waiting for memory, since the holdings of every
// line lie elsewhere: those of a line that comes soon are fetched while this one is judged. (A
// function of prefetches alone would be left out by the compiler, as one without any effect.)
void judge_lines(Judge& judge, Judgement& judgement) {
    constexpr std::size_t lines_ahead = 8;
    constexpr std::size_t bytes_ahead = 320; // two holdings: more lots a line are rare
    constexpr std::size_t cache_line = 64;
    const std::vector<Line>& lines = judge.cart.lines;
    for (std::size_t i = 0; i < lines.size() + lines_ahead; ++i) {
        if (i < lines.size() && !lines[i].holdings.empty()) {
            const auto* soon = reinterpret_cast<const char*>(lines[i].holdings.data());
            for (std::size_t at = 0; at < bytes_ahead; at += cache_line) {
                __builtin_prefetch(soon + at); // past the end it fetches in vain, and no more
            }
        }
        if (i >= lines_ahead) {
            const Line& line = lines[i - lines_ahead];
            const std::size_t first = judge.findings.size();
            judge_line(judge, line);
            account(judge, first, line.function, judgement);
        }
    }
}

} // namespace

bool makes_overdue(const Finding& finding) {
    return finding.kind == FindingKind::check_overdue || finding.kind == FindingKind::seal_broken
           || finding.kind == FindingKind::sealed_overdue
           || finding.kind == FindingKind::handover_overdue;
}

std::string_view to_text(Severity severity) {
    static constexpr std::array<std::string_view, 4> names = {
        "critical", "high", "normal", "notice"};
    return names.at(static_cast<std::size_t>(severity));
}

std::string_view to_text(Readiness readiness) {
    static constexpr std::array<std::string_view, 4> names = {
        "ready", "degraded", "overdue", "not_ready"};
    return names.at(static_cast<std::size_t>(readiness));
}

std::string_view to_text(FindingKind kind) {
    static constexpr std::array<std::string_view, 20> names = {
        "accessory_expired", "calibration_overdue", "check_overdue",   "damaged",
        "device_failed",     "device_untested",     "expired",         "expires_before_next_check",
        "handover_overdue",  "near_expiry",         "recall_possible", "recalled",
        "seal_broken",       "seal_unexplained",    "sealed_overdue",  "service_overdue",
        "shortage",          "substitute_ended",    "surplus",         "unexplained"};
    return names.at(static_cast<std::size_t>(kind));
}

HoldingWorth worth_of(
    const Line& line,
    const Holding& holding,
    std::span<const Recall> recalls,
    Day today,
    std::span<const Substitution> substitutions) {
    const std::string& product = product_in(line, holding);
    HoldingWorth worth;
    const bool recalled = std::any_of(recalls.begin(), recalls.end(), [&](const Recall& recall) {
        return names(recall, product, holding.lot);
    });
    if (recalled) {
        worth.recalled = holding.quantity;
    } else if (holding.last_usable_day && today > *holding.last_usable_day) {
        worth.expired = holding.quantity;
    } else if (!is_allowed(line, holding, substitutions, today)) {
        worth.ended = holding.quantity;
    } else {
        worth.damaged = std::clamp(holding.damaged, 0, holding.quantity);
        worth.usable = holding.quantity - worth.damaged;
    }
    return worth;
}

std::optional<Day> next_due(const Cart& cart, const Policy& policy) {
    if (!cart.last_full_check) {
        return std::nullopt;
    }
    const Day full = *cart.last_full_check;
    const Day due = full + days{policy.check_interval_days};
    if (!policy.sealed_counts_as_weekly || !cart.last_sealed_check) {
        return due;
    }
    const Day sealed = *cart.last_sealed_check + days{policy.check_interval_days};
    return std::max(due, std::min(sealed, full + days{policy.sealed_within_days}));
}

Judgement evaluate(
    const Cart& cart,
    const Policy& policy,
    std::span<const Recall> recalls,
    const AsOf& as_of,
    std::span<const Substitution> substitutions) {
    const Day today = as_of.day;
    Judge judge{
        cart,
        policy,
        recalls,
        substitutions_on(substitutions, cart.id),
        today,
        as_of.shifts,
        next_due(cart, policy),
        {},
        {},
        std::nullopt};
    judge.notices_until = notices_until(policy, today, judge.due);
    judge.findings.reserve(cart.lines.size() / 2);
    Judgement judgement;
    judgement.as_of = today;
    judgement.readiness = Readiness::ready;

    judge_cart(judge);
    for (const Finding& finding : judge.findings) {
        judgement.readiness = std::max(judgement.readiness, worst_of(finding));
    }
    judge_lines(judge, judgement);
    for (const Device& device : cart.devices) {
        const std::size_t first = judge.findings.size();
        judge_device(judge, device);
        account(judge, first, device.function, judgement);
    }

    if (judgement.readiness == Readiness::ready) {
        judgement.ready_until = std::min(*judge.in_order_until, last_day);
    }
    judgement.findings = sorted(std::move(judge.findings));
    return judgement;
}

} // namespace cartwatch::readiness
