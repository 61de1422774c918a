#include "scanner/values/day.hpp"

#include "scanner/values/text.hpp"

namespace cartwatch {

namespace {

std::string padded(int value, std::size_t width) {
    std::string digits = std::to_string(value);
    return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

// With so many digits; the value has no more. Every entry's instant comes by here.
void append_padded(std::string& text, unsigned value, std::size_t width) {
    text.append(width, '0');
    for (auto digit = text.rbegin(); value > 0; ++digit, value /= 10) {
        *digit = static_cast<char>('0' + value % 10);
    }
}

} // namespace

std::optional<Day> make_day(int year, unsigned month, unsigned day) {
    const std::chrono::year_month_day date{
        std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
    if (year < 1 || year > 9999 || !date.ok()) {
        return std::nullopt;
    }
    return Day{date};
}

Day last_day_of_month(int year, unsigned month) {
    return Day{std::chrono::year{year} / std::chrono::month{month} / std::chrono::last};
}

std::optional<Day> parse_day(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = parse_digits(text.substr(0, 4));
    const auto month = parse_digits(text.substr(5, 2));
    const auto day = parse_digits(text.substr(8, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    return make_day(
        static_cast<int>(*year), static_cast<unsigned>(*month), static_cast<unsigned>(*day));
}

int year_of(Day day) {
    return static_cast<int>(std::chrono::year_month_day{day}.year());
}

std::string to_text(Day day) {
    const std::chrono::year_month_day date{day};
    std::string text = padded(static_cast<int>(date.year()), 4);
    text += '-';
    append_padded(text, static_cast<unsigned>(date.month()), 2);
    text += '-';
    append_padded(text, static_cast<unsigned>(date.day()), 2);
    return text;
}

std::string to_text(Instant instant) {
    const Day day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::hh_mm_ss<std::chrono::milliseconds> time{instant - day};
    std::string text;
    text.reserve(24);
    text += to_text(day);
    text += 'T';
    append_padded(text, static_cast<unsigned>(time.hours().count()), 2);
    text += ':';
    append_padded(text, static_cast<unsigned>(time.minutes().count()), 2);
    text += ':';
    append_padded(text, static_cast<unsigned>(time.seconds().count()), 2);
    text += '.';
    append_padded(text, static_cast<unsigned>(time.subseconds().count()), 3);
    text += 'Z';
    return text;
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() != 24 || text[10] != 'T' || text[13] != ':' || text[16] != ':'
        || text[19] != '.' || text[23] != 'Z') {
        return std::nullopt;
    }
    const auto day = parse_day(text.substr(0, 10));
    const auto hours = parse_digits(text.substr(11, 2));
    const auto minutes = parse_digits(text.substr(14, 2));
    const auto seconds = parse_digits(text.substr(17, 2));
    const auto milliseconds = parse_digits(text.substr(20, 3));
    if (!day || !hours || !minutes || !seconds || !milliseconds || *hours > 23 || *minutes > 59
        || *seconds > 59) {
        return std::nullopt;
    }
    return Instant{*day} + std::chrono::hours(*hours) + std::chrono::minutes(*minutes)
           + std::chrono::seconds(*seconds) + std::chrono::milliseconds(*milliseconds);
}

} // namespace cartwatch
