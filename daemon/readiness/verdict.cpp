#include "daemon/readiness/verdict.hpp"

#include <algorithm>

namespace cartwatch::readiness {

namespace {

constexpr std::string_view what_a_scan_says = "domain: What a scan says";
constexpr std::string_view dates = "domain: Dates";

constexpr std::array<VerdictRule, 14> rules = {{
    {Verdict::unreadable, what_a_scan_says, [](const ScanFacts& f) { return !f.understood; }},
    {Verdict::unclear, what_a_scan_says, [](const ScanFacts& f) { return !f.clear; }},
    {Verdict::unknown_code, what_a_scan_says, [](const ScanFacts& f) { return !f.known; }},
    {Verdict::not_on_list, what_a_scan_says, [](const ScanFacts& f) { return !f.listed; }},
    {Verdict::wrong_cart, what_a_scan_says, [](const ScanFacts& f) { return !f.of_this_cart; }},
    {Verdict::recalled, what_a_scan_says, [](const ScanFacts& f) { return f.recalled; }},
    {Verdict::expired, dates, [](const ScanFacts& f) { return f.expired; }},
    {Verdict::duplicate, what_a_scan_says, [](const ScanFacts& f) { return f.counted_already; }},
    {Verdict::needs_expiry, what_a_scan_says, [](const ScanFacts& f) { return !f.expiry_known; }},
    {Verdict::new_lot, what_a_scan_says, [](const ScanFacts& f) { return f.differs; }},
    {Verdict::short_life,
     dates,
     [](const ScanFacts& f) {
         return f.put_in && f.days_left && *f.days_left < f.shortest_life_days;
     }},
    {Verdict::expires_before_next_check,
     dates,
     [](const ScanFacts& f) { return f.days_left && *f.days_left < f.days_to_supply; }},
    {Verdict::near_expiry,
     dates,
     [](const ScanFacts& f) { return f.days_left && *f.days_left <= f.widest_band; }},
    {Verdict::ok, what_a_scan_says, [](const ScanFacts&) { return true; }},
}};

} // namespace

const std::array<VerdictRule, 14>& verdict_rules() {
    return rules;
}

Verdict verdict_of(const ScanFacts& facts) {
    return std::find_if(
               rules.begin(), rules.end(), [&](const auto& rule) { return rule.applies(facts); })
        ->verdict;
}

std::string further_verdicts(const ScanFacts& facts) {
    const Verdict first = verdict_of(facts);
    std::string further;
    if (first < Verdict::new_lot) {
        return further;
    }
    for (const VerdictRule& rule : rules) {
        if (rule.verdict > first && rule.verdict != Verdict::ok && rule.applies(facts)) {
            further += further.empty() ? "" : " ";
            further += to_text(rule.verdict);
        }
    }
    return further;
}

std::string_view to_text(Verdict verdict) {
    switch (verdict) {
    case Verdict::unreadable:
        return "unreadable";
    case Verdict::unclear:
        return "unclear";
    case Verdict::unknown_code:
        return "unknown_code";
    case Verdict::not_on_list:
        return "not_on_list";
    case Verdict::wrong_cart:
        return "wrong_cart";
    case Verdict::recalled:
        return "recalled";
    case Verdict::expired:
        return "expired";
    case Verdict::duplicate:
        return "duplicate";
    case Verdict::needs_expiry:
        return "needs_expiry";
    case Verdict::new_lot:
        return "new_lot";
    case Verdict::short_life:
        return "short_life";
    case Verdict::expires_before_next_check:
        return "expires_before_next_check";
    case Verdict::near_expiry:
        return "near_expiry";
    case Verdict::ok:
        break;
    }
    return "ok";
}

ReplyKind kind_of(Verdict verdict) {
    if (verdict <= Verdict::expired) {
        return ReplyKind::reject;
    }
    return verdict == Verdict::ok ? ReplyKind::accept : ReplyKind::attention;
}

} // namespace cartwatch::readiness
