#include "daemon/commands/figures.hpp"

#include "daemon/clock/calendar.hpp"
#include "daemon/commands/figures_text.hpp"
#include "daemon/commands/store_status.hpp"
#include "daemon/figures/archive.hpp"
#include "daemon/node/node.hpp"
#include "daemon/store/queries.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <vector>

namespace cartwatch::commands {

namespace {

using std::chrono::days;

constexpr const char* figures_prefix = "cartwatch figures: ";

figures::Parts parts_asked(const std::string& by) {
    return by == "cart"      ? figures::Parts::carts
           : by == "station" ? figures::Parts::stations
                             : figures::Parts::whole;
}

// The days asked for, or the last days up to today.
Result<figures::Period> days_asked(const FiguresArguments& arguments, Day today) {
    const Day to = arguments.to.value_or(today);
    const Day from = arguments.from.value_or(std::min(to, today) - days(figures_days - 1));
    if (from > to) {
        return refused(
            ErrorCode::bad_input, "--from " + to_text(from) + " is after --to " + to_text(to));
    }
    if (from > today) {
        return refused(
            ErrorCode::bad_input,
            "--from " + to_text(from) + " is still to come: today is " + to_text(today));
    }
    return figures::Period{from, to};
}

std::string not_known(const FiguresArguments& arguments) {
    std::string text = "no cart is on a list";
    text += arguments.ward.empty() ? "" : " of node \"" + arguments.ward + "\"";
    text += arguments.station.empty() ? "" : " at station \"" + arguments.station + "\"";
    text += arguments.cart.empty() ? "" : " as \"" + arguments.cart + "\"";
    return text + "; `cartwatch export stock` names what is";
}

// What the store holds, read at once: figures take longer than a daemon's log should wait for.
struct Journals {
    std::vector<readiness::Recorded> entries;
    std::string pharmacy;
};

Result<Journals> read_journals(const FiguresArguments& arguments) {
    store::Reader reader(node::store_file(arguments.node.common));
    const std::int64_t count = reader.count_entries();
    if (count > arguments.entries_max) {
        return refused(
            ErrorCode::too_large,
            "the journal has " + std::to_string(count) + " entries, more than the "
                + std::to_string(arguments.entries_max)
                + " that figures are made of; ask each ward's own node");
    }
    Journals journals{{}, reader.pharmacy()};
    journals.entries.reserve(static_cast<std::size_t>(count));
    reader.entries([&](const readiness::Recorded& entry) { journals.entries.push_back(entry); });
    return journals;
}

// The answers, one after the other; refused where nothing is of what was asked.
Result<void> write_figures(
    const FiguresArguments& arguments, const clock::Calendar& calendar, std::ostream& out) {
    const Day today = calendar.day_of(arguments.now);
    const auto asked = days_asked(arguments, today);
    if (!asked) {
        return tl::unexpected(asked.error());
    }
    const auto journals = read_journals(arguments);
    if (!journals) {
        return tl::unexpected(journals.error());
    }
    const figures::Archive archive(figures::past_of(
        journals->entries,
        journals->pharmacy,
        [&](Day day) { return calendar.begin_of(day); },
        [&](Instant at, std::span<const int> hours) { return calendar.shifts_at(at, hours); }));
    const figures::Period period{asked->from, std::min(asked->to, today) + days(1)};
    const auto scopes = archive.parts_of(
        {arguments.ward, arguments.station, arguments.cart}, parts_asked(arguments.by));
    if (scopes.empty()) {
        return refused(ErrorCode::not_found, not_known(arguments));
    }
    for (const figures::Scope& scope : scopes) {
        const figures::Summary summary =
            summary_of(archive.about(scope), scope, period, arguments.now);
        const FiguresHeading heading{scope, asked->from, asked->to};
        out << (arguments.json ? figures_json(heading, summary) : figures_text(heading, summary));
    }
    return {};
}

} // namespace

int run_figures(const FiguresArguments& arguments, std::ostream& out, std::ostream& err) {
    const auto calendar = clock::Calendar::of_zone(arguments.node.common.time_zone);
    if (!calendar) {
        err << figures_prefix << calendar.error().text << '\n';
        return 2;
    }
    try {
        if (const auto written = write_figures(arguments, *calendar, out); !written) {
            err << figures_prefix << written.error().text << '\n';
            return 2;
        }
        return 0;
    } catch (const store::StoreFailure& failure) {
        err << figures_prefix;
        return status_of(failure, err);
    }
}

} // namespace cartwatch::commands
