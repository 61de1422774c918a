#include "scanner/codes/gs1_checks.hpp"

#include "scanner/codes/gs1_code_lists.hpp"
#include "scanner/codes/gs1_coupon.hpp"
#include "scanner/codes/gs1_dates.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes::gs1 {

namespace {

// GS1 General Specifications, section 7.11: the invariant subset of ISO/IEC 646 (82 characters), in
// the order of their values, and the smaller sets.
constexpr std::string_view cset82 =
    "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view cset39 = "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view cset64 =
    "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view cset32 = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";

// Bit n of an entry: the character belongs to CharacterSet n.
constexpr std::array<std::uint8_t, 256> make_membership() {
    std::array<std::uint8_t, 256> sets{};
    const auto add = [&](std::string_view characters, CharacterSet set) {
        for (const char c : characters) {
            std::uint8_t& entry = sets.at(static_cast<unsigned char>(c));
            entry = static_cast<std::uint8_t>(entry | (1U << static_cast<unsigned>(set)));
        }
    };
    add("0123456789", CharacterSet::digits);
    add(cset82, CharacterSet::cset82);
    add(cset39, CharacterSet::cset39);
    add(cset64, CharacterSet::cset64);
    return sets;
}

constexpr std::array<std::uint8_t, 256> membership = make_membership();

bool has_right_check_digit(std::string_view value) {
    return is_all_digits(value)
           && gs1_check_digit(value.substr(0, value.size() - 1)) == value.back();
}

// Section 7.9.5: the values (places in CSET 82) times primes, from the right, modulo 1021, written
// as two characters of CSET 32.
bool has_right_check_characters(std::string_view value) {
    constexpr std::array<unsigned, 28> primes = {2,  3,  5,  7,  11, 13,  17,  19, 23, 29,
                                                 31, 37, 41, 43, 47, 53,  59,  61, 67, 71,
                                                 73, 79, 83, 89, 97, 101, 103, 107};
    if (value.size() < 2 || value.size() - 2 > primes.size()) {
        return false;
    }
    const std::string_view data = value.substr(0, value.size() - 2);
    std::size_t sum = 0;
    for (std::size_t i = 0; i < data.size(); ++i) {
        sum += cset82.find(data[data.size() - 1 - i]) * primes[i];
    }
    sum %= 1021;
    return value[value.size() - 2] == cset32[sum / 32] && value.back() == cset32[sum % 32];
}

// The shortest company prefix has four digits; which prefixes are given out is not known here.
bool has_company_prefix(std::string_view value, std::size_t from) {
    return value.size() >= from + 4 && is_all_digits(value.substr(from, 4));
}

bool is_at_most(std::string_view digits, std::int64_t highest) {
    const auto number = parse_digits(digits);
    return number && *number <= highest;
}

bool is_hour_and_minute(std::string_view value) {
    return value.size() == 4 && is_at_most(value.substr(0, 2), 23)
           && is_at_most(value.substr(2), 59);
}

bool is_hexadecimal(char c) {
    return is_digit(c) || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

// RFC 3986, section 2.1.
bool has_whole_percent_signs(std::string_view value) {
    for (std::size_t at = value.find('%'); at != std::string_view::npos;
         at = value.find('%', at + 1)) {
        if (at + 2 >= value.size() || !is_hexadecimal(value[at + 1])
            || !is_hexadecimal(value[at + 2])) {
            return false;
        }
    }
    return true;
}

bool consists_of(std::string_view value, char wanted) {
    return std::all_of(value.begin(), value.end(), [&](char c) { return c == wanted; });
}

// ISO 13616-1: country, two check digits, account; rearranged it leaves 1 modulo 97.
bool is_iban(std::string_view value) {
    constexpr std::size_t shortest = 11; // country, check digits and some account
    if (value.size() < shortest || !is_country_letters(value.substr(0, 2))) {
        return false;
    }
    unsigned remainder = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[(i + 4) % value.size()];
        if (is_digit(c)) {
            remainder = (remainder * 10 + static_cast<unsigned>(c - '0')) % 97;
        } else if (c >= 'A' && c <= 'Z') {
            remainder = (remainder * 100 + static_cast<unsigned>(c - 'A') + 10) % 97;
        } else {
            return false;
        }
    }
    return remainder == 1;
}

// "0102": the first of two.
bool is_piece_of_total(std::string_view value) {
    const std::string_view piece = value.substr(0, value.size() / 2);
    const std::string_view total = value.substr(value.size() / 2);
    return value.size() % 2 == 0 && is_all_digits(value) && !consists_of(piece, '0')
           && !consists_of(total, '0') && piece <= total;
}

// "1/2": the first of two; neither has a leading zero.
bool is_position_of_total(std::string_view value) {
    const std::size_t slash = value.find('/');
    if (slash == std::string_view::npos) {
        return false;
    }
    const auto position = parse_digits(value.substr(0, slash));
    const auto total = parse_digits(value.substr(slash + 1));
    return position && total && value[0] != '0' && value[slash + 1] != '0' && *position <= *total;
}

bool is_importer_index(std::string_view value) {
    return value.size() == 1 && value[0] != '=' && belongs_to(CharacterSet::cset64, value);
}

bool is_one_of(std::string_view value, std::string_view digits) {
    return value.size() == 1 && digits.find(value[0]) != std::string_view::npos;
}

// What a check asks of a value, and which rule a value breaks that does not hold.
struct CheckRow {
    Check check;
    Rule rule;
    bool (*holds)(std::string_view value, int current_year);
};

// In the order of Check, so that a check is found by its place.
constexpr std::array check_rows = std::to_array<CheckRow>({
    {Check::none, Rule::none, [](std::string_view, int) { return true; }},
    {Check::csum, Rule::bad_check_digit, [](auto v, int) { return has_right_check_digit(v); }},
    {Check::csumalpha,
     Rule::bad_check_characters,
     [](auto v, int) { return has_right_check_characters(v); }},
    {Check::gcppos1,
     Rule::bad_company_prefix,
     [](auto v, int) { return has_company_prefix(v, 0); }},
    {Check::gcppos2,
     Rule::bad_company_prefix,
     [](auto v, int) { return has_company_prefix(v, 1); }},
    {Check::yymmd0,
     Rule::bad_date,
     [](auto v, int year) { return day_of_yymmdd(v, year, DayZero::last_of_month).has_value(); }},
    {Check::yymmdd,
     Rule::bad_date,
     [](auto v, int year) { return day_of_yymmdd(v, year, DayZero::refused).has_value(); }},
    {Check::yyyymmdd, Rule::bad_date, [](auto v, int) { return day_of_yyyymmdd(v).has_value(); }},
    {Check::hhmi, Rule::bad_time, [](auto v, int) { return is_hour_and_minute(v); }},
    {Check::hh, Rule::bad_time, [](auto v, int) { return is_at_most(v, 23); }},
    {Check::mi, Rule::bad_time, [](auto v, int) { return is_at_most(v, 59); }},
    {Check::ss, Rule::bad_time, [](auto v, int) { return is_at_most(v, 59); }},
    {Check::iso3166, Rule::bad_country, [](auto v, int) { return is_country_number(v); }},
    {Check::iso3166999,
     Rule::bad_country,
     [](auto v, int) { return is_country_number(v) || v == "999"; }},
    {Check::iso3166alpha2, Rule::bad_country, [](auto v, int) { return is_country_letters(v); }},
    {Check::iso4217, Rule::bad_currency, [](auto v, int) { return is_currency_number(v); }},
    {Check::iso5218, Rule::bad_value, [](auto v, int) { return is_one_of(v, "0129"); }},
    {Check::pcenc,
     Rule::bad_percent_encoding,
     [](auto v, int) { return has_whole_percent_signs(v); }},
    {Check::yesno, Rule::bad_value, [](auto v, int) { return is_one_of(v, "01"); }},
    {Check::nonzero, Rule::bad_value, [](auto v, int) { return !consists_of(v, '0'); }},
    {Check::zero, Rule::bad_value, [](auto v, int) { return consists_of(v, '0'); }},
    {Check::nozeroprefix, Rule::bad_value, [](auto v, int) { return v == "0" || v[0] != '0'; }},
    {Check::hasnondigit, Rule::bad_value, [](auto v, int) { return !is_all_digits(v); }},
    {Check::hyphen, Rule::bad_value, [](auto v, int) { return consists_of(v, '-'); }},
    {Check::iban, Rule::bad_iban, [](auto v, int) { return is_iban(v); }},
    // Degrees with seven decimals, counted from the south pole and from the antimeridian.
    {Check::latitude, Rule::bad_value, [](auto v, int) { return is_at_most(v, 1'800'000'000); }},
    {Check::longitude, Rule::bad_value, [](auto v, int) { return is_at_most(v, 3'600'000'000); }},
    {Check::mediatype, Rule::bad_value, [](auto v, int) { return is_media_type(v); }},
    {Check::importeridx, Rule::bad_value, [](auto v, int) { return is_importer_index(v); }},
    {Check::packagetype, Rule::bad_value, [](auto v, int) { return is_package_type(v); }},
    {Check::pieceoftotal, Rule::bad_value, [](auto v, int) { return is_piece_of_total(v); }},
    {Check::posinseqslash, Rule::bad_value, [](auto v, int) { return is_position_of_total(v); }},
    {Check::winding, Rule::bad_value, [](auto v, int) { return is_one_of(v, "019"); }},
    {Check::couponcode, Rule::bad_coupon, [](auto v, int year) { return is_coupon(v, year); }},
    {Check::couponposoffer, Rule::bad_coupon, [](auto v, int) { return is_positive_offer(v); }},
});

constexpr bool rows_are_in_order() {
    for (std::size_t i = 0; i < check_rows.size(); ++i) {
        if (static_cast<std::size_t>(check_rows.at(i).check) != i) {
            return false;
        }
    }
    return check_rows.back().check == Check::couponposoffer;
}

static_assert(rows_are_in_order());

struct RuleText {
    std::string_view name;
    std::string_view explanation;
};

// In the order of Rule.
constexpr std::array rule_texts = std::to_array<RuleText>({
    {"none", "nothing is wrong"},
    {"unknown_ai", "there is no such application identifier"},
    {"bad_length", "the value is too short or too long"},
    {"empty_ai", "the value is missing"},
    {"bad_charset", "a character is not allowed here"},
    {"bad_check_digit", "the check digit is wrong"},
    {"bad_check_characters", "the two check characters are wrong"},
    {"bad_date", "there is no such date"},
    {"bad_time", "there is no such time of day"},
    {"bad_company_prefix", "the value does not begin with a company prefix"},
    {"bad_country", "there is no such country code"},
    {"bad_currency", "there is no such currency code"},
    {"bad_percent_encoding", "a percent sign is not followed by two hexadecimal digits"},
    {"bad_iban", "the bank account number is wrong"},
    {"bad_coupon", "the coupon's fields do not add up"},
    {"bad_value", "the value is outside of what this identifier allows"},
    {"mutually_exclusive_ai", "it may not stand beside another one in this code"},
    {"required_ai_missing", "it needs another identifier that is not in this code"},
    {"repeated_ai_differs", "it occurs twice with different values"},
    {"too_many_elements", "the code holds too many elements"},
});

static_assert(rule_texts.size() == static_cast<std::size_t>(Rule::too_many_elements) + 1);

} // namespace

std::string_view to_text(Rule rule) {
    return rule_texts.at(static_cast<std::size_t>(rule)).name;
}

std::string_view explanation(Rule rule) {
    return rule_texts.at(static_cast<std::size_t>(rule)).explanation;
}

bool belongs_to(CharacterSet set, std::string_view text) {
    const auto bit = static_cast<unsigned>(set);
    if (set == CharacterSet::cset64) { // "=" only fills up at the end
        for (int i = 0; i < 2 && text.ends_with('='); ++i) {
            text.remove_suffix(1);
        }
    }
    unsigned all = 1U << bit;
    for (const char c : text) {
        all &= membership[static_cast<unsigned char>(c)];
    }
    return all != 0;
}

Rule broken_rule(Check check, std::string_view value, int current_year) {
    const CheckRow& row = check_rows[static_cast<std::size_t>(check)];
    return row.holds(value, current_year) ? Rule::none : row.rule;
}

} // namespace cartwatch::codes::gs1
