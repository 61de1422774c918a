#include "daemon/readiness/limits.hpp"
#include "daemon/web/body_members.hpp"

namespace cartwatch::web {

namespace {

// The members that every answer to an alert has.
template <typename Answer>
Answer alert_answer(Members& in) {
    Answer answer;
    answer.node = in.text("node", name_bytes_max);
    answer.key.cart = in.text("cart", name_bytes_max);
    answer.key.subject = in.text("subject", name_bytes_max);
    answer.episode = in.number("episode", 1, 1'000'000'000);
    answer.badge = in.text("badge", name_bytes_max);
    return answer;
}

} // namespace

Parsed<readiness::AcceptAlert> parse_accept_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    auto answer = alert_answer<readiness::AcceptAlert>(in);
    answer.expected_at = in.optional_instant("expected_at");
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return answer;
}

Parsed<readiness::HandBackAlert> parse_hand_back_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    auto answer = alert_answer<readiness::HandBackAlert>(in);
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return answer;
}

Parsed<readiness::DispatchAlert> parse_dispatch_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    auto answer = alert_answer<readiness::DispatchAlert>(in);
    in.objects("units", dispatch_rows_max, [&](Members& row) {
        readiness::DispatchedUnits& units = answer.units.emplace_back();
        units.lot = row.optional_text("lot", name_bytes_max);
        units.last_usable_day = row.optional_day("last_usable_day");
        units.quantity = row.number("quantity", 1, quantity_max);
        units.product = row.optional_text("product", name_bytes_max);
        units.serials = row.optional_texts("serials", dispatch_serials_max, name_bytes_max);
    });
    answer.reason = in.optional_text("reason", readiness::reason_bytes_max);
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return answer;
}

Parsed<readiness::SilenceAlert> parse_silence_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    auto answer = alert_answer<readiness::SilenceAlert>(in);
    answer.reason = in.optional_text("reason", readiness::reason_bytes_max);
    answer.until = in.instant("until");
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return answer;
}

Parsed<ReadUnitBody> parse_read_unit_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    ReadUnitBody read;
    read.node = in.text("node", name_bytes_max);
    read.key.cart = in.text("cart", name_bytes_max);
    read.key.subject = in.text("subject", name_bytes_max);
    read.text = in.text("text", scan_bytes_max);
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return read;
}

Parsed<std::string> parse_read_pack_body(std::string_view body) {
    const auto parsed = parse_json(body);
    if (!parsed) {
        return tl::unexpected(parsed.error());
    }
    Members in(*parsed, "");
    std::string text = in.text("text", scan_bytes_max);
    if (const auto fault = in.finish()) {
        return tl::unexpected(*fault);
    }
    return text;
}

} // namespace cartwatch::web
