#include "daemon/exports/staff_rows.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace cartwatch::exports {

using reports::Column;
using reports::Value;
using std::chrono::days;

namespace {

Value tally(std::int64_t value) {
    return value;
}

std::vector<Value> row_of(const store::StaffReport& report) {
    return {
        report.node,
        report.working_day,
        report.person,
        report.name,
        tally(report.full),
        tally(report.sealed),
        tally(report.handover),
        tally(report.after_use),
        tally(report.restock),
        tally(report.witnessed),
        tally(report.lines),
        tally(report.typed),
        tally(report.skipped),
        tally(report.undone),
        tally(report.duration_ms / 1'000),
        tally(report.accepted),
        tally(report.handed_back),
        tally(report.dispatched)};
}

// Day, node, person: the order of the rows.
using PersonDay = std::tuple<Day, std::string, std::string>;

PersonDay key_of(const store::StaffReport& report) {
    return {report.working_day, report.node, report.person};
}

void count_step(store::StaffReport& report, store::AlertStepKind step) {
    if (step == store::AlertStepKind::accepted) {
        ++report.accepted;
    } else if (step == store::AlertStepKind::handed_back) {
        ++report.handed_back;
    } else {
        ++report.dispatched;
    }
}

std::map<PersonDay, store::StaffReport>
answers_by_day(store::Reader& reader, const store::Period& period, const Range& range) {
    std::map<PersonDay, store::StaffReport> people;
    // Answers come in the order of time; so do the days that they lie in.
    Day day = period.from;
    const Day last = period.to;
    bool placed = false;
    reader.answers(
        {range.begin_of(period.from), range.begin_of(last + days(1))},
        [&](const store::AnswerReport& answer) {
            if (!placed) {
                // Open ends reach back further than any journal: no going there day by day.
                day = std::max(day, std::chrono::floor<days>(answer.at) - days(2));
                placed = true;
            }
            while (day < last && answer.at >= range.begin_of(day + days(1))) {
                day += days(1);
            }
            store::StaffReport& report = people[{day, answer.node, answer.person}];
            report.working_day = day;
            report.node = answer.node;
            report.person = answer.person;
            report.name = answer.name;
            count_step(report, answer.step);
        });
    return people;
}

} // namespace

const std::vector<Column>& staff_columns() {
    static const std::vector<Column> columns = {
        {"node", "节点", "the ward's node; of what was done for alerts the pharmacy's"},
        {"working_day",
         "工作日",
         "the working day that the checks count for; of alerts the calendar day"},
        {"person", "工号", "staff id of who signed, or answered alerts"},
        {"name", "姓名", "their name now"},
        {"full",
         "全面检查",
         "full checks signed; like all checks here without those that count for no figure: their "
         "day "
         "never was, or the cart is retired (column voided of the checks)"},
        {"sealed", "封条检查", "checks of the seal signed"},
        {"handover", "交接班检查", "handovers signed"},
        {"after_use", "用后清点", "counts after an emergency signed"},
        {"restock", "补货", "restocks signed"},
        {"witnessed", "双人核对", "checks signed as the second person"},
        {"lines", "检查行数", "lines of the full checks"},
        {"typed", "手工录入行", "of them: the weakest evidence was typed"},
        {"skipped", "没有扫的行", "of them: called missing at the signature"},
        {"undone", "撤销步骤", "steps taken back in all these checks"},
        {"duration_s", "用时（秒）", "from opening to signature, all these checks together"},
        {"accepted", "接单", "alerts accepted, as often as they were"},
        {"handed_back", "退单", "alerts handed back"},
        {"dispatched", "发出", "dispatches for alerts"},
    };
    return columns;
}

void for_each_staff_row(
    store::Reader& reader, const store::Period& period, const Range& range, const RowSink& sink) {
    const store::Period told{period.from, std::min(period.to, *make_day(9999, 12, 30))};
    auto people = answers_by_day(reader, told, range);
    const auto send_up_to = [&](const PersonDay* limit) {
        while (!people.empty() && (limit == nullptr || people.begin()->first < *limit)) {
            sink(row_of(people.begin()->second));
            people.erase(people.begin());
        }
    };
    reader.staff_activity(period, [&](const store::StaffReport& signed_for) {
        const PersonDay key = key_of(signed_for);
        send_up_to(&key);
        store::StaffReport report = signed_for;
        if (const auto both = people.find(key); both != people.end()) {
            report.accepted = both->second.accepted;
            report.handed_back = both->second.handed_back;
            report.dispatched = both->second.dispatched;
            people.erase(both);
        }
        sink(row_of(report));
    });
    send_up_to(nullptr);
}

} // namespace cartwatch::exports
