#include "daemon/store/answered_requests.hpp"

#include <nlohmann/json.hpp>

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

} // namespace

void write_answered(Connection& connection, std::span<const AnsweredRequest> answered) {
    for (const AnsweredRequest& request : answered) {
        const std::string values = nlohmann::json(request.reply.values).dump();
        connection.run_bound(
            "INSERT INTO answered_request (id, fingerprint, kind, message, message_values, "
            "verdict, line, device, lot, last_usable_day, step) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [&](Binder& bind) {
                bind(request.id, request.fingerprint, request.reply.kind, request.reply.message);
                bind(values);
                reply_columns(bind, request.reply);
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
        "last_usable_day, step FROM answered_request ORDER BY place",
        [&](Row& row) {
            AnsweredRequest& request = answered.emplace_back();
            std::string values;
            row(request.id, request.fingerprint, request.reply.kind, request.reply.message);
            row(values);
            reply_columns(row, request.reply);
            request.reply.values = values_of(values);
        });
    return answered;
}

} // namespace cartwatch::store
