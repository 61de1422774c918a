#include "scanner/codes/ifa_fields.hpp"

#include "scanner/codes/gs1_dates.hpp"
#include "scanner/codes/lost_separators.hpp"
#include "scanner/codes/scan.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>

namespace cartwatch::codes::ifa {

namespace {

bool is_day(std::string_view text, int year) {
    return day_of_yymmdd(text, year, DayZero::last_of_month).has_value();
}

bool is_label_day(std::string_view text, int) {
    return day_of_label(text).has_value();
}

bool is_gtin(std::string_view text, int) {
    return has_check_digit(text);
}

bool is_german_ppn(std::string_view text, int) {
    return is_all_digits(text) && text.starts_with("11")
           && ppn_check(text.substr(0, text.size() - 2)) == text.substr(text.size() - 2);
}

// What may stand behind a lost separator. Without a length: the rest.
struct Hidden {
    std::string_view identifier;
    std::size_t length;
    bool (*holds)(std::string_view value, int current_year);
};

constexpr std::array hidden_fields = std::to_array<Hidden>({
    {"D", 6, is_day},
    {"14D", 8, is_label_day},
    {"16D", 8, is_label_day},
    {"8P", 14, is_gtin},
    {"9N", 12, is_german_ppn},
    {"1T", 0, nullptr},
    {"S", 0, nullptr},
});

bool is_of_any_length(const DataField& field) {
    return field.identifier == "1T" || field.identifier == "S";
}

class FieldSearch {
public:
    FieldSearch(const std::vector<DataField>& fields, int current_year)
        : fields_(fields), current_year_(current_year) {}

    std::vector<OtherFields> found() {
        for (int depth = 1; depth <= lost_in_a_row_max; ++depth) {
            for (std::size_t i = 0; i < fields_.size(); ++i) {
                if (is_of_any_length(fields_[i])) {
                    at_ = i;
                    search({{}, 0}, fields_[i], depth);
                }
            }
        }
        return std::move(found_);
    }

private:
    // `front` is what was split off the field at_ before; `rest` may hide further fields.
    void search(const OtherFields& front, const DataField& rest, int depth) {
        for (std::size_t at = 1; at < rest.value.size(); ++at) {
            OtherFields split = front;
            split.fields.push_back({rest.identifier, rest.value.substr(0, at)});
            take(std::move(split), std::string_view(rest.value).substr(at), depth);
        }
    }

    // `text` begins where a separator is taken for lost.
    void take(OtherFields front, std::string_view text, int depth) {
        const auto* row =
            std::find_if(hidden_fields.begin(), hidden_fields.end(), [&](const Hidden& one) {
                return text.starts_with(one.identifier) && text.size() > one.identifier.size();
            });
        if (row == hidden_fields.end() || ++tried_ > splits_tried_max) {
            return;
        }
        text.remove_prefix(row->identifier.size());
        DataField field{std::string(row->identifier), std::string(text)};
        if (row->length == 0) {
            if (depth > 1) {
                return search(front, field, depth - 1);
            }
            front.fields.push_back(std::move(field));
            return add(front);
        }
        field.value = text.substr(0, row->length);
        if (field.value.size() != row->length || !row->holds(field.value, current_year_)) {
            return;
        }
        ++front.proof;
        front.fields.push_back(std::move(field));
        text.remove_prefix(row->length);
        if (!text.empty()) {
            return take(std::move(front), text, depth);
        }
        if (depth == 1) {
            add(front);
        }
    }

    void add(const OtherFields& split) {
        if (split.proof < proof_ || (split.proof == proof_ && found_.size() == other_fields_max)) {
            return;
        }
        if (split.proof > proof_) { // beside a date, a serial by chance is none
            proof_ = split.proof;
            found_.clear();
        }
        OtherFields other{fields_, split.proof};
        const auto place = other.fields.begin() + static_cast<std::ptrdiff_t>(at_);
        other.fields.insert(other.fields.erase(place), split.fields.begin(), split.fields.end());
        found_.push_back(std::move(other));
    }

    const std::vector<DataField>& fields_;
    int current_year_;
    std::size_t at_ = 0;
    std::size_t tried_ = 0;
    std::size_t proof_ = 0;
    std::vector<OtherFields> found_;
};

} // namespace

std::vector<DataField> fields_of(std::string_view data) {
    std::vector<DataField> fields;
    while (!data.empty()) {
        const std::size_t end = std::min(data.find('\x1d'), data.size());
        const std::string_view field = data.substr(0, end);
        data.remove_prefix(std::min(end + 1, data.size()));
        const std::size_t letter = field.find_first_not_of("0123456789");
        const std::size_t length = std::min(letter, field.size() - 1) + 1;
        if (!field.empty()) {
            fields.push_back(
                {std::string(field.substr(0, length)), std::string(field.substr(length))});
        }
    }
    return fields;
}

std::string ppn_check(std::string_view ppn) {
    unsigned sum = 0;
    for (std::size_t i = 0; i < ppn.size(); ++i) {
        sum += static_cast<unsigned char>(ppn[i]) * static_cast<unsigned>(i + 2);
    }
    const std::string digits = std::to_string(sum % 97);
    return digits.size() < 2 ? "0" + digits : digits;
}

std::vector<OtherFields> other_fields(const std::vector<DataField>& fields, int current_year) {
    return FieldSearch(fields, current_year).found();
}

} // namespace cartwatch::codes::ifa
