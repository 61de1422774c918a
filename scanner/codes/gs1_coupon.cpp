#include "scanner/codes/gs1_coupon.hpp"

#include "scanner/codes/gs1_dates.hpp"
#include "scanner/values/text.hpp"

#include <optional>

namespace cartwatch::codes::gs1 {

namespace {

// Reads fields off the front; once a field is missing or out of range, `good` stays false.
class CouponFields {
public:
    explicit CouponFields(std::string_view digits) : rest_(digits), good_(is_all_digits(digits)) {}

    // A fixed number of digits.
    std::string_view field(std::size_t length) {
        if (!good_ || rest_.size() < length) {
            good_ = false;
            return {};
        }
        const std::string_view value = rest_.substr(0, length);
        rest_.remove_prefix(length);
        return value;
    }

    // One digit out of those allowed.
    char choice(std::string_view allowed) {
        const std::string_view digit = field(1);
        if (digit.empty() || allowed.find(digit[0]) == std::string_view::npos) {
            good_ = false;
            return '0';
        }
        return digit[0];
    }

    // A field behind a digit that tells its length less `base`.
    void sized_field(std::string_view allowed, std::size_t base) {
        const char length = choice(allowed);
        field(base + static_cast<std::size_t>(length - '0'));
    }

    // True, and past the mark, where an optional part with this mark comes next.
    bool begins(char mark) {
        if (!good_ || rest_.empty() || rest_.front() != mark) {
            return false;
        }
        rest_.remove_prefix(1);
        return true;
    }

    void require(bool condition) {
        good_ = good_ && condition;
    }

    [[nodiscard]] bool complete() const {
        return good_ && rest_.empty();
    }

private:
    std::string_view rest_;
    bool good_;
};

constexpr std::string_view prefix_lengths = "0123456"; // 6 to 12 digits
constexpr std::string_view value_lengths = "12345";
constexpr std::string_view requirement_codes = "012349";
constexpr std::string_view any_digit = "0123456789";

void read_requirement(CouponFields& fields) {
    fields.sized_field(value_lengths, 0);
    fields.choice(requirement_codes);
    fields.field(3); // family code
}

// The company prefix of a second or third purchase; 9 stands for that of the first.
void read_further_prefix(CouponFields& fields) {
    if (!fields.begins('9')) {
        fields.sized_field(prefix_lengths, 6);
    }
}

void read_coupon_dates(CouponFields& fields, int current_year) {
    std::optional<std::string_view> expiry;
    if (fields.begins('3')) {
        expiry = fields.field(6);
        fields.require(day_of_yymmdd(*expiry, current_year, DayZero::refused).has_value());
    }
    if (fields.begins('4')) {
        const std::string_view start = fields.field(6);
        fields.require(day_of_yymmdd(start, current_year, DayZero::refused).has_value());
        fields.require(!expiry || start <= *expiry);
    }
}

} // namespace

bool is_coupon(std::string_view digits, int current_year) {
    CouponFields fields(digits);
    fields.sized_field(prefix_lengths, 6);
    fields.field(6);                      // offer code
    fields.sized_field(value_lengths, 0); // save value
    read_requirement(fields);
    if (fields.begins('1')) {
        fields.choice("0123"); // how the purchases add up
        read_requirement(fields);
        read_further_prefix(fields);
    }
    if (fields.begins('2')) {
        read_requirement(fields);
        read_further_prefix(fields);
    }
    read_coupon_dates(fields, current_year);
    if (fields.begins('5')) {
        fields.sized_field(any_digit, 6); // serial number
    }
    if (fields.begins('6')) {
        fields.sized_field("1234567", 6); // retailer
    }
    if (fields.begins('9')) {
        fields.choice("01256"); // how the value saved is meant
        fields.choice("012");   // which item it applies to
        fields.field(1);        // store coupon
        fields.choice("01");    // may not be multiplied
    }
    return fields.complete();
}

bool is_positive_offer(std::string_view digits) {
    CouponFields fields(digits);
    fields.choice("01"); // format
    fields.sized_field(prefix_lengths, 6);
    fields.field(6); // offer code
    fields.sized_field(any_digit, 6);
    return fields.complete();
}

} // namespace cartwatch::codes::gs1
