#include "scanner/codes/gtin.hpp"

#include "scanner/codes/scan.hpp"
#include "scanner/values/text.hpp"

namespace cartwatch::codes {

namespace {

// The item inside a case: indicator 0 and a check digit of its own.
std::string base_gtin_of(std::string_view gtin) {
    std::string base = "0" + std::string(gtin.substr(1, 12));
    base += gs1_check_digit(base);
    return base;
}

} // namespace

bool is_pzn8(std::string_view text) {
    if (text.size() != 8 || !is_all_digits(text)) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 0; i < 7; ++i) {
        sum += static_cast<int>(i + 1) * (text[i] - '0');
    }
    return sum % 11 == text[7] - '0';
}

std::vector<Field> fields_of_gtin(std::string_view gtin) {
    std::vector<Field> fields;
    if (gtin.starts_with("000000")) {
        fields.push_back({"gtin8", std::string(gtin.substr(6))});
    } else if (gtin.starts_with("00")) {
        fields.push_back({"gtin12", std::string(gtin.substr(2))});
    } else if (gtin.starts_with("0")) {
        fields.push_back({"gtin13", std::string(gtin.substr(1))});
    } else if (gtin[0] != '9') { // 9 is a measure that varies, not a case
        fields.push_back({"level", std::string(gtin.substr(0, 1))});
        fields.push_back({"base_gtin", base_gtin_of(gtin)});
    }
    // A case of an NDC bears its indicator in place of the first zero.
    if (gtin.substr(1, 2) == "03" && gtin[0] != '9') {
        fields.push_back({"ndc10", std::string(gtin.substr(3, 10))});
    }
    if (gtin.starts_with("04150") && is_pzn8(gtin.substr(5, 8))) {
        fields.push_back({"pzn", std::string(gtin.substr(5, 8))});
    }
    return fields;
}

} // namespace cartwatch::codes
