#include "scanner/codes/reader.hpp"
#include "scanner/devices/scanner_check.hpp"
#include "tests/scanner/devices/typing_scanner.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::scanner_check_test {

using namespace cartwatch::devices;

namespace {

// A scanner as it may be set, by what it sends for each test code.
struct Setup {
    ScannerProfile profile;
    std::array<std::string, 3> identifiers; // by TestCode
};

const std::array<std::string, 3> no_marks = {"", "", ""};
const std::array<std::string, 3> aim_marks = {"]C0", "]C0", "]d2"};
const std::array<std::string, 3> letter_marks = {"D", "D", "P00"};

std::string with_case(std::string text, Letters letters) {
    for (char& c : text) {
        const bool small = c >= 'a' && c <= 'z';
        const bool capital = c >= 'A' && c <= 'Z';
        if ((letters == Letters::upper && small) || (letters == Letters::lower && capital)
            || (letters == Letters::inverted && (small || capital))) {
            c = static_cast<char>(c ^ 0x20);
        }
    }
    return text;
}

std::string with_separator(std::string text, const std::string& separator) {
    if (const auto at = text.find('\x1d'); at != std::string::npos) {
        text.replace(at, 1, separator);
    }
    return text;
}

// What the machine gets: typed key by key on the scanner's layout, read by another.
std::string arriving(const Setup& setup, TestCode code, Layout read_as) {
    const auto& mark = setup.identifiers.at(static_cast<std::size_t>(code));
    const std::string data = with_separator(std::string(test_data(code)), setup.profile.separator);
    const std::string text =
        setup.profile.prefix + with_case(mark + data, setup.profile.letters) + setup.profile.suffix;
    test::TypingScanner scanner(setup.profile.layout);
    scanner.text(text).tap(KEY_ENTER);
    KeyTextOptions options;
    options.layout = read_as;
    const auto scans = test::scans_of(scanner, options);
    REQUIRE(scans.size() == 1);
    return scans.front().text;
}

CheckedScanner answers_of(const Setup& setup, Layout read_as = Layout::us) {
    CheckedScanner scanner;
    scanner.read_as = read_as;
    for (const TestCode code : test_codes) {
        scanner.answers.at(static_cast<std::size_t>(code)) =
            TestAnswer{arriving(setup, code, read_as), true, 4};
    }
    return scanner;
}

std::vector<std::string> names(const Checkup& checkup) {
    std::vector<std::string> found;
    for (const ScannerFault& fault : checkup.faults) {
        found.push_back(
            std::string(to_text(fault.grade)) + " " + std::string(to_text(fault.fault)));
    }
    return found;
}

using Names = std::vector<std::string>;

Setup setup_with(
    const std::array<std::string, 3>& marks, Identifiers identifiers = Identifiers::none) {
    Setup setup;
    setup.identifiers = marks;
    setup.profile.identifiers = identifiers;
    return setup;
}

} // namespace

TEST_CASE("the first test code is the house tag of the scanner test") {
    CHECK(test_data(TestCode::digits) == codes::own_tag(codes::TagType::scanner_test, 1));
}

TEST_CASE("a scanner in order has nothing to mend, and its profile says so") {
    const Setup setup = setup_with(aim_marks, Identifiers::aim);
    const Checkup checkup = check_up(answers_of(setup));
    CHECK(names(checkup).empty());
    CHECK(checkup.profile == setup.profile);
    CHECK(checkup.readable == std::array<bool, 3>{true, true, true});
}

TEST_CASE("a check finds every mixture of settings again, and undoing them gives the data") {
    int tried = 0;
    for (const Layout layout : {Layout::us, Layout::uk, Layout::de, Layout::fr}) {
        for (const Letters letters : {Letters::as_printed, Letters::inverted, Letters::upper}) {
            for (const auto& [marks, identifiers] :
                 {std::pair(no_marks, Identifiers::none),
                  std::pair(aim_marks, Identifiers::aim),
                  std::pair(letter_marks, Identifiers::letter)}) {
                for (const std::string separator : {"\x1d", "|", "{GS}", "/", ""}) {
                    for (const std::string prefix : {"", "S1:"}) {
                        for (const std::string suffix : {"", "*"}) {
                            Setup setup = setup_with(marks, identifiers);
                            setup.profile.layout = layout;
                            setup.profile.letters = letters;
                            setup.profile.separator = separator;
                            setup.profile.prefix = prefix;
                            setup.profile.suffix = suffix;
                            CAPTURE(to_text(layout), to_text(letters), separator, prefix, suffix);
                            const Checkup checkup = check_up(answers_of(setup, layout));
                            REQUIRE(checkup.profile == setup.profile);
                            const std::string undone = without_habits(
                                *checkup.profile, arriving(setup, TestCode::letters, layout));
                            const std::string data(test_data(TestCode::letters));
                            const std::string mark =
                                identifiers == Identifiers::letter ? "D" : marks[1];
                            REQUIRE(
                                undone
                                == (letters == Letters::upper ? with_case(mark + data, letters)
                                                              : mark + data));
                            ++tried;
                        }
                    }
                }
            }
        }
    }
    CHECK(tried == 4 * 3 * 3 * 5 * 2 * 2);
}

TEST_CASE("whatever layout a scanner types on and the machine reads by, the layout is told") {
    const Layout typed = GENERATE(Layout::us, Layout::uk, Layout::de, Layout::fr);
    const Layout read_as = GENERATE(Layout::us, Layout::uk, Layout::de, Layout::fr);
    Setup setup = setup_with(no_marks);
    setup.profile.layout = typed;
    CAPTURE(to_text(typed), to_text(read_as));
    const Checkup checkup = check_up(answers_of(setup, read_as));
    REQUIRE(checkup.profile.has_value());
    CHECK(checkup.profile->layout == typed);
    const bool told =
        std::any_of(checkup.faults.begin(), checkup.faults.end(), [&](const ScannerFault& fault) {
            return fault.fault == Fault::layout && fault.detail == to_text(typed);
        });
    CHECK(told == (typed != read_as));
}

TEST_CASE("digits of the keypad are the same on every layout, and the letters tell which it is") {
    CheckedScanner scanner;
    scanner.read_as = Layout::us;
    scanner.answers[0] = TestAnswer{"9900000011", true, 4};
    scanner.answers[1] = TestAnswer{retyped(test_data(TestCode::letters), Layout::fr, Layout::us)};
    std::string gs1;
    for (const char c : test_data(TestCode::gs1)) {
        const std::string one(1, c);
        gs1 += (c >= '0' && c <= '9') ? one : retyped(one, Layout::fr, Layout::us);
    }
    scanner.answers[2] = TestAnswer{gs1};
    const Checkup checkup = check_up(scanner);
    REQUIRE(checkup.profile.has_value());
    CHECK(checkup.profile->layout == Layout::fr);
    CHECK(checkup.profile->separator == "\x1d");
}

TEST_CASE("each single fault is named with its grade and the setting that mends it") {
    struct Example {
        const char* name;
        std::array<std::string, 3> texts;
        Names expected;
        SettingSheet sheet;
    };

    const auto example = GENERATE(values<Example>({
        {"separator lost",
         {"]C09900000011", "]C0aQzWyM/-@#;", "]d2010952123454321310Zy-4a21Q7/m"},
         {"required separator_lost"},
         SettingSheet::send_control_characters},
        {"separator replaced by a bar",
         {"]C09900000011", "]C0aQzWyM/-@#;", "]d2010952123454321310Zy-4a|21Q7/m"},
         {"handled separator_replaced"},
         SettingSheet::send_control_characters},
        {"separator replaced by what may be data",
         {"]C09900000011", "]C0aQzWyM/-@#;", "]d2010952123454321310Zy-4a_21Q7/m"},
         {"required separator_ambiguous"},
         SettingSheet::send_control_characters},
        {"Caps Lock",
         {"]c09900000011",
          "]c0AqZwYm/-@#;",
          "]D2010952123454321310zY-4A\x1d"
          "21q7/M"},
         {"handled letters_inverted"},
         SettingSheet::caps_lock_off},
        {"capitals only",
         {"]C09900000011",
          "]C0AQZWYM/-@#;",
          "]D2010952123454321310ZY-4A\x1d"
          "21Q7/M"},
         {"required letters_upper"},
         SettingSheet::case_as_printed},
        {"small letters only",
         {"]c09900000011",
          "]c0aqzwym/-@#;",
          "]d2010952123454321310zy-4a\x1d"
          "21q7/m"},
         {"required letters_lower"},
         SettingSheet::case_as_printed},
        {"identifiers of another kind",
         {"j9900000011",
          "jaQzWyM/-@#;",
          "w010952123454321310Zy-4a\x1d"
          "21Q7/m"},
         {"required unknown_identifiers"},
         SettingSheet::aim_identifiers_on},
        {"an input method",
         {"]C09900000011",
          "]C0aQzWyM/-@#;",
          "】d2010952123454321310Zy-4a\x1d"
          "21Q7/m"},
         {"required input_method"},
         SettingSheet::input_method_off},
        {"what is behind the data changes",
         {"]C09900000011",
          "]C0aQzWyM/-@#;*",
          "]d2010952123454321310Zy-4a\x1d"
          "21Q7/m"},
         {"required changing_frame"},
         SettingSheet::factory_defaults},
        {"a leading separator is the code's own mark",
         {"]C09900000011",
          "]C0aQzWyM/-@#;",
          "]d2\x1d"
          "010952123454321310Zy-4a\x1d"
          "21Q7/m"},
         {},
         SettingSheet::none},
    }));
    CAPTURE(example.name);
    CheckedScanner scanner;
    for (std::size_t i = 0; i < 3; ++i) {
        scanner.answers.at(i) = TestAnswer{example.texts.at(i), true, 4};
    }
    const Checkup checkup = check_up(scanner);
    CHECK(names(checkup) == example.expected);
    if (!checkup.faults.empty()) {
        CHECK(checkup.faults.front().sheet == example.sheet);
    }
}

TEST_CASE("an answer that nothing explains is unreadable, and no profile is made of the rest") {
    CheckedScanner scanner = answers_of(setup_with(aim_marks, Identifiers::aim));
    const std::string broken = GENERATE("", "x", "]C0990000001", "]C0 9 9 0 0 0 0 0 0 1 1");
    scanner.answers[0] = TestAnswer{broken, true, 4};
    const Checkup checkup = check_up(scanner);
    CHECK(names(checkup) == Names{"required unreadable"});
    CHECK(checkup.faults.front().code == TestCode::digits);
    CHECK_FALSE(checkup.profile.has_value());
    CHECK_FALSE(checkup.readable[0]);
}

TEST_CASE("the answer to another code is called that") {
    CheckedScanner scanner = answers_of(setup_with(aim_marks, Identifiers::aim));
    scanner.answers[2] = scanner.answers[1];
    const Checkup checkup = check_up(scanner);
    CHECK(names(checkup) == Names{"required other_code"});
    CHECK_FALSE(checkup.profile.has_value());
}

TEST_CASE("a check that is not finished has findings and no profile") {
    CheckedScanner scanner = answers_of(setup_with(no_marks));
    scanner.answers[2].reset();
    const Checkup checkup = check_up(scanner);
    CHECK(names(checkup) == Names{"advised no_identifiers"});
    CHECK_FALSE(checkup.profile.has_value());
    CHECK(check_up(CheckedScanner{}) == Checkup{});
}

TEST_CASE("a scan that silence ends is a fault in the page and an advice elsewhere") {
    CheckedScanner scanner = answers_of(setup_with(aim_marks, Identifiers::aim));
    scanner.answers[1]->line_end = false;
    CHECK(names(check_up(scanner)) == Names{"advised no_line_end"});
    scanner.in_page = true;
    const Checkup checkup = check_up(scanner);
    CHECK(names(checkup) == Names{"required no_line_end"});
    CHECK_FALSE(checkup.profile->line_end);
}

TEST_CASE("slow typing is told from just over the limit") {
    CheckedScanner scanner = answers_of(setup_with(aim_marks, Identifiers::aim));
    for (const auto& [gap, slow] :
         {std::pair(slow_gap_ms - 1, false),
          {slow_gap_ms, false},
          {slow_gap_ms + 1, true},
          {1e9, true}}) {
        scanner.answers[0]->longest_gap_ms = gap;
        CHECK(names(check_up(scanner)) == (slow ? Names{"advised slow"} : Names{}));
    }
}

TEST_CASE("what stands around the data is a frame up to its limit, and no further") {
    for (const std::size_t length :
         {frame_bytes_max - 1, frame_bytes_max, frame_bytes_max + 1, std::size_t{4000}}) {
        CheckedScanner scanner;
        const std::string prefix(length, '+');
        for (const TestCode code : test_codes) {
            scanner.answers.at(static_cast<std::size_t>(code)) =
                TestAnswer{prefix + std::string(test_data(code)), true, 4};
        }
        const Checkup checkup = check_up(scanner);
        CHECK(checkup.profile.has_value() == (length <= frame_bytes_max));
    }
}

TEST_CASE("bytes of a serial scanner have no layout") {
    CheckedScanner scanner = answers_of(setup_with(aim_marks, Identifiers::aim), Layout::us);
    scanner.keyboard = false;
    scanner.answers[1]->text = "]C0qQwWzM/-@#;"; // as typed by French keys, which it has not
    const Checkup checkup = check_up(scanner);
    CHECK(names(checkup) == Names{"required unreadable"});
}

TEST_CASE("a profile's settings make the reader read what this scanner sends") {
    Setup setup = setup_with(letter_marks, Identifiers::letter);
    setup.profile.separator = "|";
    setup.profile.prefix = "S1:";
    setup.profile.letters = Letters::inverted;
    const Checkup checkup = check_up(answers_of(setup));
    REQUIRE(checkup.profile == setup.profile);
    codes::ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    options.scanner = reader_settings(*checkup.profile);
    const auto reading =
        codes::read(without_habits(*checkup.profile, "S1:k010952123454321310Ab1|21x9"), options);
    REQUIRE(reading.has_value());
    CHECK(reading->gtin == "09521234543213");
    CHECK(reading->lot == "aB1");
    CHECK(reading->serial == "X9");
}

TEST_CASE("habits that a scan does not show are not missed") {
    ScannerProfile profile;
    profile.prefix = "S1:";
    profile.suffix = "*";
    CHECK(without_habits(profile, "9900000011") == "9900000011");
    CHECK(without_habits(profile, "S1:*") == "");
    CHECK(without_habits(profile, "") == "");
    CHECK(without_habits(profile, "S1:S1:9*") == "S1:9");
}

} // namespace cartwatch::scanner_check_test
