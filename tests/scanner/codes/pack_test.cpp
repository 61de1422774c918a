// Goal: codes of one pack become one item, and codes of two packs never do.
#include "scanner/codes/pack.hpp"
#include "tests/support/code_texts.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::pack_test {

using namespace cartwatch::codes;

namespace {

ReadOptions pack_options() {
    ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    return options;
}

ScannedCode read_pack(std::string_view text, const ScannedCode* after = nullptr) {
    ReadOptions options = pack_options();
    options.after = after;
    const Reading reading = read(text, options);
    REQUIRE(reading);
    return *reading;
}

std::vector<Reading> items(const std::vector<std::string>& texts) {
    return items_of(texts, pack_options());
}

std::string in_short(const Reading& reading) {
    if (!reading) {
        return reading.error().rule;
    }
    const std::string day = reading->expiry ? to_text(*reading->expiry) : "";
    return product_named_by(*reading) + "|" + reading->lot + "|" + day + "|" + reading->serial;
}

const std::string product = "6901234567892";
const std::string other_product = "5901234123457";
const std::string lot_and_expiry = "]C11726123110A1";
const std::string hibc_primary = "+A999123457";

std::string hibc_label(std::string text) {
    text += hibc::check_character(text);
    return text;
}

struct PictureExample {
    const char* name;
    std::vector<std::string> texts;
    std::vector<std::string> expected;
};

const std::vector<PictureExample> pictures = {
    {"one code", {product}, {"gtin:06901234567892|||"}},
    {"nothing", {}, {}},
    {"product, then lot and expiry",
     {product, lot_and_expiry},
     {"gtin:06901234567892|A1|2026-12-31|"}},
    {"lot and expiry, then product",
     {lot_and_expiry, product},
     {"gtin:06901234567892|A1|2026-12-31|"}},
    {"three symbols of one pack",
     {product, "]C117261231", "]C121S7"},
     {"gtin:06901234567892||2026-12-31|S7"}},
    {"the same symbol twice", {product, product}, {"gtin:06901234567892|||"}},
    {"EAN-13 and Data Matrix of one pack",
     {product,
      "]d20106901234567892172612311"
      "0A1"},
     {"gtin:06901234567892|A1|2026-12-31|"}},
    {"two products",
     {product, other_product},
     {"gtin:06901234567892|||", "gtin:05901234123457|||"}},
    {"two products and one lot",
     {product, other_product, lot_and_expiry},
     {"gtin:06901234567892|||", "gtin:05901234123457|||", "unpaired_code"}},
    {"two lots beside one product",
     {product, lot_and_expiry, "]C11727010110A2"},
     {"gtin:06901234567892|A1|2026-12-31|", "unpaired_code"}},
    {"two packs of one product, by serial",
     {"]d2010690123456789221S1", "]d2010690123456789221S2"},
     {"gtin:06901234567892|||S1", "gtin:06901234567892|||S2"}},
    {"two lots of one product",
     {"]d2010690123456789210A1", "]d2010690123456789210A2"},
     {"gtin:06901234567892|A1||", "gtin:06901234567892|A2||"}},
    {"a lot alone", {lot_and_expiry}, {"required_ai_missing"}},
    {"a product and a badge", {product, "9000000010"}, {"gtin:06901234567892|||", "|||"}},
    {"a lot beside a badge", {"9000000010", lot_and_expiry}, {"|||", "required_ai_missing"}},
    {"HIBC primary and secondary",
     {hibc_primary, hibc_label("+$$3280930LOT77")},
     {"di:A99912345|LOT7|2028-09-30|"}},
    {"HIBC secondary of another pack",
     {hibc_primary, hibc_label("+$$3280930LOT78")},
     {"di:A99912345|||", "bad_link_character"}},
    {"HIBC link that chooses among two packs",
     {hibc_primary, hibc_label("+A123BJC5D6E71"), hibc_label("+$$3280930LOT7G")},
     {"di:A99912345|||", "di:A123BJC5D6E71|LOT7|2028-09-30|"}},
    {"HIBC secondary beside a GTIN",
     {product, hibc_label("+$$3280930LOT77")},
     {"gtin:06901234567892|||", "|LOT7|2028-09-30|"}},
    {"GS1 lot beside an HIBC primary",
     {hibc_primary, lot_and_expiry},
     {"di:A99912345|||", "required_ai_missing"}},
    {"a product that is not settled, and a lot",
     {"01234565", lot_and_expiry},
     {"|||", "required_ai_missing"}},
    {"PZN in Code 39 and PPN message of one pack",
     {"-03752864",
      "[)>\x1e"
      "06\x1d"
      "9N110375286414\x1d"
      "1TAB\x1e\x04"},
     {"pzn:03752864|AB||"}},
    {"EAN-13 and trace code",
     {product, "83857930000879766660"},
     {"gtin:06901234567892|||", "product_id:8385793|||0000879766660"}},
    {"a secondary serial that needs the serial of the first symbol",
     {"]d2010690123456789221S1", "]C1250X"},
     {"gtin:06901234567892|||S1"}},
    {"a secondary serial without a serial",
     {product, "]C1250X"},
     {"gtin:06901234567892|||", "required_ai_missing"}},
};

} // namespace

TEST_CASE("the codes of a picture become the packs in it", "[codes][pack]") {
    const auto example = GENERATE(from_range(pictures));

    DYNAMIC_SECTION(example.name) {
        std::vector<std::string> found;
        for (const Reading& item : items(example.texts)) {
            found.push_back(in_short(item));
        }
        CHECK(found == example.expected);
    }
}

TEST_CASE("an item of two codes tells both", "[codes][pack]") {
    const std::vector<Reading> found = items({product, "]C11726123110A/1", "hello"});
    REQUIRE(found.size() == 2);
    REQUIRE(found[0]);
    CHECK(found[0]->raw == product);
    CHECK(found[0]->field("paired") == "]C11726123110A/1");
    CHECK(found[0]->field("gtin13") == "6901234567892");
    CHECK(found[0]->text == "6901234567892 (17)261231(10)A/1");
    CHECK(found[1]->family == Family::other);
}

TEST_CASE("what may not stand beside each other in one code may not in two", "[codes][pack]") {
    const ScannedCode provider = read_pack("]d28017952123400000000215");
    ReadOptions options = pack_options();
    options.after = &provider;
    const Reading recipient = read("]d28018952123400000000123", options);
    REQUIRE_FALSE(recipient);
    CHECK(recipient.error().rule == "mutually_exclusive_ai");
}

TEST_CASE("a warning of either code is a warning of the item", "[codes][pack]") {
    const ScannedCode first = read_pack(product);
    const ScannedCode second = read_pack("1726123110A1", &first);
    const auto item = paired(first, second);
    REQUIRE(item);
    CHECK(item->warnings == std::vector<std::string>{"recognised_by_shape"});
    const auto reversed = paired(second, first);
    REQUIRE(reversed);
    CHECK(*reversed == *item);
}

TEST_CASE("codes that contradict each other are no pair", "[codes][pack]") {
    const ScannedCode first = read_pack("]d201069012345678921726123110A1");
    const ScannedCode part = read_pack("]C11726123110A2", &first);
    CHECK_FALSE(paired(first, part));
    const ScannedCode date = read_pack("]C117270101", &first);
    CHECK_FALSE(paired(first, date));
    const ScannedCode same = read_pack("]C117261231", &first);
    CHECK(paired(first, same));
    CHECK_FALSE(paired(read_pack(product), read_pack(other_product)));
    CHECK_FALSE(paired(read_pack("hello"), read_pack(product)));
    CHECK_FALSE(paired(part, date));
}

TEST_CASE("what was read of a pack reads the same when written again", "[codes][pack]") {
    const auto text = GENERATE(
        as<std::string>(),
        "]d20106901234567892172612001024/1\x1d"
        "21B",
        "https://id.gs1.org/01/09521234543213/10/L%2F1?17=261231",
        "+A123ABCDEFGHI1234567891/$$420020216LOT123456789012345/SXYZ456789012345678/16D20130202$",
        "[)>\x1e"
        "06\x1d"
        "9N111234568408\x1d"
        "1T1A234B5\x1d"
        "D150617\x1d"
        "S1234567890123456\x1e\x04",
        "MA.156.M0.100761.21234561.SX8.M260117.LA1.E280130");
    const ScannedCode code = read_pack(text);
    const std::string again = support::written_again(code);
    REQUIRE_FALSE(again.empty());
    INFO(again);
    CHECK(support::tells_the_same(read_pack(again), code));
}

} // namespace cartwatch::pack_test
