#include "scanner/codes/ean_upc.hpp"
#include "scanner/codes/reader.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <vector>

namespace cartwatch::reader_test {

using namespace cartwatch::codes;

namespace {

ReadOptions today() {
    ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    return options;
}

Reading read_today(std::string_view text) {
    return read(text, today());
}

bool warns(const Reading& reading, const std::string& warning) {
    return reading && std::count(reading->warnings.begin(), reading->warnings.end(), warning) == 1;
}

std::string family_or_rule(const Reading& reading) {
    return reading ? std::string(to_text(reading->family)) : reading.error().rule;
}

const std::string pack = "]d20109521234543213172612311"
                         "0ABC123\x1d"
                         "21SN0001";

struct FamilyExample {
    const char* text;
    const char* answer;
};

const std::vector<FamilyExample> family_examples = {
    {"", "empty"},
    {"\r\n", "empty"},
    {"   ", "empty"},
    {"NR", "empty"},
    {"hello world", "other"},
    {"肾上腺素 1 mg", "other"},
    {"https://example.com/help?id=5", "other"},
    {"]Q1https://example.com/", "other"},
    {"https://example.com", "other"},
    {"https://", "other"},
    {"https://example.com/2026/01/12", "other"},
    {"https://example.com/a/00", "other"},
    {"https://id.gs1.org/01/12", "bad_length"},
    {"https://id.gs1.org/01/09521234543214", "bad_check_digit"},
    {"https://example.com/01/09521234543213", "gs1_digital_link"},
    {"https://example.com/01/09521234543213/", "gs1_digital_link"},
    {"https://example.com/01/09521234543213#top", "gs1_digital_link"},
    {"HTTPS://example.com/01/09521234543213?x=1&17=261231", "gs1_digital_link"},
    {"https://example.com/01/09521234543213?17=261231&17=261231", "repeated_ai"},
    {"https://example.com/01/09521234543213?254=A", "dl_not_an_attribute"},
    {"https://example.com/01/09521234543213/22/A/235/B", "dl_bad_qualifier_order"},
    {"https://example.com/01/09521234543213/235/B", "gs1_digital_link"},
    {"https://example.com/01/09521234543213/10/A%1D21B", "bad_percent_encoding"},
    {"https://example.com/01/09521234543213/10/A%2", "bad_percent_encoding"},
    {"https://example.com/01/09521234543213/10/A%7C", "bad_charset"},
    {"https://example.com/01/09521234543213/10/", "other"},
    {"https://example.com/00/395212340000000120?3300=", "empty_ai"},
    {"https://example.com/01/09521234543213?240=A+B", "bad_charset"},
    {"https://id.gs1.org/10/L1", "dl_no_key"},
    {"\xFF\xFE\x80", "other"},
    {"12345", "other"},
    {"-03752865", "bad_pzn"},
    {"-0375286", "bad_pzn"},
    {"[)>\x1e"
     "06\x1d"
     "9N111234568409",
     "bad_check_digit"},
    {"[)>\x1e"
     "06\x1d"
     "9N",
     "bad_length"},
    {"[)>\x1e"
     "06\x1d"
     "9N111234568408\x1d"
     "D151317",
     "bad_date"},
    {"[)>\x1e"
     "06\x1d"
     "17V12345",
     "other"},
    {"+8613800138000", "other"},
    {"+1", "other"},
    {"+$", "other"},
    {"*+A123BJC5D6E71G*", "hibc"},
    {"+A123BJC5D6E71G", "hibc"},
    {"+A99912345/$$3280931LOT7H", "bad_date"},
    {"+/EU720060FF0/O523201/Z34H159/M9842431340V", "hibc"},
    {"+E203PB414109/$$8243280112R00089525J", "hibc"},
    {"123456789012345", "other"},
    {"9000000010", "own_tag"},
    {"]C09000000010", "own_tag"},
    {"9000000011", "bad_check_digit"},
    {"8000000010", "other"},
    {"6901234567892", "ean_upc"},
    {"6901234567893", "bad_check_digit"},
    {"]C06901234567892", "ean_upc"},
    {"]E4690123456789", "bad_length"},
    {"]E0", "bad_charset"},
    {"]I1123456", "other"},
    {"]I116901234567898", "bad_check_digit"},
    {"]E3690123456789212", "ean_upc"},
    {"]E3690123456789212345", "ean_upc"},
    {"]E36901234567892123", "bad_length"},
    {"86904879001208", "drug_code"},
    {"]C186904879001208", "unknown_ai"},
    {"]d2", "empty_ai"},
    {"]d2hello", "unknown_ai"},
    {"0109521234543213", "gs1"},
    {"0109521234543214", "other"},
    {"010952123454321417261231", "bad_check_digit"},
    {"]d10109521234543213", "gs1"},
    {"]e009521234543213", "gs1"},
    {"]e0(01)09521234543213(17)261231", "gs1"},
    {"(01)09521234543213", "gs1"},
    {"(01) 09521234543213 (17) 261231", "gs1"},
    {"(01)09521234543214", "bad_check_digit"},
    {"(see page 4)", "other"},
    {"(99", "other"},
    {"]d21726123110A", "required_ai_missing"},
    {"[)>\x1e"
     "05\x1d"
     "0109521234543213\x1e\x04",
     "gs1"},
    {"[)>^^05^]010952123454321310A^^^D", "gs1"},
    {"[)>\x1e"
     "05\x1d"
     "0109521234543214\x1e\x04",
     "bad_check_digit"},
    {"83857930000879766660", "drug_trace"},
    {"8385793 0000879 766660", "drug_trace"},
    {"8385793  0000879766660", "other"},
    {"药品追溯码：83857930000879766660", "drug_trace"},
    {"药品标识码：8385793 序列号：0000879766660", "drug_trace"},
    {"药品标识码：8385793序列号：000087976666", "bad_length"},
    {"药品标识码：8385793", "other"},
    {"838579300008797666600", "bad_length"},
    {"00395212340000000121", "bad_check_digit"},
};

} // namespace

TEST_CASE("framing around a scan is no part of its data", "[codes][reader]") {
    const auto text = GENERATE(
        as<std::string>(),
        pack + "\r\n",
        pack + "\r",
        pack + "\n",
        pack + "\t",
        "\x02" + pack + "\x03",
        "\x02" + pack + "\x03\r",
        pack + "\x04");
    const Reading reading = read_today(text);
    REQUIRE(reading);
    CHECK(reading->raw == text);
    CHECK(reading->gtin == "09521234543213");
    CHECK(reading->lot == "ABC123");
    CHECK(reading->serial == "SN0001");
    CHECK(reading->expiry == parse_day("2026-12-31"));
    CHECK(reading->symbology == "]d2");
    CHECK(reading->text == "(01)09521234543213(17)261231(10)ABC123(21)SN0001");
    CHECK(reading->warnings.empty());
}

TEST_CASE("a scan's family follows from its carrier, then from its shape", "[codes][reader]") {
    const auto example = GENERATE(from_range(family_examples));

    DYNAMIC_SECTION("'" << example.text << "'") {
        CHECK(family_or_rule(read_today(example.text)) == example.answer);
    }
}

TEST_CASE("two scans that arrive as one are refused", "[codes][reader]") {
    const auto text = GENERATE(
        as<std::string>(),
        "69012345678926901234567892",
        "6901234567892\r\n6901234567892\r\n",
        "6901234567892\t9000000010",
        "90000000109000000010",
        "6901234567892"
        "83857930000879766660",
        "8385793000087976666083857930000879766660",
        "]E06901234567892]E06901234567892",
        pack + pack,
        pack + "\r" + pack);
    const Reading reading = read_today(text);
    REQUIRE_FALSE(reading);
    CHECK(reading.error().rule == "merged_scan");
    CHECK(reading.error().raw == text);
}

TEST_CASE("lines of ordinary text are no merged scans", "[codes][reader]") {
    CHECK(family_or_rule(read_today("first line\r\nsecond line")) == "other");
    CHECK(family_or_rule(read_today("a table [x]A1 and more")) == "other");
}

TEST_CASE("Caps Lock is seen by the identifier and undone", "[codes][reader]") {
    const Reading reading = read_today("]D2010952123454321310abC1\x1d"
                                       "21x");
    REQUIRE(warns(reading, "caps_lock_inverted"));
    CHECK(reading->lot == "ABc1");
    CHECK(reading->serial == "X");
    CHECK(reading->symbology == "]d2");
    CHECK(warns(read_today("]c1010952123454321310a"), "caps_lock_inverted"));
    CHECK(warns(read_today("]q3010952123454321310a"), "caps_lock_inverted"));
    CHECK_FALSE(warns(read_today("]d2010952123454321310a"), "caps_lock_inverted"));
}

TEST_CASE("what stands for a lost separator is put back and told", "[codes][reader]") {
    const auto substitute = GENERATE(
        as<std::string>(),
        "^]",
        "|",
        "#",
        "@",
        "~",
        "$",
        "]",
        "^",
        " ",
        "{GS}",
        "<GS>",
        "\\x1d",
        "\\u001d",
        "\xE2\x90\x9D",
        "\xE2\x86\x94",
        "\xEF\x9C\x8B");
    const Reading reading = read_today(
        "0109521234543213172612311"
        "0ABC123"
        + substitute + "21SN0001");
    INFO("'" << substitute << "'");
    REQUIRE(warns(reading, "separator_replaced"));
    CHECK(reading->lot == "ABC123");
    CHECK(reading->serial == "SN0001");
    CHECK(reading->field("gs_substitute") == substitute);
}

TEST_CASE("characters that may be data are never taken for a separator", "[codes][reader]") {
    for (const char c : std::string("/_-.,;:!?%&*+=<>()\"'")) {
        INFO(c);
        const std::string lot = std::string("ABC") + c + "9";
        const Reading reading = read_today("]d201095212345432131726123110" + lot);
        REQUIRE(reading);
        CHECK(reading->lot == lot);
        CHECK_FALSE(warns(reading, "separator_replaced"));
    }
}

TEST_CASE("a scanner's own substitute counts as separator without a warning", "[codes][reader]") {
    ReadOptions options = today();
    options.scanner.gs_substitutes = {"/"};
    const Reading reading = read("]d2010952123454321310ABC/21S1", options);
    REQUIRE(reading);
    CHECK(reading->lot == "ABC");
    CHECK(reading->serial == "S1");
    CHECK(reading->warnings.empty());
}

TEST_CASE("one scanner does not replace separators by two different things", "[codes][reader]") {
    CHECK(family_or_rule(read_today("]d2010952123454321310A|21B#17261231")) == "bad_charset");
    CHECK(family_or_rule(read_today("]d2010952123454321310A\xC3\xA4")) == "bad_charset");
}

TEST_CASE("a component part's number may hold #", "[codes][reader]") {
    const Reading reading = read_today("]d280109521A#B");
    REQUIRE(reading);
    CHECK(reading->field("cpid") == "9521A#B");
    CHECK(reading->warnings.empty());
}

TEST_CASE(
    "a value that ends like further elements is told with the other reading", "[codes][reader]") {
    struct SuspectExample {
        const char* text;
        bool suspected;
    };

    const auto example = GENERATE(values<SuspectExample>({
        {"]d2010952123454321310ABC12317261231", true},
        {"]d2010952123454321310ABC12321SN1", true},
        {"]d2010952123454321321SN10LOT", true},
        {"]d2010952123454321310A0109521234543213", true},
        {"]d2010952123454321310A0106901234567893", false},
        {"]d2010952123454321310ABC12317261331", false},
        {"]d20109521234543213172612311"
         "0ABC17270101",
         false},
        {"]d2010952123454321310ABC", false},
        {"]d2010952123454321310A\x1d"
         "21B",
         false},
        {"]d201095212345432131726123110AB12\x1d"
         "2155",
         false},
    }));

    DYNAMIC_SECTION(example.text) {
        const Reading reading = read_today(example.text);
        REQUIRE(reading);
        CHECK(warns(reading, "missing_separator_suspected") == example.suspected);
        CHECK(reading->candidates.size() == (example.suspected ? 1U : 0U));
    }
}

TEST_CASE("digits of eight are told as both codes that they may be", "[codes][reader]") {
    const Reading reading = read_today("01234565");
    REQUIRE(reading);
    CHECK(reading->gtin.empty());
    REQUIRE(reading->candidates.size() == 2);
    CHECK(reading->candidates[0].gtin == "00000001234565");
    CHECK(reading->candidates[1].gtin == "00012345000065");
    CHECK(read_today("69012341")->gtin == "00000069012341");
}

TEST_CASE("a UPC-E stands for the UPC-A that its last digit describes", "[codes][ean]") {
    CHECK(ean_upc::expanded_upc_e("01234565") == "012345000065");
    CHECK(ean_upc::expanded_upc_e("04252614") == "042100005264");
    CHECK(ean_upc::expanded_upc_e("01234566").empty());
    CHECK(ean_upc::expanded_upc_e("21234565").empty());
    CHECK(ean_upc::expanded_upc_e("0123456").empty());
}

TEST_CASE(
    "fourteen digits of a drug code are told as both codes that they may be", "[codes][reader]") {
    const Reading reading = read_today("86904879001208");
    REQUIRE(reading);
    CHECK(reading->gtin.empty());
    REQUIRE(reading->candidates.size() == 2);
    CHECK(reading->candidates[0].family == Family::drug_code);
    CHECK(reading->candidates[1].gtin == "86904879001208");
}

TEST_CASE(
    "a lot and expiry in a symbol of their own need the code scanned before", "[codes][reader]") {
    const Reading product = read_today("6901234567892");
    REQUIRE(product);
    ReadOptions options = today();
    options.after = &*product;
    const Reading reading = read("]d21726123110A1", options);
    REQUIRE(reading);
    CHECK(reading->gtin.empty());
    CHECK(reading->lot == "A1");
    CHECK(reading->expiry == parse_day("2026-12-31"));
    CHECK(family_or_rule(read_today("]d21726123110A1")) == "required_ai_missing");
}

TEST_CASE(
    "an expiry with a time of day ends on its day, the earlier of two days counts",
    "[codes][reader]") {
    const Reading timed = read_today("]d2010952123454321370032611301200");
    REQUIRE(timed);
    CHECK(timed->expiry == parse_day("2026-11-30"));
    CHECK(timed->field("expiry_time") == "2026-11-30T12:00");
    const Reading both = read_today("]d201095212345432131726123170032611301200");
    REQUIRE(warns(both, "expiry_differs"));
    CHECK(both->expiry == parse_day("2026-11-30"));
    const Reading reversed = read_today("]d2010952123454321370032612311200\x1d"
                                        "17261130");
    REQUIRE(warns(reversed, "expiry_differs"));
    CHECK(reversed->expiry == parse_day("2026-11-30"));
}

TEST_CASE("measures carry the decimals that their identifier counts", "[codes][reader]") {
    const auto weight = [](const std::string& element) {
        return std::string(read_today("]d20109521234543213" + element)->field("net_weight_kg"));
    };
    CHECK(weight("3100001250") == "1250");
    CHECK(weight("3103001250") == "1.250");
    CHECK(weight("3105001250") == "0.01250");
    CHECK(weight("3103000000") == "0.000");
    CHECK(weight("3100000000") == "0");
}

TEST_CASE("a scan is read up to its longest and refused beyond", "[codes][limits]") {
    const auto answer = [](std::size_t length) {
        return family_or_rule(read_today(std::string(length, 'x')));
    };
    CHECK(answer(scan_length_max - 1) == "other");
    CHECK(answer(scan_length_max) == "other");
    CHECK(answer(scan_length_max + 1) == "too_long");
    CHECK(answer(scan_length_max * 100) == "too_long");
}

TEST_CASE("every printed number of our own tags reads back", "[codes][own]") {
    const auto type = GENERATE(range(0, 10));
    const auto number = GENERATE(0, 1, 42, 9'999'999);
    const Reading reading = read_today(own_tag(static_cast<TagType>(type), number));
    REQUIRE(reading);
    CHECK(reading->family == Family::own_tag);
    CHECK(reading->field("type") == to_text(static_cast<TagType>(type)));
    CHECK(reading->field("number") == std::to_string(number));
    CHECK(reading->gtin.empty());
}

TEST_CASE("two EAN-13 in one are told, though they read as an element string", "[codes]") {
    ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    const Reading reading = read("01358018373927661068038287", options);
    REQUIRE(reading.has_value());
    const auto& warnings = reading->warnings;
    CHECK(std::count(warnings.begin(), warnings.end(), "merged_scan_suspected") == 1);
    REQUIRE(reading->candidates.size() == 1);
    CHECK(reading->candidates.front().gtin == "00135801837392");
}

} // namespace cartwatch::reader_test
