#include "daemon/store/answered_requests.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>

namespace cartwatch::journal {

template <>
inline constexpr std::array<std::string_view, 4> names_of<readiness::ReplyKind>{
    "accept", "attention", "reject", "command"};

template <>
inline constexpr std::array<std::string_view, 14> names_of<readiness::Verdict>{
    "unreadable",
    "unclear",
    "unknown_code",
    "not_on_list",
    "wrong_cart",
    "recalled",
    "expired",
    "duplicate",
    "needs_expiry",
    "new_lot",
    "short_life",
    "expires_before_next_check",
    "near_expiry",
    "ok"};

} // namespace cartwatch::journal

namespace cartwatch::store {

namespace {

// Calls io with the columns of a reply in their order, but for the values that fill in its text.
void reply_columns(auto& io, journal::Of<readiness::Reply> auto& reply) {
    io(reply.verdict, reply.line, reply.device, reply.lot, reply.last_usable_day, reply.step);
}

std::map<std::string, std::string> values_of(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    std::map<std::string, std::string> values;
    for (const auto& [name, value] : json.items()) {
        if (!json.is_object() || !value.is_string()) {
            throw StoreFailure(FailureKind::corrupt, "a reply's values are not an object of texts");
        }
        values[name] = value.get<std::string>();
    }
    return values;
}

[[noreturn]] void broken_list(const char* what) {
    throw StoreFailure(FailureKind::corrupt, std::string("a reply's ") + what + " are no list");
}

std::string readings_text(const std::vector<readiness::PackReading>& readings) {
    nlohmann::json list = nlohmann::json::array();
    for (const readiness::PackReading& reading : readings) {
        const auto day = reading.last_usable_day;
        list.push_back(
            {{"lot", reading.lot},
             {"last_usable_day", day ? nlohmann::json(to_text(*day)) : nlohmann::json()},
             {"serial", reading.serial}});
    }
    return list.dump();
}

readiness::PackReading reading_of(const nlohmann::json& json) {
    const auto member = [&](const char* name) {
        const auto found = json.is_object() ? json.find(name) : json.end();
        if (!json.is_object() || found == json.end()) {
            broken_list("readings");
        }
        return found->is_string() ? found->get<std::string>() : std::string();
    };
    return {member("lot"), parse_day(member("last_usable_day")), member("serial")};
}

std::vector<readiness::PackReading> readings_of(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_array()) {
        broken_list("readings");
    }
    std::vector<readiness::PackReading> readings;
    std::transform(json.begin(), json.end(), std::back_inserter(readings), reading_of);
    return readings;
}

std::vector<std::string> warnings_of(const std::string& text) {
    const auto json = nlohmann::json::parse(text, nullptr, false);
    const bool sound =
        json.is_array()
        && std::all_of(json.begin(), json.end(), [](const auto& one) { return one.is_string(); });
    if (!sound) {
        broken_list("warnings");
    }
    return json.get<std::vector<std::string>>();
}

} // namespace

void write_answered(Connection& connection, std::span<const AnsweredRequest> answered) {
    for (const AnsweredRequest& request : answered) {
        const std::string values = nlohmann::json(request.reply.values).dump();
        const std::string readings = readings_text(request.reply.readings);
        const std::string warnings = nlohmann::json(request.reply.warnings).dump();
        connection.run_bound(
            "INSERT INTO answered_request (id, fingerprint, kind, message, message_values, "
            "verdict, line, device, lot, last_usable_day, step, readings, warnings) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [&](Binder& bind) {
                bind(request.id, request.fingerprint, request.reply.kind, request.reply.message);
                bind(values);
                reply_columns(bind, request.reply);
                bind(readings, warnings);
            });
    }
    if (!answered.empty()) {
        connection.run(
            "DELETE FROM answered_request "
            "WHERE place <= (SELECT max(place) FROM answered_request) - ?",
            answered_requests_kept);
    }
}

std::vector<AnsweredRequest> load_answered(Connection& connection) {
    std::vector<AnsweredRequest> answered;
    connection.each(
        "SELECT id, fingerprint, kind, message, message_values, verdict, line, device, lot, "
        "last_usable_day, step, readings, warnings FROM answered_request ORDER BY place",
        [&](Row& row) {
            AnsweredRequest& request = answered.emplace_back();
            std::string values;
            std::string readings;
            std::string warnings;
            row(request.id, request.fingerprint, request.reply.kind, request.reply.message);
            row(values);
            reply_columns(row, request.reply);
            row(readings, warnings);
            request.reply.values = values_of(values);
            request.reply.readings = readings_of(readings);
            request.reply.warnings = warnings_of(warnings);
        });
    return answered;
}

} // namespace cartwatch::store
