// Values that obey an application identifier, for tests: made from the identifier's components.
#pragma once

#include "scanner/codes/gs1_identifiers.hpp"
#include "scanner/values/text.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace cartwatch::codes::gs1 {

inline bool has_check(const Component& component, Check check) {
    return std::find(component.checks.begin(), component.checks.end(), check)
           != component.checks.end();
}

// Content that a check allows and that does not depend on a length; empty where there is none.
inline std::string fixed_sample(Check check) {
    switch (check) { // NOLINT(clang-diagnostic-switch-enum): the others follow from the length
    case Check::yymmd0:
    case Check::yymmdd:
        return "261231";
    case Check::yyyymmdd:
        return "20261231";
    case Check::hhmi:
        return "2359";
    case Check::hh:
        return "23";
    case Check::mi:
    case Check::ss:
        return "59";
    case Check::iso3166:
    case Check::iso3166999:
    case Check::iso4217:
        return "156";
    case Check::iso3166alpha2:
        return "CN";
    case Check::iso5218:
    case Check::yesno:
    case Check::winding:
        return "1";
    case Check::zero:
        return "0";
    case Check::hyphen:
        return "-";
    case Check::iban:
        return "GB98MIDL07009312345678";
    case Check::mediatype:
        return "01";
    case Check::packagetype:
        return "PX";
    case Check::pieceoftotal:
        return "0102";
    case Check::posinseqslash:
        return "1/2";
    case Check::couponcode:
        return "1061414165432132501101203140131";
    case Check::couponposoffer:
        return "001234561234560123456";
    case Check::none:
    case Check::csum:
    case Check::csumalpha:
    case Check::gcppos1:
    case Check::gcppos2:
    case Check::pcenc:
    case Check::nonzero:
    case Check::nozeroprefix:
    case Check::hasnondigit:
    case Check::latitude:
    case Check::longitude:
    case Check::importeridx:
        break;
    }
    return {};
}

// Two check characters by the definition itself, apart from the product's own code.
inline std::string with_check_characters(std::string data) {
    const std::string_view values =
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    const std::string_view letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    std::size_t sum = 0;
    std::size_t prime = 2;
    for (std::size_t i = data.size(); i-- > 0;) {
        sum += values.find(data[i]) * prime;
        const auto is_prime = [](std::size_t n) {
            for (std::size_t d = 2; d * d <= n; ++d) {
                if (n % d == 0) {
                    return false;
                }
            }
            return true;
        };
        do {
            ++prime;
        } while (!is_prime(prime));
    }
    sum %= 1021;
    data += letters[sum / 32];
    data += letters[sum % 32];
    return data;
}

inline std::string sample_of(const Component& component, std::size_t length) {
    const std::string fixed = fixed_sample(component.checks[0]);
    if (!fixed.empty()) {
        return fixed;
    }
    std::string sample(length, '1');
    if (has_check(component, Check::hasnondigit) && length > 6) {
        sample[5] = 'A';
    }
    if (has_check(component, Check::csum)) {
        sample.back() = gs1_check_digit(sample.substr(0, length - 1));
    }
    if (has_check(component, Check::csumalpha) && length > 2) {
        sample = with_check_characters(sample.substr(0, length - 2));
    }
    return sample;
}

// True where a value of every length between the shortest and the longest can be made.
inline bool has_free_length(const Identifier& identifier) {
    for (const Component& component : identifier.components()) {
        if (component.length_min != component.length_max
            && (!fixed_sample(component.checks[0]).empty()
                || has_check(component, Check::gcppos1))) {
            return false;
        }
    }
    return true;
}

// A valid value: the mandatory components only, or all of them, at their longest.
inline std::string sample_of(const Identifier& identifier, bool whole) {
    std::string value;
    for (const Component& component : identifier.components()) {
        if (!component.optional || whole) {
            value += sample_of(component, component.length_max);
        }
    }
    return value;
}

} // namespace cartwatch::codes::gs1
