#include "tests/scanner/codes/scan_maker.hpp"

#include "scanner/codes/hibc.hpp"
#include "scanner/codes/ifa_fields.hpp"
#include "scanner/codes/scanned_code.hpp"
#include "scanner/values/text.hpp"

#include <array>

namespace cartwatch::test {

namespace {

constexpr std::string_view digit_set = "0123456789";
constexpr std::string_view capitals = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ-/";
constexpr std::string_view both_cases = "0123456789ABCXYZabcxyz-.";

// A PZN whose check digit exists (remainder 10 is never given out).
std::string pzn_of(std::string seven) {
    while (true) {
        int sum = 0;
        for (std::size_t i = 0; i < seven.size(); ++i) {
            sum += static_cast<int>(i + 1) * (seven[i] - '0');
        }
        if (sum % 11 < 10) {
            return seven + static_cast<char>('0' + sum % 11);
        }
        seven[0] = seven[0] == '9' ? '0' : static_cast<char>(seven[0] + 1);
    }
}

} // namespace

std::size_t ScanMaker::below(std::size_t bound) {
    return random_() % bound;
}

bool ScanMaker::one_in(std::size_t bound) {
    return below(bound) == 0;
}

std::string ScanMaker::characters(std::string_view set, std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        text += set[below(set.size())];
    }
    return text;
}

std::string ScanMaker::digits(std::size_t length) {
    return characters(digit_set, length);
}

std::string ScanMaker::one_of(std::initializer_list<const char*> texts) {
    return texts.begin()[below(texts.size())];
}

std::string ScanMaker::gtin(const std::string& front) {
    constexpr std::size_t before_check = 13;
    std::string text = front + digits(before_check - front.size());
    text += gs1_check_digit(text);
    return text;
}

std::string ScanMaker::yymmdd() {
    const std::string month = std::to_string(101 + below(12)).substr(1);
    const std::string day = std::to_string(100 + below(29)).substr(1);
    return std::to_string(25 + below(9)) + month + day;
}

std::string ScanMaker::free_text(std::size_t longest) {
    const std::string_view set = one_in(2) ? digit_set : one_in(6) ? both_cases : capitals;
    return characters(set, 1 + below(longest));
}

void ScanMaker::add_element(ValidScan& scan, const char* field, const char* identifier) {
    const std::string& before = scan.parts.back().field;
    if (before != "gtin" && before != "expiry") {
        scan.parts.push_back({"separator", std::string(1, gs)});
    }
    scan.parts.push_back({"", identifier});
    scan.parts.push_back({field, free_text(12)});
}

ValidScan ScanMaker::element_string() {
    ValidScan scan;
    scan.family = "gs1";
    scan.identifier = one_of({"]d2", "]C1", "]Q3", "]J1", "", ""});
    scan.parts.push_back({"", "01"});
    scan.parts.push_back({"gtin", gtin(one_in(4) ? "1" : "0"), Part::Check::own});
    if (!one_in(4)) {
        scan.parts.push_back({"", "17"});
        scan.parts.push_back({"expiry", yymmdd()});
    }
    if (!one_in(4)) {
        add_element(scan, "lot", "10");
    }
    if (!one_in(3)) {
        add_element(scan, "serial", "21");
    }
    if (one_in(5)) {
        add_element(scan, "other", "240");
    }
    return scan;
}

ValidScan ScanMaker::ean_upc() {
    const std::string thirteen = gtin("06").substr(1);
    const std::string twelve = gtin("00").substr(2);
    switch (below(4)) {
    case 0:
        return {"ean_upc", one_of({"]E0", ""}), {{"gtin", thirteen, Part::Check::own}}};
    case 1:
        return {"ean_upc", "", {{"gtin", twelve, Part::Check::own}}};
    case 2:
        return {"ean_upc", "]I1", {{"gtin", gtin("16"), Part::Check::own}}};
    default:
        return {"ean_upc", "]E4", {{"gtin", gtin("000000").substr(6), Part::Check::own}}};
    }
}

ValidScan ScanMaker::hibc() {
    ValidScan scan{"hibc", one_of({"]C0", "]d1", ""}), {}};
    const std::string number = "A" + digits(3) + characters("0123456789ABCDEFGH", 5) + digits(1);
    scan.parts.push_back({"other", "+" + number, Part::Check::whole});
    if (!one_in(3)) {
        scan.parts.push_back({"other", "/$$3", Part::Check::whole});
        scan.parts.push_back(
            {"expiry",
             "28" + std::to_string(101 + below(12)).substr(1) + "15",
             Part::Check::whole});
        scan.parts.push_back(
            {"lot", characters("0123456789ABCDEFGH", 1 + below(10)), Part::Check::whole});
    }
    scan.parts.push_back(
        {"other", std::string(1, codes::hibc::check_character(scan.data())), Part::Check::whole});
    return scan;
}

ValidScan ScanMaker::ifa() {
    ValidScan scan{"ifa", one_of({"]d1", ""}), {}};
    const std::string pzn = pzn_of(digits(7));
    if (one_in(4)) {
        return {"ifa", one_of({"]A0", ""}), {{"other", "-" + pzn, Part::Check::own}}};
    }
    const std::string ppn = "11" + pzn + codes::ifa::ppn_check("11" + pzn);
    scan.parts.push_back(
        {"separator",
         "[)>\x1e"
         "06\x1d"});
    scan.parts.push_back({"other", "9N" + ppn, Part::Check::own});
    scan.parts.push_back({"separator", "\x1d"});
    scan.parts.push_back({"", "1T"});
    scan.parts.push_back({"lot", characters(capitals.substr(0, 34), 1 + below(12))});
    scan.parts.push_back({"separator", "\x1d"});
    scan.parts.push_back({"", "D"});
    scan.parts.push_back({"expiry", yymmdd()});
    scan.parts.push_back({"separator", "\x1d"});
    scan.parts.push_back({"", "S"});
    scan.parts.push_back({"serial", digits(4 + below(12))});
    scan.parts.push_back({"separator", "\x1e\x04"});
    return scan;
}

ValidScan ScanMaker::numbers() {
    if (one_in(2)) {
        const auto type = static_cast<codes::TagType>(below(10));
        const std::string tag = codes::own_tag(type, static_cast<int>(below(10'000'000)));
        return {"own_tag", one_of({"]C0", ""}), {{"other", tag, Part::Check::own}}};
    }
    ValidScan scan{"drug_trace", one_of({"]C0", "]d1", ""}), {}};
    scan.parts.push_back({"other", "8" + digits(6)});
    scan.parts.push_back({"serial", digits(13)});
    return scan;
}

ValidScan ScanMaker::other_families() {
    if (one_in(3)) {
        return {"isbt128", one_of({"]C0", ""}), {{"other", "=A99970512345688", Part::Check::own}}};
    }
    ValidScan scan{"ma", one_of({"]Q1", ""}), {}};
    scan.parts.push_back({"other", "MA.156.M0.100761.2123456" + digits(1)});
    scan.parts.push_back({"other", ".L"});
    scan.parts.push_back({"lot", characters(capitals.substr(0, 34), 1 + below(10))});
    scan.parts.push_back({"other", ".S"});
    scan.parts.push_back({"serial", characters(capitals.substr(0, 34), 1 + below(10))});
    return scan;
}

ValidScan ScanMaker::digital_link() {
    ValidScan scan{"gs1_digital_link", one_of({"]Q1", ""}), {}};
    scan.parts.push_back(
        {"other", one_of({"https://id.gs1.org/01/", "https://example.com/a/01/"})});
    scan.parts.push_back({"gtin", gtin(), Part::Check::own});
    if (!one_in(3)) {
        scan.parts.push_back({"other", "/10/"});
        scan.parts.push_back({"lot", characters(capitals.substr(0, 34), 1 + below(12))});
    }
    if (!one_in(3)) {
        scan.parts.push_back({"other", "/21/"});
        scan.parts.push_back({"serial", characters(capitals.substr(0, 34), 1 + below(12))});
    }
    if (!one_in(3)) {
        scan.parts.push_back({"other", "?17="});
        scan.parts.push_back({"expiry", yymmdd()});
    }
    return scan;
}

ValidScan ScanMaker::scan() {
    switch (below(20)) {
    case 10:
        return other_families();
    case 0:
    case 11:
        return ean_upc();
    case 1:
    case 12:
        return hibc();
    case 2:
    case 13:
        return ifa();
    case 3:
    case 14:
        return numbers();
    case 4:
    case 15:
        return digital_link();
    default:
        return element_string();
    }
}

} // namespace cartwatch::test
