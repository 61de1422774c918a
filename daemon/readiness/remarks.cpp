#include "daemon/readiness/remarks.hpp"

#include "daemon/readiness/limits.hpp"

#include <algorithm>
#include <map>
#include <string>

namespace cartwatch::readiness {

namespace {

const std::string* counted_line(const Step& step) {
    if (step.undone) {
        return nullptr;
    }
    if (const auto* counted = std::get_if<LineCounted>(&step.action)) {
        return &counted->line;
    }
    const auto* missing = std::get_if<LineMissing>(&step.action);
    return missing == nullptr ? nullptr : &missing->line;
}

// A label that was scanned again says nothing new. On a line that is counted by unit each pack may
// bear the same one.
int most_scans_of_one(const Cart& cart, const Check& check) {
    std::map<std::string, int> scans;
    int most = 0;
    for (const Step& step : check.steps) {
        const auto* noted = std::get_if<ScanNoted>(&step.action);
        const auto* counted = std::get_if<LineCounted>(&step.action);
        const std::string raw = noted != nullptr     ? noted->raw
                                : counted != nullptr ? counted->raw
                                                     : std::string();
        const std::string line = noted != nullptr     ? noted->line
                                 : counted != nullptr ? counted->line
                                                      : std::string();
        const bool by_unit =
            std::any_of(cart.lines.begin(), cart.lines.end(), [&](const Line& one) {
                return one.id == line && one.count_by == CountBy::unit;
            });
        if (!raw.empty() && !by_unit) {
            most = std::max(most, ++scans[raw]);
        }
    }
    return most;
}

int seconds_of(const Check& check, Instant now) {
    constexpr std::int64_t day_in_seconds = 86'400; // longer ones are no matter of pace
    const auto took = std::chrono::duration_cast<std::chrono::seconds>(now - check.opened_at);
    return static_cast<int>(std::clamp<std::int64_t>(took.count(), 0, day_in_seconds));
}

} // namespace

bool keeps_list_order(const Cart& cart, const Check& check) {
    std::vector<std::string> order;
    for (const Step& step : check.steps) {
        const std::string* line = counted_line(step);
        if (line != nullptr && std::find(order.begin(), order.end(), *line) == order.end()) {
            order.push_back(*line);
        }
    }
    return cart.lines.size() >= remark_lines_min && order.size() == cart.lines.size()
           && std::equal(
               order.begin(),
               order.end(),
               cart.lines.begin(),
               [](const std::string& id, const Line& line) { return id == line.id; });
}

std::vector<Remark> remarks_on(
    const Cart& cart,
    const Check& check,
    const Policy& policy,
    Instant now,
    int list_order_before) {
    std::vector<Remark> remarks;
    const int seconds = seconds_of(check, now);
    const int lines = static_cast<int>(cart.lines.size());
    if (cart.lines.size() >= remark_lines_min && seconds < lines * policy.pace_seconds_per_line) {
        remarks.push_back({RemarkKind::pace, seconds});
    }
    const int scans = most_scans_of_one(cart, check);
    if (policy.same_label_times > 0 && scans >= policy.same_label_times) {
        remarks.push_back({RemarkKind::same_label, scans});
    }
    const int in_order = keeps_list_order(cart, check) ? list_order_before + 1 : 0;
    if (policy.list_order_checks > 0 && in_order >= policy.list_order_checks) {
        remarks.push_back({RemarkKind::list_order, in_order});
    }
    return remarks;
}

} // namespace cartwatch::readiness
