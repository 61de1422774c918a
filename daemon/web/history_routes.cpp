// What is asked of the past: history and one check of it.
#include "daemon/web/route_parts.hpp"
#include "daemon/web/routes.hpp"

#include <optional>
#include <utility>

namespace cartwatch::web {

using std::chrono::days;

namespace {

// Twelve weeks and the one that runs, unless a page says otherwise.
constexpr days ordinary_span{12 * 7};
// A year and the weeks around it.
constexpr days longest_span{400};

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
