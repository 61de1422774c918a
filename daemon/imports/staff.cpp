#include "daemon/imports/import.hpp"
#include "daemon/imports/row_reader.hpp"

#include <set>

namespace cartwatch::imports {

using namespace readiness;

namespace {

const std::vector<Column> staff_columns = {
    {"id", "工号", true},
    {"name", "姓名", true},
    {"role", "角色", true},
    {"badge", "工牌码", false},
    {"retired", "停用", false},
};

Staff read_person(RowReader& row) {
    Staff person;
    person.id = row.id("id");
    person.name = row.required("name");
    if (row.text("role").empty()) {
        row.fault("role", "empty");
    }
    person.role = row.word<Role>(
        "role",
        {{"nurse", Role::nurse},
         {"head_nurse", Role::head_nurse},
         {"pharmacist", Role::pharmacist},
         {"manager", Role::manager},
         {"administrator", Role::administrator},
         {"护士", Role::nurse},
         {"护士长", Role::head_nurse},
         {"药师", Role::pharmacist},
         {"管理者", Role::manager},
         {"管理员", Role::administrator}},
        Role::nurse);
    person.badge = row.text("badge");
    if (person.badge.size() > 64) {
        row.fault("badge", "too_long", {{"limit", "64"}});
    }
    return person;
}

} // namespace

Events read_staff(const Table& table) {
    Faults faults;
    const Layout layout(table, staff_columns, faults);
    Definitions events;
    std::set<std::string> ids;
    std::set<std::string> badges;
    for (const Row& given : table.rows) {
        RowReader row(given, layout, faults);
        Staff person = read_person(row);
        if (!person.id.empty() && !ids.insert(person.id).second) {
            row.fault_of("id", "row_twice", person.id);
        }
        if (!person.badge.empty() && !badges.insert(person.badge).second) {
            row.fault("badge", "badge_twice");
        }
        const auto retired = row.said("retired");
        person.retired = retired.value_or(false);
        if (retired && !*retired) {
            events.in_use.insert(person.id);
        }
        events.emplace_back(StaffDefined{std::move(person)});
    }
    if (!faults.empty()) {
        return tl::make_unexpected(faults);
    }
    return events;
}

} // namespace cartwatch::imports
