// What is asked of the past: history and one check of it.
#include "daemon/web/route_parts.hpp"
#include "daemon/web/routes.hpp"
#include "scanner/values/text.hpp"

#include <charconv>
#include <optional>
#include <utility>

namespace cartwatch::web {

using std::chrono::days;

namespace {

// Twelve weeks and the one that runs, unless a page says otherwise.
constexpr days ordinary_span{12 * 7};
// A year and the weeks around it.
constexpr days longest_span{400};

// As far ahead as what is bought today lasts.
constexpr int months_max = 24;

std::optional<int> parse_months(std::string_view text) {
    int months = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), months);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && months >= 1 && months <= months_max ? std::optional(months) : std::nullopt;
}

Result<HistoryQuestion> history_question_of(const RequestHead& head, Day today) {
    const auto last = query_day(head, "to");
    if (!last) {
        return tl::make_unexpected(last.error());
    }
    const auto first = query_day(head, "from");
    if (!first) {
        return tl::make_unexpected(first.error());
    }
    const Day to = last->value_or(today);
    const Day from = first->value_or(to - ordinary_span);
    if (from > to || to - from > longest_span) {
        return refused(
            ErrorCode::bad_input,
            "from " + to_text(from) + " to " + to_text(to) + " is none, or more than "
                + std::to_string(longest_span.count()) + " days");
    }
    return HistoryQuestion{from, to, query_value(head, "node"), query_value(head, "cart")};
}

TextDone telling(Respond respond) {
    return [respond = std::move(respond)](const Result<std::string>& text) {
        respond(text ? json_response(200, *text) : refused_response(text.error()));
    };
}

} // namespace

template <auto Ask>
void Routes::get_history(const Request& request, Respond respond) {
    if (!(service_.*Ask)) {
        respond(not_found("this node tells no history"));
        return;
    }
    auto question = history_question_of(request.head, service_.moment().today);
    if (!question) {
        respond(refused_response(question.error()));
        return;
    }
    (service_.*Ask)(std::move(*question), telling(std::move(respond)));
}

template void Routes::get_history<&Service::history>(const Request&, Respond);
template void Routes::get_history<&Service::history_figures>(const Request&, Respond);

void Routes::get_expiry(const Request& request, Respond respond) {
    if (!service_.expiry) {
        respond(not_found("this node tells no history"));
        return;
    }
    ExpiryQuestion question;
    question.node = query_value(request.head, "node");
    question.station = query_value(request.head, "station");
    const std::string text = query_value(request.head, "months");
    if (!text.empty()) {
        const auto months = parse_months(text);
        if (!months) {
            respond(refused_response(
                {ErrorCode::bad_input,
                 "months is \"" + shortened(text) + "\", none of 1 to "
                     + std::to_string(months_max)}));
            return;
        }
        question.months = *months;
    }
    service_.expiry(question, telling(std::move(respond)));
}

void Routes::get_check_record(const Request& request, Respond respond) {
    if (!service_.check_record) {
        respond(not_found("this node tells no history"));
        return;
    }
    const auto day = parse_day(query_value(request.head, "day"));
    if (!day) {
        respond(refused_response(
            {ErrorCode::bad_input, "day is missing, or no day such as 2026-11-22"}));
        return;
    }
    service_.check_record(
        {query_value(request.head, "node"), query_value(request.head, "check"), *day},
        telling(std::move(respond)));
}

} // namespace cartwatch::web
