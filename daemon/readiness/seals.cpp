#include "daemon/readiness/seals.hpp"

#include "daemon/readiness/limits.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

namespace cartwatch::readiness {

namespace {

// "A0457722" is "A" and 457722 of seven digits. Digits beyond what fits a number stay letters.
struct SealNumber {
    std::string_view letters;
    std::uint64_t value = 0;
    std::size_t digits = 0;
};

SealNumber split(std::string_view number) {
    constexpr std::size_t digits_max = 18; // below 2^63
    std::size_t begin = number.size();
    while (begin > 0 && is_digit(number[begin - 1]) && number.size() - begin < digits_max) {
        --begin;
    }
    SealNumber parts{number.substr(0, begin), 0, number.size() - begin};
    std::from_chars(number.data() + begin, number.data() + number.size(), parts.value);
    return parts;
}

bool stands_before(std::string_view one, std::string_view other) {
    const SealNumber a = split(one);
    const SealNumber b = split(other);
    return std::tuple(a.letters, a.digits, a.value) < std::tuple(b.letters, b.digits, b.value);
}

bool is_of_one_series(std::string_view one, std::string_view other) {
    const SealNumber a = split(one);
    const SealNumber b = split(other);
    return a.letters == b.letters && a.digits == b.digits;
}

} // namespace

std::string_view to_text(SealState state) {
    static constexpr std::array<std::string_view, 4> names = {
        "issued", "on_cart", "broken", "voided"};
    return names.at(static_cast<std::size_t>(state));
}

std::string_view to_text(SealBreak how) {
    static constexpr std::array<std::string_view, 4> names = {
        "for_check", "emergency", "mistake", "unexplained"};
    return names.at(static_cast<std::size_t>(how));
}

std::vector<SealLine> seal_ledger(const std::map<std::string, SealRecord>& seals) {
    std::vector<SealLine> lines;
    for (const auto& [number, record] : seals) {
        lines.push_back({number, record, false});
    }
    std::stable_sort(lines.begin(), lines.end(), [](const SealLine& a, const SealLine& b) {
        return a.record.station != b.record.station ? a.record.station < b.record.station
                                                    : stands_before(a.number, b.number);
    });
    // From the highest number down: the last one taken of each station and series.
    const SealLine* taken = nullptr;
    for (std::size_t i = lines.size(); i > 0; --i) {
        SealLine& line = lines[i - 1];
        const bool follows = taken != nullptr && taken->record.station == line.record.station
                             && is_of_one_series(taken->number, line.number);
        if (line.record.state == SealState::issued) {
            line.gap = follows;
        } else if (line.record.state != SealState::voided && !follows) {
            taken = &line;
        }
    }
    return lines;
}

bool keeps_seal_stock(const std::map<std::string, SealRecord>& seals, std::string_view station) {
    return std::any_of(seals.begin(), seals.end(), [&](const auto& seal) {
        return seal.second.issued_at && seal.second.station == station;
    });
}

std::vector<std::string>
seals_left_out(const std::map<std::string, SealRecord>& seals, const std::string& number) {
    const auto taken = seals.find(number);
    std::vector<std::string> left;
    if (taken == seals.end()) {
        return left;
    }
    for (const auto& [other, record] : seals) {
        if (record.state == SealState::issued && record.station == taken->second.station
            && is_of_one_series(other, number) && stands_before(other, number)) {
            left.push_back(other);
        }
    }
    return left;
}

std::vector<std::string> seal_range(const std::string& first, const std::string& last) {
    const SealNumber from = split(first);
    const SealNumber to = split(last);
    std::vector<std::string> numbers;
    if (from.digits == 0 || !is_of_one_series(first, last) || to.value < from.value
        || to.value - from.value >= seals_issued_max) {
        return numbers;
    }
    for (std::uint64_t value = from.value; value <= to.value; ++value) {
        const std::string digits = std::to_string(value);
        numbers.push_back(
            std::string(from.letters) + std::string(from.digits - digits.size(), '0') + digits);
    }
    return numbers;
}

} // namespace cartwatch::readiness
