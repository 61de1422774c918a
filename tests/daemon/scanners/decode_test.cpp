// Goal: `cartwatch decode` prints what `read` prints, and a bad picture never hides a good one.
#include "daemon/commands/decode.hpp"
#include "tests/scanner/pictures/drawing.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>

namespace cartwatch::decode_test {

using commands::DecodeArguments;
using drawing::Kind;

namespace {

struct Outcome {
    int status;
    std::vector<nlohmann::json> lines;
    std::string errors;
};

Outcome decode(std::vector<std::string> images) {
    DecodeArguments arguments;
    arguments.images = std::move(images);
    arguments.as_of = *parse_day("2026-11-22");
    arguments.decoder.program = CARTWATCH_SCANNER_PROGRAM;
    std::ostringstream out;
    std::ostringstream err;
    Outcome outcome{commands::run_decode(arguments, out, err), {}, err.str()};
    std::istringstream lines(out.str());
    for (std::string line; std::getline(lines, line);) {
        outcome.lines.push_back(nlohmann::json::parse(line));
    }
    return outcome;
}

} // namespace

TEST_CASE("decode prints each symbol as read does, with its picture and corners") {
    support::TemporaryFolder folder;
    auto picture = drawing::paper(900, 300);
    drawing::paste(
        picture,
        drawing::symbol(Kind::gs1_data_matrix, "[01]09521234543213[17]261231[10]ABC123", 2),
        40,
        60);
    drawing::paste(picture, drawing::symbol(Kind::ean_13, "690123456789", 2), 300, 70);
    const std::string image = folder / "two.png";
    drawing::write_file(image, drawing::to_png(picture));

    const auto outcome = decode({image});

    CHECK(outcome.status == 0);
    CHECK(outcome.errors.empty());
    REQUIRE(outcome.lines.size() == 2);
    const auto& first = outcome.lines[0];
    CHECK(first["raw"] == "]d201095212345432131726123110ABC123");
    CHECK(first["symbology"] == "]d2");
    CHECK(first["family"] == "gs1");
    CHECK(first["gtin"] == "09521234543213");
    CHECK(first["lot"] == "ABC123");
    CHECK(first["expiry"] == "2026-12-31");
    CHECK(first["image"] == image);
    REQUIRE(first["corners"].size() == 4);
    CHECK(std::abs(first["corners"][0][0].get<int>() - 40) < 10);
    CHECK(std::abs(first["corners"][0][1].get<int>() - 60) < 10);
    CHECK(outcome.lines[1]["gtin"] == "06901234567892");
    CHECK(outcome.lines[1]["family"] == "ean_upc");
}

TEST_CASE("a picture that cannot be used is named, and the others are decoded") {
    support::TemporaryFolder folder;
    const std::string good = folder / "good.jpg";
    const std::string cut = folder / "cut.jpg";
    const std::string missing = folder / "missing.png";
    auto bytes = drawing::to_jpeg(drawing::symbol(Kind::ean_13, "690123456789", 3));
    drawing::write_file(good, bytes);
    bytes.resize(bytes.size() / 2);
    drawing::write_file(cut, bytes);

    const auto outcome = decode({missing, cut, good, (folder / "").string()});

    CHECK(outcome.status == 2);
    CHECK(outcome.lines.size() == 1);
    CHECK(std::count(outcome.errors.begin(), outcome.errors.end(), '\n') == 3);
    CHECK_THAT(outcome.errors, Catch::Contains(missing) && Catch::Contains("cut off"));
}

TEST_CASE("a picture without a symbol prints a note only") {
    support::TemporaryFolder folder;
    const std::string image = folder / "blank.png";
    drawing::write_file(image, drawing::to_png(drawing::paper(300, 300)));
    const auto outcome = decode({image});
    CHECK(outcome.status == 0);
    CHECK(outcome.lines.empty());
    CHECK_THAT(outcome.errors, Catch::Contains("no symbol found"));
}

TEST_CASE("a decoder that is not installed is the machine's failure") {
    support::TemporaryFolder folder;
    const std::string image = folder / "blank.png";
    drawing::write_file(image, drawing::to_png(drawing::paper(30, 30)));
    DecodeArguments arguments;
    arguments.images = {image};
    arguments.decoder.program = "/nowhere/cartwatch-scanner";
    std::ostringstream out;
    std::ostringstream err;
    CHECK(commands::run_decode(arguments, out, err) == 3);
    CHECK_THAT(err.str(), Catch::Contains("/nowhere/cartwatch-scanner"));
}

} // namespace cartwatch::decode_test
