#include "daemon/readiness/code_index.hpp"
#include "daemon/readiness/tags.hpp"
#include "scanner/codes/hibc.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/support/ward.hpp"

namespace cartwatch::lookup_test {

using namespace cartwatch::readiness;
using namespace cartwatch::support;

namespace {

codes::Reading reading_of(const Command& scan) {
    return std::get<Scan>(scan).reading;
}

std::string product_meant(const Ward& ward, const Command& scan, const Cart* on = nullptr) {
    const Meaning meaning = meaning_of(ward.state, reading_of(scan), on);
    const auto* products = std::get_if<MeansProducts>(&meaning);
    if (products == nullptr) {
        return "";
    }
    std::string ids;
    for (const Product* product : products->products) {
        ids += (ids.empty() ? "" : " ") + product->id;
    }
    return ids;
}

} // namespace

TEST_CASE("a product is known by every identifier that it bears") {
    Ward ward = a_ward();
    const std::string di = "MA.156.M0.100761.21234561";
    ward.define({ProductDefined{a_product("many")
                                    .gtin("6901234567892")
                                    .with(IdentifierKind::drug_code, "86904879001208")
                                    .with(IdentifierKind::udi_di, di)
                                    .with(IdentifierKind::hospital, "药 17")
                                    .with(IdentifierKind::hospital, "12345678")}});

    CHECK(product_meant(ward, a_gs1_scan("06901234567892")) == "many"); // 13 digits are 14
    CHECK(product_meant(ward, a_scan("86904879001208", codes::Family::drug_code)) == "many");
    CHECK(product_meant(ward, a_scan("药 17")) == "many");
    CHECK(product_meant(ward, a_scan(di, codes::Family::ma)) == "many");
    ScanBuilder longer = a_scan(di + ".LA1", codes::Family::ma);
    longer.code.fields.push_back({"di", di});
    CHECK(product_meant(ward, longer) == "many");
    CHECK(product_meant(ward, a_trace_scan("83857930000000000001")) == "ketamine");
    CHECK(product_meant(ward, a_trace_scan("83857940000000000001")).empty());
    CHECK(product_meant(ward, a_scan("药 18")).empty());
    // Eight digits that are no EAN-8, but the hospital's own code for it.
    CHECK(product_meant(ward, an_unreadable_scan("12345678")) == "many");
    CHECK(product_meant(ward, an_unreadable_scan("]C012345678")) == "many");
}

TEST_CASE("a product is known by its number in whatever code that stands") {
    Ward ward = a_ward();
    ward.define({ProductDefined{a_product("hibc").with(IdentifierKind::udi_di, "A99912345")}});
    ward.define(
        {ProductDefined{a_product("label").with(IdentifierKind::udi_di, "+A123BJC5D6E71G")}});
    ward.define({ProductDefined{a_product("ntin").gtin("04150037528643")}});
    ward.define({ProductDefined{a_product("ppn").with(IdentifierKind::udi_di, "111234568408")}});
    ward.define({ProductDefined{a_product("upc").gtin("012345000065").gtin("01234565")}});
    ward.define(
        {ProductDefined{a_product("blood").with(IdentifierKind::udi_di, "A9999XYZ100T0944")}});
    const auto meant = [&](const std::string& text) {
        codes::ReadOptions options;
        options.as_of = ward.context.today;
        return product_meant(ward, Scan{codes::read(text, options), false});
    };

    CHECK(meant("+A999123457") == "hibc");
    CHECK(meant("+A99912345/$$3280930LOT7G") == "hibc");
    CHECK(meant("+A123BJC5D6E71G") == "label");
    CHECK(
        meant(
            "+A123BJC5D6E71/$LOT7"
            + std::string(1, codes::hibc::check_character("+A123BJC5D6E71/$LOT7")))
        == "label");
    CHECK(meant("-03752864") == "ntin");
    CHECK(meant("]d20104150037528643") == "ntin");
    CHECK(
        meant("[)>\x1e"
              "06\x1d"
              "9N111234568408\x1e\x04")
        == "ppn");
    CHECK(meant("012345000065") == "upc");
    CHECK(meant("0012345000065") == "upc");
    CHECK(meant("01234565") == "upc"); // both of its readings are this product
    CHECK(meant("=/A9999XYZ100T0944=,000025=>014032") == "blood");
    CHECK(meant("5901234123457").empty());
}

TEST_CASE("equipment and badges are known by their GS1 key in any symbol") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    cart.devices.push_back(a_device("monitor").code("952123MON7"));
    ward.define(
        {CartDefined{cart}, StaffDefined{a_person("N7", Role::nurse, "952123400000000123")}});
    for (const char* text :
         {"]C18004952123MON7",
          "]d28004952123MON7",
          "(8004)952123MON7",
          "https://id.gs1.org/8004/952123MON7",
          "952123MON7"}) {
        codes::ReadOptions options;
        options.as_of = ward.context.today;
        const Meaning meaning = meaning_of(ward.state, codes::read(text, options));
        INFO(text);
        REQUIRE(std::holds_alternative<MeansDevice>(meaning));
        CHECK(std::get<MeansDevice>(meaning).device->id == "monitor");
    }
    codes::ReadOptions options;
    options.as_of = ward.context.today;
    CHECK(std::holds_alternative<MeansStaff>(
        meaning_of(ward.state, codes::read("]d28018952123400000000123", options))));
}

TEST_CASE("of several readings the cart's list settles which is meant") {
    Ward ward = a_ward();
    ScanBuilder scan = a_gs1_scan(epi);
    scan.code.candidates.push_back({codes::Family::ean_upc, dopamine, {}});

    CHECK(product_meant(ward, scan) == "epi dopamine");
    CHECK(product_meant(ward, scan, &ward.cart("OR-1")) == "epi");
    CHECK(product_meant(ward, scan, &ward.cart("OR-2")) == "dopamine");

    AND_WHEN("both are on the list, nothing is counted") {
        scan.code.candidates.front().gtin = atropine;
        ward.open();
        const Reply reply = ward.run(scan);
        CHECK(reply.message == "ambiguous_code");
        CHECK(reply.verdict == Verdict::unclear);
        CHECK(reply.values.at("names_en") == "Epinephrine, atropine");
        CHECK(ward.check().progress.lines.empty());
    }
}

TEST_CASE("a hospital's own badge is known byte for byte") {
    Ward ward = a_ward();
    ward.define({StaffDefined{a_person("N5", Role::nurse, "12345678")}});
    CHECK(ward.run(an_unreadable_scan("12345678")).message == "badge_known");
    CHECK(ward.session.staff == "N5");
    CHECK(ward.run(an_unreadable_scan("12345679")).message == "unreadable");
}

TEST_CASE("a badge that passed on means the person who is not retired") {
    Ward ward = a_ward();
    ward.define({
        StaffDefined{a_person("N5", Role::nurse, "B-5", true)},
        StaffDefined{a_person("N6", Role::nurse, "B-5")},
    });
    ward.run(a_scan("B-5"));
    CHECK(ward.session.staff == "N6");
}

TEST_CASE("what is no longer borne is found no longer") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    const std::string old_code = "ASSET-77";
    REQUIRE(std::holds_alternative<MeansDevice>(
        meaning_of(ward.state, reading_of(a_scan(old_code)), nullptr)));
    for (Device& device : cart.devices) {
        device.code = device.code == old_code ? "ASSET-78" : device.code;
    }
    ward.define({CartDefined{cart}});
    CHECK_FALSE(std::holds_alternative<MeansDevice>(
        meaning_of(ward.state, reading_of(a_scan(old_code)), nullptr)));

    Bearers bearers;
    bearers.put("one", {"S1", "S2"});
    bearers.put("two", {"S2"});
    bearers.put("one", {"S3"});
    CHECK(bearers.with("S1").empty());
    CHECK(bearers.with("S2") == std::vector<std::string>{"two"});
    CHECK(bearers.with("S3") == std::vector<std::string>{"one"});
}

TEST_CASE("a node's own definition stands in for the pharmacy's") {
    Ward ward = a_ward();
    ward.receive("pharmacy", ProductDefined{a_product("epi").strength("pharmacy").gtin(epi)});
    ward.receive("pharmacy", ProductDefined{a_product("other").gtin(gtin_of(50))});
    CHECK(find_product(ward.state, "ward-3f", "epi")->strength.empty());
    CHECK(product_meant(ward, a_gs1_scan(gtin_of(50))) == "other");
    CHECK(find_product(ward.state, "ward-3f", "none") == nullptr);
    CHECK(find_badge(ward.state, "ward-3f", "none") == nullptr);
    CHECK(sources_for(ward.state, "pharmacy").size() == 1);
}

TEST_CASE("the pharmacy's policy is the one in force, where it has one") {
    Ward ward = a_ward();
    Policy own;
    own.check_interval_days = 3;
    ward.define({PolicyChanged{own}});
    CHECK(policy_for(ward.state, "ward-3f").check_interval_days == 3);
    own.check_interval_days = 5;
    ward.receive("pharmacy", PolicyChanged{own});
    CHECK(policy_for(ward.state, "ward-3f").check_interval_days == 5);
}

TEST_CASE("a line whose product has not arrived yet is shown by its id") {
    Ward ward = a_ward();
    Cart cart = ward.cart("OR-1");
    cart.lines.push_back(a_line("coming-soon"));
    ward.record(CartDefined{cart});
    ward.open();
    CHECK(ward.run(SelectLine{"coming-soon", ""}).values.at("name") == "coming-soon");
    CHECK(ward.run(EnterQuantity{3, ""}).message == "enter_expiry");
}

TEST_CASE("a tag's series and number") {
    const auto series = series_of(codes::own_tag(codes::TagType::line, 9'990'007));
    REQUIRE(series);
    CHECK(series->first == TagSeries{codes::TagType::line, 999});
    CHECK(series->second == 7);
    CHECK_FALSE(series_of("12345"));
    CHECK(as_gtin14("96385074") == "00000096385074");
    CHECK(as_gtin14("12ab") == "12ab");
}

TEST_CASE("a code is linked by what it is looked up by") {
    struct Row {
        const char* text;
        IdentifierKind kind;
        const char* value;
    };

    const auto row = GENERATE(values<Row>({
        {"]d201095212345432131727123110A1", IdentifierKind::gtin, "09521234543213"},
        {"6901234567892", IdentifierKind::gtin, "06901234567892"},
        {"87654320000879766660", IdentifierKind::drug_trace_prefix, "8765432"},
        {"8765432-0000879766660", IdentifierKind::drug_trace_prefix, "8765432"},
        {"８７６５４３２００００８７９７６６６６０", IdentifierKind::drug_trace_prefix, "8765432"},
        {"药品追溯码：8765 4320 0008 7976 6660", IdentifierKind::drug_trace_prefix, "8765432"},
        {"]C0HOSP-17", IdentifierKind::hospital, "HOSP-17"},
        {"]d20109521234543210", IdentifierKind::hospital, "0109521234543210"}, // wrong check digit
    }));
    codes::ReadOptions options;
    options.as_of = day("2026-11-22");
    const codes::Reading reading = codes::read(row.text, options);
    const Identifier linked = identifier_to_link(reading);
    INFO(row.text << " as " << linked.value);
    CHECK(linked.kind == row.kind);
    CHECK(linked.value == row.value);

    Ward ward = a_ward();
    ward.record(CodeLinked{"blade", linked});
    const Meaning meaning = meaning_of(ward.state, reading);
    const auto* found = std::get_if<MeansProducts>(&meaning);
    REQUIRE(found != nullptr);
    CHECK(found->products.front()->id == "blade");
}

} // namespace cartwatch::lookup_test
