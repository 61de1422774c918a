#include "scanner/codes/gs1_dates.hpp"

#include "scanner/values/text.hpp"

namespace cartwatch::codes {

namespace {

// Precondition: two digits.
int two_digits_at(std::string_view text, std::size_t position) {
    return (text[position] - '0') * 10 + (text[position + 1] - '0');
}

} // namespace

std::optional<Day> day_of_yymmdd(std::string_view text, int current_year, DayZero day_zero) {
    if (text.size() != 6 || !is_all_digits(text)) {
        return std::nullopt;
    }
    const int year = full_year(two_digits_at(text, 0), current_year);
    const auto month = static_cast<unsigned>(two_digits_at(text, 2));
    const auto day = static_cast<unsigned>(two_digits_at(text, 4));
    if (day == 0 && day_zero == DayZero::last_of_month) {
        return make_day(year, month, 1) ? std::optional(last_day_of_month(year, month))
                                        : std::nullopt;
    }
    return make_day(year, month, day);
}

std::optional<Day> day_of_yyyymmdd(std::string_view text) {
    if (text.size() != 8 || !is_all_digits(text)) {
        return std::nullopt;
    }
    return make_day(
        two_digits_at(text, 0) * 100 + two_digits_at(text, 2),
        static_cast<unsigned>(two_digits_at(text, 4)),
        static_cast<unsigned>(two_digits_at(text, 6)));
}

std::optional<Day> day_of_label(std::string_view text) {
    const auto day = day_of_yyyymmdd(text);
    constexpr std::chrono::year first{1950};
    constexpr std::chrono::year last{2099};
    const bool plausible = day && *day >= Day{first / 1 / 1} && *day <= Day{last / 12 / 31};
    return plausible ? day : std::nullopt;
}

std::optional<Day> day_of_year(int year, int ordinal) {
    const auto first = make_day(year, 1, 1);
    if (!first || ordinal < 1) {
        return std::nullopt;
    }
    const Day day = *first + std::chrono::days(ordinal - 1);
    return year_of(day) == year ? std::optional(day) : std::nullopt;
}

} // namespace cartwatch::codes
