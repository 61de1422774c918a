#include "daemon/reports/csv.hpp"

#include <catch2/catch.hpp>

#include <random>

namespace cartwatch::csv_test {

using namespace cartwatch::reports;

namespace {

using Cells = std::vector<std::string>;

} // namespace

TEST_CASE("records of RFC 4180 are read cell by cell", "[csv]") {
    const auto table = read_csv("a,b,c\r\n1,\"two, \"\"2\"\"\r\nlines\",\r\n,,\r\n\r\nlast,,\"\"");

    REQUIRE(table);
    CHECK(table->header == Cells{"a", "b", "c"});
    REQUIRE(table->rows.size() == 2);
    CHECK(table->rows[0].number == 2);
    CHECK(table->rows[0].cells == Cells{"1", "two, \"2\"\r\nlines", ""});
    CHECK(table->rows[1].number == 5);
    CHECK(table->rows[1].cells == Cells{"last", "", ""});
}

TEST_CASE("a sheet is read in UTF-8, with a byte order mark, and in GBK", "[csv]") {
    const auto bytes = GENERATE(
        std::string("名称\n肾上腺素\n"),
        std::string("\xEF\xBB\xBF名称\n肾上腺素\n"),
        std::string("\xC3\xFB\xB3\xC6\n\xC9\xF6\xC9\xCF\xCF\xD9\xCB\xD8\n"));

    const auto table = read_csv(bytes);
    REQUIRE(table);
    CHECK(table->header == Cells{"名称"});
    CHECK(table->rows.at(0).cells == Cells{"肾上腺素"});
}

TEST_CASE("semicolons and tabs separate where the header has no comma", "[csv]") {
    CHECK(read_csv("a;b\n1,5;2\n")->rows[0].cells == Cells{"1,5", "2"});
    CHECK(read_csv("a\tb\n1\t2\n")->rows[0].cells == Cells{"1", "2"});
}

TEST_CASE("a damaged sheet is refused with the row", "[csv]") {
    struct Example {
        const char* name;
        std::string bytes;
        const char* says;
    };

    const auto example = GENERATE(values<Example>({
        {"quote never closed", "a\n\"b", "row 2: a quote that is never closed"},
        {"text after a quote", "a\n\"b\"c\n", "row 2: text after a closing quote"},
        {"empty", "", "row 1: is empty"},
        {"blank header", " , \nx,y\n", "row 1: is empty"},
        {"neither encoding", "a\n\xFF\xFF\n", "neither UTF-8 nor GBK"},
        {"a cell too long", "a\n" + std::string(cell_bytes_max + 1, 'x'), "a cell over 32767"},
        {"too many columns", std::string(sheet_columns_max, ','), "more than 200 columns"},
        {"too large", std::string(sheet_bytes_max + 1, 'x'), "more than 32 MiB"},
    }));

    DYNAMIC_SECTION(example.name) {
        const auto table = read_csv(example.bytes);
        REQUIRE_FALSE(table);
        CHECK_THAT(table.error().text, Catch::Matchers::Contains(example.says));
    }
}

TEST_CASE("a cell that a spreadsheet would run as a formula is guarded", "[csv]") {
    CHECK(guarded_cell("=1+1") == "'=1+1");
    CHECK(guarded_cell("+86") == "'+86");
    CHECK(guarded_cell("-1") == "'-1");
    CHECK(guarded_cell("@x") == "'@x");
    CHECK(guarded_cell("\tx") == "'\tx");
    CHECK(guarded_cell("a=b") == "a=b");
    CHECK(guarded_cell("").empty());
}

TEST_CASE("what is written is read back, whatever the cells hold", "[csv][property]") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    static constexpr std::string_view alphabet = "a,\"\r\n;\t =";
    for (int i = 0; i < 2'000; ++i) {
        Cells cells(1 + random() % 4);
        for (std::string& cell : cells) {
            for (std::size_t length = random() % 6; length > 0; --length) {
                cell += alphabet[random() % alphabet.size()];
            }
        }
        cells.push_back("end");
        const auto table = read_csv("h,h\n" + csv_record(cells));
        REQUIRE(table);
        REQUIRE(table->rows.size() == 1);
        REQUIRE(table->rows[0].cells == cells);
    }
}

} // namespace cartwatch::csv_test
