#include "daemon/commands/figures_text.hpp"

#include "daemon/commands/reading_json.hpp"

#include <cmath>
#include <cstdint>
#include <iomanip>
#include <optional>
#include <sstream>

namespace cartwatch::commands {

namespace {

using namespace figures;
using FiguresJson = nlohmann::ordered_json;
using std::chrono::milliseconds;

// Part of whole; nullopt where there is no whole to have a part of.
std::optional<double> share_of(double part, double whole) {
    return whole > 0 ? std::optional(part / whole) : std::nullopt;
}

// To four places: a hundredth of a per cent.
FiguresJson share_json(const std::optional<double>& share) {
    return share ? FiguresJson(std::round(*share * 10'000) / 10'000) : FiguresJson();
}

std::int64_t seconds_of(milliseconds span) {
    return std::chrono::duration_cast<std::chrono::seconds>(span).count();
}

std::optional<double> share_ready(const TimeReady& time) {
    return share_of(
        static_cast<double>(time.ready.count()), static_cast<double>(time.total.count()));
}

int lines_of(const ProvedShare& proved) {
    return proved.scanned + proved.slot + proved.typed + proved.sealed + proved.empty;
}

FiguresJson per_hundred_json(const Overrides& overrides) {
    return overrides.lines == 0
               ? FiguresJson()
               : FiguresJson(std::round(overrides.per_hundred_lines() * 100) / 100);
}

FiguresJson rate_json(const Rate& rate) {
    return {
        {"in_order", rate.in_order},
        {"required", rate.required},
        {"share", share_json(share_of(rate.in_order, rate.required))}};
}

FiguresJson time_json(const TimeReady& time) {
    return {
        {"ready_s", seconds_of(time.ready)},
        {"total_s", seconds_of(time.total)},
        {"share", share_json(share_ready(time))}};
}

FiguresJson checks_json(const OnTime& checks) {
    return {
        {"due", checks.due()},
        {"on_time", checks.on_time},
        {"late", checks.late},
        {"missed", checks.missed},
        {"open", checks.open},
        {"share", share_json(share_of(checks.on_time, checks.due()))}};
}

FiguresJson proved_json(const ProvedShare& proved) {
    return {
        {"lines", lines_of(proved)},
        {"scanned", proved.scanned},
        {"slot", proved.slot},
        {"typed", proved.typed},
        {"sealed", proved.sealed},
        {"empty", proved.empty}};
}

FiguresJson overrides_json(const Overrides& overrides) {
    return {
        {"lines", overrides.lines},
        {"typed", overrides.typed},
        {"skipped", overrides.skipped},
        {"per_hundred", per_hundred_json(overrides)}};
}

FiguresJson waits_json(const std::map<readiness::Severity, Waiting>& waits) {
    FiguresJson all = FiguresJson::object();
    for (const auto& [severity, waiting] : waits) {
        const auto seconds = [](const std::optional<milliseconds>& span) {
            return span ? FiguresJson(seconds_of(*span)) : FiguresJson();
        };
        all[std::string(readiness::to_text(severity))] = {
            {"over", waiting.over},
            {"still", waiting.still},
            {"median_s", seconds(waiting.median)},
            {"p90_s", seconds(waiting.ninetieth)}};
    }
    return all;
}

FiguresJson forecast_json(const std::vector<ExpiryAhead>& forecast) {
    FiguresJson all = FiguresJson::array();
    for (const ExpiryAhead& ahead : forecast) {
        all.push_back(
            {{"node", ahead.node},
             {"cart", ahead.cart},
             {"product", ahead.product},
             {"lot", ahead.lot},
             {"last_usable_day", to_text(ahead.last_usable_day)},
             {"quantity", ahead.quantity},
             {"within_days", ahead.within_days}});
    }
    return all;
}

constexpr const char* none = "–"; // there is nothing to have a share of

std::string with_one_place(double number) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << number;
    return text.str();
}

// "83.3 %"
std::string per_cent(const std::optional<double>& share) {
    return share ? with_one_place(*share * 100) + " %" : none;
}

// "45 s", "7 min", "3 h 05 min", "2 d 3 h"
std::string span_text(milliseconds span) {
    const std::int64_t seconds = seconds_of(span);
    const std::int64_t minutes = seconds / 60;
    const std::int64_t hours = minutes / 60;
    if (minutes == 0) {
        return std::to_string(seconds) + " s";
    }
    if (hours == 0) {
        return std::to_string(minutes) + " min";
    }
    if (hours < 48) {
        return std::to_string(hours) + " h " + (minutes % 60 < 10 ? "0" : "")
               + std::to_string(minutes % 60) + " min";
    }
    return std::to_string(hours / 24) + " d " + std::to_string(hours % 24) + " h";
}

void write_row(std::ostream& out, const char* name, const std::string& text) {
    out << "  " << std::left << std::setw(16) << name << text << '\n';
}

void write_waits(
    std::ostream& out, const char* name, const std::map<readiness::Severity, Waiting>& waits) {
    if (waits.empty()) {
        write_row(out, name, "no alerts");
    }
    for (const auto& [severity, waiting] : waits) {
        std::string text(readiness::to_text(severity));
        if (waiting.median && waiting.ninetieth) {
            text += ": median " + span_text(*waiting.median) + ", nine in ten within "
                    + span_text(*waiting.ninetieth);
        }
        text += " (" + std::to_string(waiting.over) + ", and " + std::to_string(waiting.still)
                + " still waiting)";
        write_row(out, name, text);
        name = "";
    }
}

void write_forecast(std::ostream& out, const std::vector<ExpiryAhead>& forecast) {
    const char* name = "expires ahead";
    if (forecast.empty()) {
        write_row(out, name, "nothing within " + std::to_string(forecast_days.back()) + " days");
    }
    for (const ExpiryAhead& ahead : forecast) {
        write_row(
            out,
            name,
            to_text(ahead.last_usable_day) + "  " + ahead.node + " " + ahead.cart + " "
                + ahead.product + (ahead.lot.empty() ? "" : " lot " + ahead.lot) + ": "
                + std::to_string(ahead.quantity) + " (within " + std::to_string(ahead.within_days)
                + " days)");
        name = "";
    }
}

std::string rate_text(const Rate& rate) {
    return per_cent(share_of(rate.in_order, rate.required)) + ": " + std::to_string(rate.in_order)
           + " of " + std::to_string(rate.required) + " lines and devices in full order";
}

std::string time_text(const TimeReady& time) {
    return per_cent(share_ready(time)) + ": " + span_text(time.ready) + " of "
           + span_text(time.total) + " that carts were on the list";
}

std::string checks_text(const OnTime& checks) {
    return per_cent(share_of(checks.on_time, checks.due())) + ": " + std::to_string(checks.on_time)
           + " of " + std::to_string(checks.due()) + " due; " + std::to_string(checks.late)
           + " late, " + std::to_string(checks.missed) + " missed, " + std::to_string(checks.open)
           + " not done yet";
}

// What not every policy asks for.
void write_asked(std::ostream& out, const char* name, const OnTime& checks) {
    if (checks.due() > 0) {
        write_row(out, name, checks_text(checks));
    }
}

std::string proved_text(const ProvedShare& proved) {
    return std::to_string(proved.scanned) + " scanned, " + std::to_string(proved.slot)
           + " by slot label, " + std::to_string(proved.typed) + " typed, "
           + std::to_string(proved.sealed) + " behind a seal, " + std::to_string(proved.empty)
           + " empty";
}

std::string overrides_text(const Overrides& overrides) {
    const std::string rate =
        overrides.lines == 0 ? none : with_one_place(overrides.per_hundred_lines());
    return rate + " per 100 lines: " + std::to_string(overrides.typed) + " typed and "
           + std::to_string(overrides.skipped) + " skipped of " + std::to_string(overrides.lines)
           + " lines checked";
}

std::string title_of(const FiguresHeading& heading) {
    std::string title;
    const auto add = [&](const char* what, const std::string& id) {
        if (!id.empty()) {
            title += (title.empty() ? "" : ", ") + std::string(what) + " " + id;
        }
    };
    add("node", heading.scope.node);
    add("station", heading.scope.station);
    add("cart", heading.scope.cart);
    return (title.empty() ? "all carts" : title) + ": " + to_text(heading.from) + " to "
           + to_text(heading.to);
}

} // namespace

std::string figures_json(const FiguresHeading& heading, const Summary& summary) {
    FiguresJson json;
    json["node"] = heading.scope.node;
    json["station"] = heading.scope.station;
    json["cart"] = heading.scope.cart;
    json["from"] = to_text(heading.from);
    json["to"] = to_text(heading.to);
    json["as_of"] = to_text(summary.as_of);
    json["readiness_rate"] = rate_json(summary.rate);
    json["time_ready"] = time_json(summary.time_ready);
    json["on_time_checks"] = checks_json(summary.on_time);
    json["on_time_sealed_checks"] = checks_json(summary.sealed_on_time);
    json["on_time_handovers"] = checks_json(summary.handover_on_time);
    json["proved"] = proved_json(summary.proved);
    json["overrides"] = overrides_json(summary.overrides);
    json["time_to_accept"] = waits_json(summary.alerts.to_accept);
    json["time_to_restock"] = waits_json(summary.alerts.to_restock);
    json["expiry_forecast"] = forecast_json(summary.forecast);
    return json_line(json) + "\n";
}

std::string figures_text(const FiguresHeading& heading, const Summary& summary) {
    std::ostringstream out;
    out << title_of(heading) << '\n';
    write_row(out, "readiness rate", rate_text(summary.rate));
    write_row(out, "time ready", time_text(summary.time_ready));
    write_row(out, "checks on time", checks_text(summary.on_time));
    write_asked(out, "sealed checks", summary.sealed_on_time);
    write_asked(out, "handovers", summary.handover_on_time);
    write_row(out, "lines proved", proved_text(summary.proved));
    write_row(out, "overrides", overrides_text(summary.overrides));
    write_waits(out, "time to accept", summary.alerts.to_accept);
    write_waits(out, "time to restock", summary.alerts.to_restock);
    write_forecast(out, summary.forecast);
    return out.str();
}

} // namespace cartwatch::commands
