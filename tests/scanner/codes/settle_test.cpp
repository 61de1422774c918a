// Goal: of several readings, what the house holds settles which is meant, and nothing else does.
#include "scanner/codes/reader.hpp"
#include "scanner/codes/settle.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::settle_test {

using namespace cartwatch::codes;

namespace {

ScannedCode read_here(std::string_view text, const ScannedCode* after = nullptr) {
    ReadOptions options;
    options.as_of = *parse_day("2026-11-22");
    options.after = after;
    const Reading reading = read(text, options);
    REQUIRE(reading);
    return *reading;
}

IsHeld holds_gtins(std::vector<std::string> gtins) {
    return [gtins = std::move(gtins)](const ScannedCode& code) {
        return std::find(gtins.begin(), gtins.end(), code.gtin) != gtins.end();
    };
}

IsHeld holds_lot(std::string lot) {
    return [lot = std::move(lot)](const ScannedCode& code) { return code.lot == lot; };
}

} // namespace

TEST_CASE("a scan with one reading is settled, whatever is held", "[codes][settle]") {
    const ScannedCode code = read_here("6901234567892");
    const auto one = settled(code, holds_gtins({}));
    REQUIRE(one);
    CHECK(*one == code);
    CHECK(readings_of(code) == std::vector<ScannedCode>{code});
}

TEST_CASE("eight digits are the code of the two that is held", "[codes][settle]") {
    const ScannedCode code = read_here("01234565");
    const std::string ean_8 = "00000001234565";
    const std::string upc_e = "00012345000065";

    struct SettleExample {
        const char* name;
        std::vector<std::string> held;
        std::string gtin; // empty: still ambiguous
    };

    const auto example = GENERATE_COPY(values<SettleExample>({
        {"the EAN-8", {ean_8}, ean_8},
        {"the UPC-E", {upc_e}, upc_e},
        {"both", {ean_8, upc_e}, ""},
        {"neither", {"06901234567892"}, ""},
    }));

    DYNAMIC_SECTION(example.name) {
        const auto one = settled(code, holds_gtins(example.held));
        REQUIRE(one.has_value() == !example.gtin.empty());
        CHECK((!one || one->gtin == example.gtin));
        CHECK((!one || one->candidates.empty()));
        CHECK((!one || one->raw == "01234565"));
    }
}

TEST_CASE("a drug code or a GTIN is the one that is held", "[codes][settle]") {
    const ScannedCode code = read_here("86904879001208");
    const auto as_drug = settled(
        code, [](const ScannedCode& one) { return one.field("drug_code") == "86904879001208"; });
    REQUIRE(as_drug);
    CHECK(as_drug->family == Family::drug_code);
    CHECK(as_drug->gtin.empty());
    const auto as_gtin = settled(code, holds_gtins({"86904879001208"}));
    REQUIRE(as_gtin);
    CHECK(as_gtin->family == Family::ean_upc);
    CHECK(as_gtin->field("level") == "8");
    CHECK_FALSE(settled(code, [](const ScannedCode&) { return true; }));
}

TEST_CASE("a trace code or an asset number keeps its parts when it is settled", "[codes][settle]") {
    const ScannedCode code = read_here("80049521230000000001");
    CHECK(code.serial.empty());
    const auto trace =
        settled(code, [](const ScannedCode& one) { return one.family == Family::drug_trace; });
    REQUIRE(trace);
    CHECK(trace->serial == "1230000000001");
    CHECK(trace->field("product_id") == "8004952");
    const auto asset = settled(
        code, [](const ScannedCode& one) { return one.field("giai") == "9521230000000001"; });
    REQUIRE(asset);
    CHECK(asset->family == Family::gs1);
}

TEST_CASE("where a separator may be lost, the lot that is held settles it", "[codes][settle]") {
    const ScannedCode code = read_here("]d2010952123454321310ABC12317261231");
    const auto whole = settled(code, holds_lot("ABC12317261231"));
    REQUIRE(whole);
    CHECK_FALSE(whole->expiry);
    const auto split = settled(code, holds_lot("ABC123"));
    REQUIRE(split);
    CHECK(split->expiry == parse_day("2026-12-31"));
    CHECK(split->gtin == "09521234543213");
    CHECK_FALSE(settled(code, holds_lot("XYZ")));
}

TEST_CASE("a text behind a product is its lot where that lot is held", "[codes][settle]") {
    const ScannedCode product = read_here("6901234567892");
    const ScannedCode code = read_here("10D9T", &product);
    const auto lot = settled(code, holds_lot("D9T"));
    REQUIRE(lot);
    CHECK(lot->family == Family::gs1);
    const auto text =
        settled(code, [](const ScannedCode& one) { return one.family == Family::other; });
    REQUIRE(text);
    CHECK(text->text == "10D9T");
    CHECK(text->lot.empty());
}

TEST_CASE("a reading taken for a candidate comes back as it was", "[codes][settle]") {
    const ScannedCode code = read_here("]d201095212345432131726123111260101"
                                       "10A\x1d"
                                       "21B\x1d"
                                       "240X");
    ScannedCode several = code;
    several.warnings = {"ambiguous"};
    several.candidates = {as_candidate(code)};
    const std::vector<ScannedCode> readings = readings_of(several);
    REQUIRE(readings.size() == 1);
    CHECK(readings.front().lot == "A");
    CHECK(readings.front().serial == "B");
    CHECK(readings.front().expiry == parse_day("2026-12-31"));
    CHECK(readings.front().production == parse_day("2026-01-01"));
    CHECK(readings.front().fields == code.fields);
}

} // namespace cartwatch::settle_test
