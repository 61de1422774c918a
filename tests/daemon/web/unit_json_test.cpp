#include "daemon/web/unit_json.hpp"
#include "scanner/codes/reader.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::unit_json_test {

using namespace cartwatch::web;

TEST_CASE("a code scanned into the form of what is sent is told for what it is", "[web]") {
    FakeProgram program = FakeProgram::of_pharmacy();
    auto& products = program.state.nodes.at("pharmacy").products;
    products.at("epi").identifiers = {{readiness::IdentifierKind::gtin, "06901234567892"}};
    products.at("norepi").identifiers = {{readiness::IdentifierKind::hospital, "NOREPI-1"}};
    Service service = program.service();
    service.parse = [](std::string_view text) {
        codes::ReadOptions options;
        options.as_of = day("2026-11-22");
        return codes::read(text, options);
    };
    const auto read = [&](const std::string& text, const std::string& subject = "epi") {
        return unit_json(service, ReadUnitBody{"ward-1", {"OR-1", subject}, text});
    };

    const Json asked = read("]d20106901234567892"
                            "17280131"
                            "10B2");
    CHECK(asked["fits"] == true);
    CHECK(asked["lot"] == "B2");
    CHECK(asked["last_usable_day"] == "2028-01-31");
    CHECK(asked["serial"].is_null());

    const Json other = read("NOREPI-1");
    CHECK(other["fits"] == false);
    CHECK(other["name"]["en"] == "Norepinephrine");

    CHECK(asked["product"].is_null());
    CHECK(other["product"].is_null());
    for (const int more_days : {0, -1}) {
        readiness::PublishedSubstitution word;
        word.substitution = {"epi", "norepi", day("2026-11-22"), "2 mg", "OR-1", "epi"};
        word.substitution.until += std::chrono::days(more_days);
        program.state.nodes.at("pharmacy").substitutions = {word};
        const Json instead = read("NOREPI-1");
        CHECK(instead["fits"] == (more_days == 0));
        CHECK(instead["product"] == (more_days == 0 ? Json("norepi") : Json(nullptr)));
        CHECK(instead["name"]["en"] == "Norepinephrine");
    }

    const Json unknown = read("nobody knows this");
    CHECK(unknown["fits"] == false);
    CHECK(unknown["name"].is_null());
    CHECK(
        read(
            "]d20106901234567892"
            "17280131"
            "10B2",
            "no line")["fits"]
        == false);
    CHECK(program.submitted.empty());
}

TEST_CASE("a pack that no ward could use is told as soon as it is scanned", "[web]") {
    FakeProgram program = FakeProgram::of_pharmacy();
    auto& pharmacy = program.state.nodes.at("pharmacy");
    pharmacy.products.at("epi").identifiers = {{readiness::IdentifierKind::gtin, "06901234567892"}};
    Service service = program.service(); // on 22 November
    service.parse = [](std::string_view text) {
        codes::ReadOptions options;
        options.as_of = day("2026-11-22");
        return codes::read(text, options);
    };
    const auto refusal_of = [&](const std::string& day_and_lot) {
        const std::string text = "]d20106901234567892" + day_and_lot;
        return unit_json(service, ReadUnitBody{"ward-1", {"OR-1", "epi"}, text})["refusal"];
    };

    CHECK(
        refusal_of("17261121"
                   "10B2")
        == "dispatch_expired");
    CHECK(refusal_of("17261122"
                     "10B2")
              .is_null());
    CHECK(refusal_of("10B2").is_null());

    readiness::IssuedRecall recall;
    recall.recall = {"epi", "B2"};
    pharmacy.recalls = {recall};
    CHECK(
        refusal_of("17261122"
                   "10B2")
        == "dispatch_recalled");
    CHECK(refusal_of("17261122"
                     "10B3")
              .is_null());
}

TEST_CASE("any pack scanned at the pharmacy is told by product and lot", "[web]") {
    FakeProgram program = FakeProgram::of_pharmacy();
    auto& products = program.state.nodes.at("pharmacy").products;
    products.at("epi").identifiers = {{readiness::IdentifierKind::gtin, "06901234567892"}};
    Service service = program.service();
    service.parse = [](std::string_view text) {
        codes::ReadOptions options;
        options.as_of = day("2026-11-22");
        return codes::read(text, options);
    };

    const Json known = pack_json(
        service,
        "]d20106901234567892"
        "17280131"
        "10B2");
    REQUIRE(known["products"].size() == 1);
    CHECK(known["products"][0]["id"] == "epi");
    CHECK(known["lot"] == "B2");
    CHECK(known["last_usable_day"] == "2028-01-31");

    const Json unknown = pack_json(service, "nobody knows this");
    CHECK(unknown["products"].empty());
    CHECK(unknown["lot"].is_null());
}

} // namespace cartwatch::unit_json_test
