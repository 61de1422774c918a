#include "daemon/imports/import.hpp"
#include "tests/daemon/imports/fault_texts.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::import_test {

using namespace cartwatch::imports;
using namespace cartwatch::readiness;

namespace {

Table table(std::vector<std::string> header, std::vector<std::vector<std::string>> rows) {
    Table result;
    result.header = std::move(header);
    int number = 1;
    for (auto& cells : rows) {
        result.rows.push_back({++number, std::move(cells)});
    }
    return result;
}

const std::vector<std::string> product_header = {"id", "kind", "name_zh", "unit", "gtins"};

} // namespace

TEST_CASE("a heading that was renamed is read as it was before, too", "[imports]") {
    const std::string heading = GENERATE("易混淆药品组", "看似听似组", "lasa_group");
    const auto events = read_products(table(
        {"id", "kind", "name_zh", "unit", heading},
        {{"epi", "药品", "肾上腺素", "支", "adrenaline"}}));
    REQUIRE(events);
    CHECK(std::get<ProductDefined>(events->front()).product.lasa_group == "adrenaline");
}

TEST_CASE("a product row becomes a definition", "[imports]") {
    const auto events = read_products(table(
        {"ID ", "类别", "名称", "单位", "商品条码", "高警示", "追溯码标识"},
        {{" epi",
          "药品",
          "肾上腺素注射液",
          "支",
          "6901234567892；09521234543213",
          "是",
          "8385793"}}));

    REQUIRE(events);
    REQUIRE(events->size() == 1);
    const Product& product = std::get<ProductDefined>(events->front()).product;
    CHECK(product.id == "epi");
    CHECK(product.name.zh == "肾上腺素注射液");
    CHECK(product.high_alert);
    CHECK(product.expires);
    CHECK(
        product.identifiers
        == std::vector<Identifier>{
            {IdentifierKind::gtin, "06901234567892"},
            {IdentifierKind::gtin, "09521234543213"},
            {IdentifierKind::drug_trace_prefix, "8385793"}});
}

TEST_CASE("every wrong row of products is named with its number and why", "[imports]") {
    const auto events = read_products(table(
        product_header,
        {
            {"a", "drug", "甲", "支", "6901234567893"},
            {"b c", "drug", "乙", "支", ""},
            {"d", "poison", "丁", "支", ""},
            {"e", "drug", "", "支", "123"},
            {"f", "drug", "己", "支", "6901234567892"},
            {"f", "drug", "己", "支", "06901234567892"},
            {"", "", "", ""},
        }));

    REQUIRE_FALSE(events);
    CHECK(
        texts(events.error())
        == std::vector<std::string>{
            "row 2: gtins 6901234567893 does not end in its check digit",
            "row 3: id \"b c\" must have 1 to 64 of A-Z a-z 0-9 . _ -",
            "row 4: kind \"poison\" is none of drug, consumable, device, 药品, 耗材, 器械",
            "row 5: name_zh is empty",
            "row 5: gtins \"123\" must have 8, 12, 13 or 14 digits",
            "row 7: id \"f\" stands in an earlier row",
            "row 7: 06901234567892 identifies f already",
            "row 8: id is empty",
            "row 8: kind is empty: must be one of drug, consumable, device",
            "row 8: name_zh is empty",
            "row 8: unit is empty"});
}

TEST_CASE("a sheet without a required column, or with one nobody knows, is refused", "[imports]") {
    const auto events = read_staff(table({"id", "name", "badge", "badge", "phone"}, {}));
    REQUIRE_FALSE(events);
    CHECK(
        texts(events.error())
        == std::vector<std::string>{
            "row 1: badge stands there twice",
            "row 1: phone is not a column of this sheet",
            "row 1: role is missing"});
}

TEST_CASE("people share no badge and no id", "[imports]") {
    const auto events = read_staff(table(
        {"id", "name", "role", "badge"},
        {{"N1", "张敏", "护士", "77"}, {"N1", "李娜", "nurse", "77"}, {"N2", "王芳", "boss", ""}}));
    REQUIRE_FALSE(events);
    CHECK(
        texts(events.error())
        == std::vector<std::string>{
            "row 3: id \"N1\" stands in an earlier row",
            "row 3: badge is another person's too",
            "row 4: role \"boss\" is none of nurse, head_nurse, pharmacist, manager, "
            "administrator, 护士, 护士长, 药师, 管理者, 管理员"});
}

namespace {

const std::vector<std::string> cart_header = {
    "cart",
    "cart_name_zh",
    "station",
    "station_name_zh",
    "row",
    "id",
    "product",
    "name_zh",
    "par",
    "critical",
    "service_due",
    "accessories",
    "lot",
    "last_usable_day",
    "quantity"};

} // namespace

TEST_CASE(
    "a cart sheet gives stations, carts with lines and devices, and opening stock", "[imports]") {
    const auto events = read_carts(table(
        cart_header,
        {
            {"OR-1",
             "抢救车",
             "OR",
             "手术室",
             "line",
             "epi",
             "epi",
             "",
             "10",
             "yes",
             "",
             "",
             "A1",
             "2027-06",
             "6"},
            {"OR-1",
             "抢救车",
             "OR",
             "手术室",
             "stock",
             "epi",
             "",
             "",
             "",
             "",
             "",
             "",
             "A2",
             "2027/08/01",
             "4"},
            {"OR-1",
             "抢救车",
             "OR",
             "手术室",
             "device",
             "defib",
             "",
             "除颤仪",
             "",
             "是",
             "2027-01-01",
             "pads:电极片:2027-11-30",
             "",
             "",
             ""},
            {"OR-2",
             "备用车",
             "OR",
             "手术室",
             "line",
             "epi",
             "epi",
             "",
             "0",
             "",
             "",
             "",
             "",
             "",
             ""},
        }));

    REQUIRE(events);
    REQUIRE(events->size() == 4);
    CHECK(std::get<StationDefined>((*events)[0]).station.name.zh == "手术室");
    const Cart& cart = std::get<CartDefined>((*events)[1]).cart;
    CHECK(cart.id == "OR-1");
    REQUIRE(cart.lines.size() == 1);
    CHECK(cart.lines[0].critical);
    REQUIRE(cart.devices.size() == 1);
    CHECK(cart.devices[0].service_due == parse_day("2027-01-01"));
    CHECK(cart.devices[0].accessories[0].last_usable_day == parse_day("2027-11-30"));
    const StockRecorded& stock = std::get<StockRecorded>((*events)[3]);
    REQUIRE(stock.holdings.size() == 2);
    CHECK(stock.holdings[0].last_usable_day == parse_day("2027-06-30"));
    CHECK(stock.holdings[1].last_usable_day == parse_day("2027-08-01"));
}

TEST_CASE("every wrong row of carts is named with its number and why", "[imports]") {
    const auto events = read_carts(table(
        cart_header,
        {
            {"OR-1",
             "抢救车",
             "OR",
             "手术室",
             "line",
             "epi",
             "epi",
             "",
             "10000",
             "",
             "",
             "",
             "",
             "",
             ""},
            {"OR-1",
             "别的车",
             "OR",
             "手术室",
             "line",
             "epi",
             "epi",
             "",
             "1",
             "maybe",
             "",
             "",
             "",
             "",
             ""},
            {"OR-1",
             "抢救车",
             "OR",
             "病房",
             "stock",
             "nope",
             "",
             "",
             "",
             "",
             "",
             "",
             "A",
             "2027-13",
             "1"},
            {"OR-1",
             "抢救车",
             "OR",
             "手术室",
             "device",
             "d",
             "",
             "除颤仪",
             "",
             "",
             "soon",
             "pads",
             "",
             "",
             ""},
            {"OR-1",
             "抢救车",
             "OR",
             "手术室",
             "stock",
             "epi",
             "",
             "",
             "",
             "",
             "",
             "",
             "A",
             "",
             "-1"},
            {"OR-1",
             "抢救车",
             "OR",
             "手术室",
             "stock",
             "epi",
             "",
             "",
             "",
             "",
             "",
             "",
             "A",
             "",
             "1"},
        }));

    REQUIRE_FALSE(events);
    CHECK(
        texts(events.error())
        == std::vector<std::string>{
            "row 2: par \"10000\": must be a whole number from 0 to 9999",
            "row 3: cart \"OR-1\" is described otherwise in an earlier row",
            "row 3: id \"epi\" stands on this cart in an earlier row",
            "row 3: critical \"maybe\" is none of yes, no, 是, 否",
            "row 4: station \"OR\" is described otherwise in an earlier row",
            "row 4: id \"nope\" is no line of this cart in an earlier row",
            "row 4: last_usable_day \"2027-13\" must be a date such as 2026-11-22 or 2026-11",
            "row 5: service_due \"soon\" must be a date such as 2026-11-22 or 2026-11",
            "row 5: accessories \"pads\" must be id:name:last-usable-day",
            "row 6: quantity \"-1\": must be a whole number from 0 to 9999",
            "row 7: lot stands on this line in an earlier row"});
}

TEST_CASE("a month on a label means its last day, in every way of writing it", "[imports]") {
    struct Example {
        const char* text;
        const char* day;
    };

    const auto example = GENERATE(values<Example>({
        {"2028-02", "2028-02-29"},
        {"2028/2", "2028-02-29"},
        {"2028-02-01", "2028-02-01"},
        {"20280201", "2028-02-01"},
        {"2028/2/1", "2028-02-01"},
        {"2028-02-30", nullptr},
        {"2028-00", nullptr},
        {"2028-02-01-01", nullptr},
        {"28-02-01", nullptr},
        {"2028", nullptr},
        {"-", nullptr},
    }));

    DYNAMIC_SECTION(example.text) {
        const auto events = read_carts(table(
            cart_header,
            {{"c",
              "车",
              "s",
              "站",
              "line",
              "l",
              "p",
              "",
              "1",
              "",
              "",
              "",
              "A",
              example.text,
              "1"}}));
        CHECK(events.has_value() == (example.day != nullptr));
        if (events && example.day) {
            CHECK(
                std::get<StockRecorded>(events->back()).holdings[0].last_usable_day
                == parse_day(example.day));
        }
    }
}

TEST_CASE("a dry run tells what is new, what changes and what stays", "[imports]") {
    NodeState node;
    node.products["a"].id = "a";
    node.products["a"].name.zh = "甲";
    node.products["a"].unit = "支";
    node.products["b"] = node.products["a"];
    node.products["b"].id = "b";

    const auto events = read_products(table(
        product_header,
        {{"a", "drug", "甲", "支", ""},
         {"b", "drug", "乙", "支", ""},
         {"c", "drug", "丙", "支", ""}}));
    REQUIRE(events);
    CHECK(changes_of(*events, node) == Changes{{"c"}, {"b"}, {"a"}});
}

TEST_CASE("a cart whose list is unchanged stays, whatever it holds", "[imports]") {
    const auto events = read_carts(table(
        cart_header, {{"c", "车", "s", "站", "line", "l", "p", "", "1", "", "", "", "", "", ""}}));
    REQUIRE(events);
    NodeState node;
    Cart known = std::get<CartDefined>((*events)[1]).cart;
    known.tag = "9000000010";
    known.lines[0].tag = "9200000012";
    known.lines[0].holdings.push_back({});
    known.last_full_check = *parse_day("2026-11-22");
    node.carts["c"] = known;

    CHECK(changes_of(*events, node).same == std::vector<std::string>{"c"});
    node.carts["c"].lines[0].par = 2;
    CHECK(changes_of(*events, node).changed == std::vector<std::string>{"c"});
}

namespace {

const std::vector<std::string> test_header = {
    "cart",
    "cart_name_zh",
    "station",
    "station_name_zh",
    "行类",
    "id",
    "name_zh",
    "测试项号",
    "单位",
    "下限",
    "上限",
    "设定值",
    "周期天数",
    "急救必备"};

std::vector<std::string> device_row() {
    return {"C", "车", "S", "站", "设备", "defib", "除颤仪", "", "", "", "", "", "", "是"};
}

// A test row of the defibrillator: id, unit, least, most, selected, interval.
std::vector<std::string> test_row(std::vector<std::string> cells) {
    std::vector<std::string> row{"C", "车", "S", "站", "测试", "defib", "测试"};
    row.insert(row.end(), cells.begin(), cells.end());
    row.emplace_back("");
    return row;
}

} // namespace

TEST_CASE("rows of tests stand below their device, in their order", "[imports][devices]") {
    const auto events = read_carts(table(
        test_header,
        {device_row(),
         test_row({"self", "", "", "", "", ""}),
         test_row({"o2", "MPa", "5", "15", "", "1"}),
         test_row({"energy", "J", "", "", "200", "30"})}));
    REQUIRE(events);
    const Device device = std::get<CartDefined>(events->at(1)).cart.devices.at(0);
    REQUIRE(device.tests.size() == 3);
    CHECK(device.tests[0].id == "self");
    CHECK_FALSE(device.tests[0].unit);
    CHECK(device.tests[0].critical);
    CHECK(device.tests[1].unit == TestUnit::megapascal);
    CHECK(device.tests[1].least == parse_amount("5"));
    CHECK(device.tests[1].most == parse_amount("15"));
    CHECK(device.tests[1].interval_days == 1);
    CHECK(device.tests[2].selected == parse_amount("200"));
    CHECK(device.tests[2].tolerance_percent == 15);
}

TEST_CASE("every wrong row of tests is named with its number and why", "[imports][devices]") {
    auto elsewhere = test_row({"x", "", "", "", "", ""});
    elsewhere[5] = "pump";
    const auto events = read_carts(table(
        test_header,
        {device_row(),
         test_row({"a", "bar", "", "", "", ""}),
         test_row({"b", "%", "", "", "", ""}),
         test_row({"c", "%", "101", "", "", ""}),
         test_row({"d", "%", "50", "40", "", ""}),
         test_row({"e", "", "50", "", "", ""}),
         test_row({"f", "%", "a lot", "", "", "0"}),
         test_row({"g", "", "", "", "", ""}),
         test_row({"g", "", "", "", "", ""}),
         elsewhere}));
    REQUIRE_FALSE(events);
    CHECK(
        texts(events.error())
        == std::vector<std::string>{
            "row 3: unit \"bar\" is none of %, MPa, kPa, J",
            "row 4: least is empty: a reading has a lowest, a highest or a selected value",
            "row 5: least \"101\" must be from 0 to 100 %",
            "row 6: most is below the lowest reading in order",
            "row 7: least needs a unit in this row",
            "row 8: interval_days \"0\": must be a whole number from 1 to 366",
            "row 8: least \"a lot\" must be a number such as 15 or 0.04, at most three places",
            "row 8: least is empty: a reading has a lowest, a highest or a selected value",
            "row 10: test \"g\" stands on this device in an earlier row",
            "row 11: id \"pump\" is no device of this cart in an earlier row"});
}

} // namespace cartwatch::import_test
