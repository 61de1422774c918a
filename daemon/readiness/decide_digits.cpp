#include "daemon/readiness/controls.hpp"
#include "daemon/readiness/decide_commands.hpp"
#include "daemon/readiness/limits.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cartwatch::readiness {

namespace {

constexpr char point = '.';

// How many digits a number of units has at most; a date has six or eight.
constexpr std::size_t units_digits = 4;
constexpr std::size_t short_date_digits = 6;
constexpr std::size_t long_date_digits = 8;

// Lots and readings to choose from are few.
constexpr std::size_t choice_digits = 2;

int number_of(std::string_view digits) {
    int number = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
}

// The last usable day of a date in digits: YYYYMMDD, YYYYMM (a year of this century in full) or
// YYMMDD. A month without a day, and day 00, mean its last one; `before`: the digits name the day
// from which on the pack is not usable, and a month its first one.
std::optional<Day> date_of(std::string_view digits, bool before) {
    const bool of_century = digits.substr(0, 2) == "20";
    const bool is_long = digits.size() == long_date_digits;
    if ((is_long && !of_century) || (!is_long && digits.size() != short_date_digits)) {
        return std::nullopt;
    }
    const std::size_t years = is_long || of_century ? 4 : 2;
    const int year = number_of(digits.substr(0, years)) + (years == 2 ? 2000 : 0);
    const std::chrono::year_month month =
        std::chrono::year(year)
        / std::chrono::month(static_cast<unsigned>(number_of(digits.substr(years, 2))));
    if (!month.ok()) {
        return std::nullopt;
    }
    const Day first(month / 1);
    const Day last(month / std::chrono::last);
    const int named = number_of(digits.substr(years + 2));
    if (named > days_between(first, last) + 1) {
        return std::nullopt;
    }
    const Day day = named > 0 ? first + std::chrono::days(named - 1) : before ? first : last;
    return before ? day - std::chrono::days(1) : day;
}

// Whether there is anything here that digits could be of; else the reply says what is missing.
bool has_subject(Turn& turn) {
    if (turn.check == nullptr) {
        turn.say(ReplyKind::reject, "scan_cart_first");
        return false;
    }
    const bool is_line = !turn.session().line.empty() && !turn.session().line_unseen;
    if (!is_line && turn.session().device.empty()) {
        turn.say(ReplyKind::reject, "no_current_line");
        return false;
    }
    return true;
}

bool is_of_line(const Turn& turn) {
    return !turn.decision.session.line.empty();
}

void keep(Turn& turn, std::string digits) {
    turn.digits.clear();
    const auto day = is_of_line(turn) && !is_use(turn) ? date_of(digits, false) : std::nullopt;
    turn.session().lots_asked = turn.lots_asked;
    turn.session().digits = std::move(digits);
    turn.reply().line = turn.session().line;
    turn.reply().device = turn.session().device;
    turn.say(
        ReplyKind::command,
        "digits_so_far",
        {{"digits", turn.session().digits}, {"day", day_text(day)}});
}

// What was there stays; `message` says why the new one was not taken.
void keep_without(Turn& turn, std::string_view message) {
    turn.session().lots_asked = turn.lots_asked;
    turn.session().digits = std::exchange(turn.digits, "");
    turn.say(
        ReplyKind::reject,
        message,
        {{"digits", turn.session().digits}, {"limit", std::to_string(digits_max)}});
}

void add_digit(Turn& turn, char digit) {
    if (!has_subject(turn)) {
        return;
    }
    if (turn.digits.size() >= digits_max) {
        return keep_without(turn, "digits_full");
    }
    keep(turn, turn.digits + digit);
}

// Only a device's reading has decimals, and one point.
void add_point(Turn& turn) {
    if (!has_subject(turn)) {
        return;
    }
    if (is_of_line(turn) || turn.digits.find(point) != std::string::npos) {
        return keep_without(turn, "digits_no_point");
    }
    if (turn.digits.size() >= digits_max) {
        return keep_without(turn, "digits_full");
    }
    keep(turn, (turn.digits.empty() ? "0" : turn.digits) + point);
}

void refuse_digits(Turn& turn, const std::string& digits) {
    turn.say(ReplyKind::reject, "digits_refused", {{"digits", digits}});
}

// How many things were listed by number, to choose from; 0: none.
std::size_t choices(const Turn& turn) {
    const Session& session = turn.decision.session;
    return session.pending_readings.empty() ? turn.lots_asked.size()
                                            : session.pending_readings.size();
}

void choose(Turn& turn, const std::string& digits) {
    const auto number = static_cast<std::size_t>(number_of(digits));
    if (number < 1 || number > choices(turn)) {
        turn.session().lots_asked = turn.lots_asked; // the question stands
        return turn.say(
            ReplyKind::reject,
            "digits_no_choice",
            {{"digits", digits}, {"count", std::to_string(choices(turn))}});
    }
    if (turn.session().pending_readings.empty()) {
        return decide_on(turn, SelectLine{turn.session().line, turn.lots_asked.at(number - 1)});
    }
    // A copy: what is decided clears those that wait.
    const ChooseReading chosen{turn.session().pending_readings.at(number - 1)};
    decide_on(turn, chosen);
}

void enter_reading(Turn& turn, const std::string& digits, bool before) {
    const std::optional<Amount> value = before ? std::nullopt : parse_amount(digits);
    if (!value) {
        return refuse_digits(turn, digits);
    }
    decide_on(turn, EnterReading{*value});
}

void enter(Turn& turn, bool before) {
    if (turn.digits.empty()) {
        turn.session().lots_asked = turn.lots_asked; // a question stands
        return turn.say(ReplyKind::reject, "digits_none");
    }
    if (!has_subject(turn)) {
        return;
    }
    const std::string digits = std::exchange(turn.digits, "");
    if (!is_of_line(turn)) {
        return enter_reading(turn, digits, before);
    }
    if (digits.size() <= choice_digits && choices(turn) > 0 && !before && !is_use(turn)) {
        return choose(turn, digits);
    }
    if (!before && (digits.size() <= units_digits || is_use(turn))) {
        return decide_on(turn, EnterQuantity{number_of(digits), ""});
    }
    const std::optional<Day> day = is_use(turn) ? std::nullopt : date_of(digits, before);
    if (!day) {
        return refuse_digits(turn, digits);
    }
    decide_on(turn, EnterExpiry{*day, "", ""});
}

} // namespace

bool drop_digits(Turn& turn) {
    const std::string digits = std::exchange(turn.digits, "");
    if (digits.empty()) {
        return false;
    }
    turn.session().lots_asked = turn.lots_asked;
    turn.say(ReplyKind::command, "digits_cleared", {{"digits", digits}});
    return true;
}

bool refuse_unentered(Turn& turn) {
    if (turn.check == nullptr || turn.digits.empty()) {
        return false;
    }
    const std::string digits = std::exchange(turn.digits, "");
    turn.session().witness_for = turn.witness_for;
    turn.session().review_shown = turn.review_shown;
    turn.say(ReplyKind::reject, "digits_not_signed", {{"digits", digits}});
    return true;
}

void tell_dropped(Turn& turn) {
    if (turn.digits.empty() && !turn.digits_lost) {
        return;
    }
    Reply& reply = turn.reply();
    reply.warnings.emplace_back("digits_dropped");
    if (reply.kind == ReplyKind::accept) {
        reply.kind = ReplyKind::attention;
    }
}

void key_digits(Turn& turn, ControlCode code) {
    if (const auto digit = digit_of(code)) {
        return add_digit(turn, static_cast<char>('0' + *digit));
    }
    if (code == ControlCode::digits_point) {
        return add_point(turn);
    }
    if (code == ControlCode::digits_clear) {
        if (!drop_digits(turn)) {
            turn.say(ReplyKind::reject, "digits_none");
        }
        return;
    }
    enter(turn, code == ControlCode::digits_enter_before);
}

} // namespace cartwatch::readiness
