// Goal: the templates that people start from (schema/import) are taken as they are, and the page
// beside them names every column.
#include "daemon/imports/import.hpp"
#include "daemon/reports/sheet.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace cartwatch::templates_test {

using namespace cartwatch::readiness;

namespace {

const std::filesystem::path import_folder = support::in_source_tree("schema/import");

std::string file_text(const std::string& name) {
    std::ifstream stream(import_folder / name, std::ios::binary);
    REQUIRE(stream);
    return {std::istreambuf_iterator<char>(stream), {}};
}

imports::Table template_of(const std::string& what) {
    const std::string bytes = file_text(what + ".csv");
    CHECK(bytes.substr(0, 3) == "\xef\xbb\xbf"); // else spreadsheets take it for GBK
    const auto table = reports::read_sheet(bytes);
    REQUIRE(table);
    CHECK(table->rows.size() >= 2);
    return *table;
}

std::vector<Event> taken(const imports::Events& events) {
    if (!events) {
        for (const imports::RowFault& fault : events.error()) {
            UNSCOPED_INFO(fault.column << " " << fault.what);
        }
    }
    REQUIRE(events);
    return *events;
}

// Each column has its row in the section of its sheet, "| `id` | 品目编号 |", and nothing else has.
void check_described(const std::string& what, const imports::Table& table) {
    const std::string readme = file_text("README.md");
    const std::size_t begin = readme.find("## " + what + ".csv");
    REQUIRE(begin != std::string::npos);
    const std::string section = readme.substr(begin, readme.find("\n## ", begin) - begin);
    for (const std::string& header : table.header) {
        CAPTURE(header);
        CHECK(section.find("` | " + header + " |") != std::string::npos);
    }
    std::size_t described = 0;
    for (std::size_t at = 0; (at = section.find("\n| `", at)) != std::string::npos; ++at) {
        ++described;
    }
    CHECK(described == table.header.size());
}

} // namespace

TEST_CASE("the template of products is taken as it is", "[imports][templates]") {
    const auto table = template_of("products");
    const auto events = taken(imports::read_products(table));
    check_described("products", table);

    REQUIRE(events.size() == 2);
    const Product& drug = std::get<ProductDefined>(events[0]).product;
    CHECK(drug.kind == ProductKind::drug);
    CHECK(drug.name.zh == "肾上腺素注射液");
    CHECK(drug.high_alert);
    CHECK(drug.function == "circulation");
    CHECK(drug.identifiers.size() == 5);
    const Product& consumable = std::get<ProductDefined>(events[1]).product;
    CHECK(consumable.kind == ProductKind::consumable);
    CHECK(consumable.identifiers.size() == 3);
}

TEST_CASE("the template of carts is taken as it is", "[imports][templates]") {
    const auto table = template_of("carts");
    const auto events = taken(imports::read_carts(table));
    check_described("carts", table);

    REQUIRE(events.size() == 3);
    CHECK(std::get<StationDefined>(events[0]).station.name.zh == "手术室");
    const Cart& cart = std::get<CartDefined>(events[1]).cart;
    REQUIRE(cart.lines.size() == 1);
    CHECK(cart.lines[0].par == 10);
    CHECK(cart.lines[0].critical);
    REQUIRE(cart.devices.size() == 1);
    REQUIRE(cart.devices[0].accessories.size() == 2);
    CHECK(cart.devices[0].accessories[0].name.zh == "成人电极片");
    CHECK(cart.devices[0].accessories[0].last_usable_day == parse_day("2027-06-30"));
    CHECK(cart.devices[0].accessories[1].last_usable_day == std::nullopt);
    REQUIRE(cart.devices[0].tests.size() == 1);
    CHECK(cart.devices[0].tests[0].selected == parse_amount("200"));
    CHECK(cart.devices[0].calibration_due == parse_day("2027-06-30"));
    const auto& stock = std::get<StockRecorded>(events[2]);
    CHECK(stock.line == cart.lines[0].id);
    CHECK(stock.holdings.at(0).last_usable_day == parse_day("2027-11-30"));
}

TEST_CASE("the template of staff is taken as it is", "[imports][templates]") {
    const auto table = template_of("staff");
    const auto events = taken(imports::read_staff(table));
    check_described("staff", table);

    REQUIRE(events.size() == 2);
    CHECK(std::get<StaffDefined>(events[0]).staff.badge.empty());
    CHECK(std::get<StaffDefined>(events[1]).staff.role == Role::pharmacist);
}

} // namespace cartwatch::templates_test
