#include "tests/support/second_judgement.hpp"

#include "tests/support/second_between.hpp"
#include "tests/support/second_verdict.hpp"

#include <set>
#include <tuple>

namespace cartwatch::support {

using namespace readiness;

namespace {

// Findings stand in the order of: severity, line or device, name of the kind, lot or accessory.
using Place = std::tuple<int, std::string, std::string, std::string>;

enum class Fate { recalled, expired, ended, damaged, usable };

// One day of one cart.
struct Look {
    const Cart& cart;
    const Policy& policy;
    const std::vector<Recall>& recalls;
    const std::vector<Substitution>& substitutions;
    int today; // days since the epoch
    AsOf as_of;
    std::map<Place, Finding> findings;
};

int number_of(Day day) {
    return static_cast<int>(day.time_since_epoch().count());
}

void put(Look& look, Finding finding, FindingKind kind, Severity severity) {
    finding.kind = kind;
    finding.severity = severity;
    const std::string subject = finding.line + finding.device; // one of them is empty
    const std::string detail = finding.accessory + finding.test + finding.lot.value_or("");
    look.findings[Place{rank_of(severity), subject, name_of(kind), detail}] = std::move(finding);
}

// A recall speaks of what the pack is, not of what its line asks for.
bool is_recalled(const Look& look, const Line& line, const Holding& holding) {
    const bool is_substitute = !holding.product.empty();
    for (const Recall& recall : look.recalls) {
        const bool every_lot = recall.lot.empty();
        if (recall.product == (is_substitute ? holding.product : line.product)
            && (every_lot || recall.lot == holding.lot)) {
            return true;
        }
    }
    return false;
}

// Whether what lies in place of something may lie there no more: no word of the pharmacy holds that
// names both, this cart or none, this line or none, and today or a later day.
bool is_ended(const Look& look, const Line& line, const Holding& holding) {
    if (holding.product.empty() || holding.product == line.product) {
        return false;
    }
    int words = 0;
    for (const Substitution& word : look.substitutions) {
        const bool products = word.product == line.product && word.substitute == holding.product;
        const bool elsewhere = (!word.cart.empty() && word.cart != look.cart.id)
                               || (!word.line.empty() && word.line != line.id);
        words += products && !elsewhere && number_of(word.until) >= look.today ? 1 : 0;
    }
    return words == 0;
}

// What becomes of the units of one lot, unit by unit; the damaged ones are counted first.
std::map<Fate, int> fates_of(const Look& look, const Line& line, const Holding& holding) {
    const bool recalled = is_recalled(look, line, holding);
    const bool ended = is_ended(look, line, holding);
    const bool over =
        holding.last_usable_day.has_value() && number_of(*holding.last_usable_day) < look.today;
    std::map<Fate, int> fates;
    for (int unit = 1; unit <= holding.quantity; ++unit) {
        if (recalled) {
            ++fates[Fate::recalled];
        } else if (over) {
            ++fates[Fate::expired];
        } else if (ended) {
            ++fates[Fate::ended];
        } else if (unit <= holding.damaged) {
            ++fates[Fate::damaged];
        } else {
            ++fates[Fate::usable];
        }
    }
    return fates;
}

// The last day on which the cart's check is not late. A check of the seal may put it off, within
// the days for which a full one is good.
int due_of(const Look& look) {
    const int full = number_of(*look.cart.last_full_check);
    int due = full + look.policy.check_interval_days;
    if (look.policy.sealed_counts_as_weekly && look.cart.last_sealed_check) {
        int later = number_of(*look.cart.last_sealed_check) + look.policy.check_interval_days;
        if (later > full + look.policy.sealed_within_days) {
            later = full + look.policy.sealed_within_days;
        }
        due = later > due ? later : due;
    }
    return due;
}

// Whether it will be over when the replacement of the next check arrives.
bool over_before_supply(const Look& look, int last_usable_day) {
    if (!look.cart.last_full_check) {
        return false; // no check, no next one
    }
    return last_usable_day < due_of(look) + look.policy.delivery_days;
}

void put_coming_expiry(Look& look, const Finding& named, Day last_usable_day) {
    const int left = number_of(last_usable_day) - look.today;
    Finding finding = named;
    finding.last_usable_day = last_usable_day;
    if (over_before_supply(look, number_of(last_usable_day))) {
        put(look, finding, FindingKind::expires_before_next_check, Severity::notice);
    }
    const std::set<int> bands(
        look.policy.near_expiry_days.begin(), look.policy.near_expiry_days.end());
    for (const int band : bands) { // the narrowest first
        if (left >= 0 && left <= band) {
            finding.days_left = left;
            finding.band = band;
            put(look, finding, FindingKind::near_expiry, Severity::notice);
            return;
        }
    }
}

// Hands out the reasons of a shortage, one missing unit after the other.
Reasons reasons_of(int missing, std::map<Fate, int> units) {
    Reasons reasons;
    for (; missing > 0; --missing) {
        if (units[Fate::recalled]-- > 0) {
            ++reasons.recalled;
        } else if (units[Fate::expired]-- > 0) {
            ++reasons.expired;
        } else if (units[Fate::damaged]-- > 0) {
            ++reasons.damaged;
        } else {
            ++reasons.absent;
        }
    }
    return reasons;
}

void look_at(Look& look, const Line& line) {
    std::map<Fate, int> whole;
    for (const Holding& holding : line.holdings) {
        Finding named;
        named.line = line.id;
        named.lot = holding.lot;
        for (const auto& [fate, units] : fates_of(look, line, holding)) {
            whole[fate] += units;
            Finding finding = named;
            finding.quantity = units;
            if (fate == Fate::recalled) {
                put(look, finding, FindingKind::recalled, Severity::normal);
            } else if (fate == Fate::expired) {
                put(look, finding, FindingKind::expired, Severity::normal);
            } else if (fate == Fate::ended) {
                put(look, finding, FindingKind::substitute_ended, Severity::normal);
            } else if (fate == Fate::damaged) {
                put(look, finding, FindingKind::damaged, Severity::normal);
            } else {
                if (is_in_doubt(look.recalls, line, holding)) {
                    put(look, finding, FindingKind::recall_possible, Severity::normal);
                }
                if (holding.last_usable_day) {
                    put_coming_expiry(look, named, *holding.last_usable_day);
                }
            }
        }
    }
    Finding finding;
    finding.line = line.id;
    const int usable = whole[Fate::usable];
    if (usable > line.par) {
        finding.quantity = usable - line.par;
        put(look, finding, FindingKind::surplus, Severity::notice);
    }
    if (usable < line.par) {
        finding.quantity = line.par - usable;
        finding.reasons = reasons_of(line.par - usable, whole);
        Severity severity = Severity::normal;
        if (line.critical) {
            severity = usable > 0 ? Severity::high : Severity::critical;
        }
        put(look, finding, FindingKind::shortage, severity);
    }
}

// The limits of a reading in thousandths: those given, and so many per cent about what was
// selected. Whole per cents of thousandths are compared, so that nothing is rounded here.
bool outside_limits(const FunctionTest& test, const Amount& value) {
    const long read = value.thousandths;
    if (test.least && read < test.least->thousandths) {
        return true;
    }
    if (test.most && read > test.most->thousandths) {
        return true;
    }
    if (test.selected) {
        const long off = 100 * (read - test.selected->thousandths);
        const long allowed = static_cast<long>(test.selected->thousandths) * test.tolerance_percent;
        return off > allowed || off < -allowed;
    }
    return false;
}

// The least reading that is in order: the narrower of the limits, to the thousandth.
std::optional<Amount> lower_limit(const FunctionTest& test) {
    if (!test.selected) {
        return test.least;
    }
    const long hundredths =
        static_cast<long>(test.selected->thousandths) * (100 - test.tolerance_percent);
    Amount limit{static_cast<int>(hundredths / 100)};
    while (100L * limit.thousandths < hundredths) {
        ++limit.thousandths;
    }
    return test.least && test.least->thousandths > limit.thousandths ? *test.least : limit;
}

std::optional<Amount> upper_limit(const FunctionTest& test) {
    if (!test.selected) {
        return test.most;
    }
    const long hundredths =
        static_cast<long>(test.selected->thousandths) * (100 + test.tolerance_percent);
    const Amount limit{static_cast<int>(hundredths / 100)}; // what is left over is too much
    return test.most && test.most->thousandths < limit.thousandths ? *test.most : limit;
}

bool is_over(const Look& look, const std::optional<Day>& day) {
    return day && number_of(*day) < look.today;
}

// One of the tests of a device's own.
void look_at(Look& look, const Device& device, const FunctionTest& test) {
    const bool matters = device.critical && test.critical;
    Finding named;
    named.device = device.id;
    named.test = test.id;
    if (!test.last) {
        put(look, named, FindingKind::device_untested, matters ? Severity::high : Severity::normal);
        return;
    }
    const int interval = test.interval_days ? *test.interval_days : look.policy.check_interval_days;
    if (look.today - number_of(test.last->on) > interval) {
        put(look, named, FindingKind::device_untested, matters ? Severity::high : Severity::normal);
    }
    const bool outside = test.last->value && outside_limits(test, *test.last->value);
    if (!test.last->passed || outside) {
        named.unit = test.unit;
        named.value = test.last->value;
        named.least = lower_limit(test);
        named.most = upper_limit(test);
        put(look,
            named,
            FindingKind::device_failed,
            matters ? Severity::critical : Severity::normal);
    }
}

// A device without tests of its own is tested as a whole.
void look_at_whole(Look& look, const Device& device) {
    Finding named;
    named.device = device.id;
    const Severity worst = device.critical ? Severity::critical : Severity::normal;
    const Severity bad = device.critical ? Severity::high : Severity::normal;
    if (device.last_test && !device.last_test->passed) {
        put(look, named, FindingKind::device_failed, worst);
    }
    if (!device.tests.empty()) {
        return;
    }
    if (!device.last_test
        || look.today - number_of(device.last_test->on) > look.policy.check_interval_days) {
        put(look, named, FindingKind::device_untested, bad);
    }
}

void look_at(Look& look, const Device& device) {
    const Severity bad = device.critical ? Severity::high : Severity::normal;
    Finding named;
    named.device = device.id;
    look_at_whole(look, device);
    for (const FunctionTest& test : device.tests) {
        look_at(look, device, test);
    }
    if (is_over(look, device.service_due)) {
        put(look, named, FindingKind::service_overdue, bad);
    }
    if (is_over(look, device.calibration_due)) {
        put(look, named, FindingKind::calibration_overdue, bad);
    }
    for (const Accessory& accessory : device.accessories) {
        Finding part = named;
        part.accessory = accessory.id;
        if (is_over(look, accessory.last_usable_day)) {
            put(look,
                part,
                FindingKind::accessory_expired,
                device.critical ? Severity::critical : Severity::normal);
        } else if (accessory.last_usable_day) {
            put_coming_expiry(look, part, *accessory.last_usable_day);
        }
    }
}

void look_at_cart(Look& look) {
    const bool opened = look.cart.use && !look.cart.use->checked;
    if (!look.cart.last_full_check || look.today > due_of(look) || opened) {
        put(look, Finding{}, FindingKind::check_overdue, Severity::high);
    }
    if (look.cart.seal && !look.cart.seal->intact) {
        put(look, Finding{}, FindingKind::seal_broken, Severity::high);
    }
    const bool no_use = look.cart.seal && !look.cart.seal->intact
                        && look.cart.seal->how != SealBreak::for_check
                        && look.cart.seal->how != SealBreak::emergency;
    if (no_use || !look.cart.unexplained_seal.empty()) {
        put(look, Finding{}, FindingKind::seal_unexplained, Severity::notice);
    }
    if (second_is_late(look.cart, look.policy, CheckKind::sealed, look.as_of)) {
        put(look, Finding{}, FindingKind::sealed_overdue, Severity::high);
    }
    if (second_is_late(look.cart, look.policy, CheckKind::handover, look.as_of)) {
        put(look, Finding{}, FindingKind::handover_overdue, Severity::high);
    }
}

Look look_at_all(
    const Cart& cart,
    const Policy& policy,
    const std::vector<Recall>& recalls,
    const AsOf& as_of,
    const std::vector<Substitution>& substitutions) {
    Look look{cart, policy, recalls, substitutions, number_of(as_of.day), as_of, {}};
    look_at_cart(look);
    for (const Line& line : cart.lines) {
        look_at(look, line);
    }
    for (const Device& device : cart.devices) {
        look_at(look, device);
    }
    return look;
}

std::vector<Finding> all_of(const Look& look) {
    std::vector<Finding> findings;
    for (const auto& [place, finding] : look.findings) {
        findings.push_back(finding);
    }
    return findings;
}

std::vector<Finding> of_parts(const Look& look, const std::set<std::string>& parts) {
    std::vector<Finding> findings;
    for (const auto& [place, finding] : look.findings) {
        if (parts.contains(finding.line + finding.device)) { // one of them is empty
            findings.push_back(finding);
        }
    }
    return findings;
}

// Each line and device, with its function.
std::map<std::string, std::string> parts_of(const Cart& cart) {
    std::map<std::string, std::string> functions;
    for (const Line& line : cart.lines) {
        functions[line.id] = line.function;
    }
    for (const Device& device : cart.devices) {
        functions[device.id] = device.function;
    }
    return functions;
}

std::map<std::string, Readiness> functions_of(const Look& look) {
    std::map<std::string, std::set<std::string>> parts_by_function;
    for (const auto& [part, function] : parts_of(look.cart)) {
        if (!function.empty()) {
            parts_by_function[function].insert(part);
        }
    }
    std::map<std::string, Readiness> functions;
    for (const auto& [function, parts] : parts_by_function) {
        functions[function] = verdict_of(of_parts(look, parts));
    }
    return functions;
}

} // namespace

Readiness second_readiness(
    const Cart& cart,
    const Policy& policy,
    const std::vector<Recall>& recalls,
    const AsOf& as_of,
    const std::vector<Substitution>& substitutions) {
    return verdict_of(all_of(look_at_all(cart, policy, recalls, as_of, substitutions)));
}

Judgement second_judgement(
    const Cart& cart,
    const Policy& policy,
    const std::vector<Recall>& recalls,
    const AsOf& as_of,
    const std::vector<Substitution>& substitutions) {
    const Look look = look_at_all(cart, policy, recalls, as_of, substitutions);
    Judgement judgement;
    judgement.as_of = as_of.day;
    judgement.findings = all_of(look);
    judgement.readiness = verdict_of(judgement.findings);
    judgement.functions = functions_of(look);
    for (const auto& [part, function] : parts_of(cart)) {
        ++judgement.required;
        judgement.in_order += verdict_of(of_parts(look, {part})) == Readiness::ready ? 1 : 0;
    }
    const Day no_further = std::chrono::sys_days(std::chrono::year{9999} / 12 / 31);
    // Which shift it is is known of today alone.
    AsOf then = as_of;
    while (second_readiness(cart, policy, recalls, then, substitutions) == Readiness::ready) {
        judgement.ready_until = then.day;
        if (then.day == no_further) {
            break;
        }
        then = AsOf(then.day + std::chrono::days(1));
    }
    return judgement;
}

std::map<std::string, SecondNeed> second_needs(
    const Cart& cart,
    const Policy& policy,
    const std::vector<Recall>& recalls,
    const AsOf& as_of,
    const std::vector<Substitution>& substitutions) {
    const Look look = look_at_all(cart, policy, recalls, as_of, substitutions);
    static const std::set<FindingKind> calling = {
        FindingKind::shortage,
        FindingKind::recalled,
        FindingKind::recall_possible,
        FindingKind::expired,
        FindingKind::damaged,
        FindingKind::substitute_ended,
        FindingKind::expires_before_next_check,
        FindingKind::device_failed,
        FindingKind::accessory_expired};
    std::map<std::string, SecondNeed> needs;
    for (const auto& [place, finding] : look.findings) {
        // What an accessory will need at the next check is the device's own matter until then.
        const bool of_accessory =
            finding.kind == FindingKind::expires_before_next_check && !finding.device.empty();
        if (calling.contains(finding.kind) && !of_accessory) {
            // The findings stand worst first.
            needs.try_emplace(finding.line + finding.device, SecondNeed{finding.severity, 0});
        }
    }
    for (const Line& line : cart.lines) {
        if (!needs.contains(line.id)) {
            continue;
        }
        int staying = 0; // usable now, and still at the next check
        for (const Holding& holding : line.holdings) {
            const bool leaving = holding.last_usable_day
                                 && over_before_supply(look, number_of(*holding.last_usable_day));
            staying += leaving ? 0 : fates_of(look, line, holding)[Fate::usable];
        }
        needs[line.id].quantity = staying < line.par ? line.par - staying : 0;
    }
    return needs;
}

} // namespace cartwatch::support
