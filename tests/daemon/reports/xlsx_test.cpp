#include "daemon/reports/sheet.hpp"
#include "daemon/reports/table_writer.hpp"
#include "daemon/reports/xlsx_reader.hpp"
#include "tests/support/temporary_folder.hpp"

#include <catch2/catch.hpp>
#include <zip.h>

#include <fstream>
#include <iterator>
#include <sstream>

namespace cartwatch::xlsx_test {

using namespace cartwatch::reports;

namespace {

const std::vector<Column> columns = {
    {"code", "编码", "a code of twenty digits"},
    {"name", "名称", "a name"},
    {"day", "有效期至", "a date"},
    {"count", "数量", "units"},
};

std::string bytes_of(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

void write_workbook(const std::filesystem::path& file) {
    const auto writer = xlsx_writer(columns, "检查", file);
    writer->row(
        {std::string("83857930000879766660"),
         std::string("肾上腺素 <1 mg>"),
         *parse_day("2027-06-30"),
         std::int64_t{5}});
    writer->row({std::string("09521234543213"), std::string("=1+1"), {}, std::int64_t{0}});
    writer->finish();
}

std::string a_workbook() {
    const support::TemporaryFolder folder;
    write_workbook(folder / "checks.xlsx");
    return bytes_of(folder / "checks.xlsx");
}

// A workbook whose first sheet is this XML.
std::string a_workbook_of(const std::string& sheet) {
    const support::TemporaryFolder folder;
    const auto file = folder / "made.xlsx";
    write_workbook(file);
    zip_t* archive = zip_open(file.c_str(), 0, nullptr);
    REQUIRE(archive != nullptr);
    zip_source_t* source = zip_source_buffer(archive, sheet.data(), sheet.size(), 0);
    REQUIRE(zip_file_add(archive, "xl/worksheets/sheet1.xml", source, ZIP_FL_OVERWRITE) >= 0);
    REQUIRE(zip_close(archive) == 0);
    return bytes_of(file);
}

std::string sheet_of(const std::string& rows) {
    return "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" "
           "t=\"inlineStr\"><is><t>id</t></is></c></row>"
           + rows + "</sheetData></worksheet>";
}

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

} // namespace

TEST_CASE("a workbook is read back cell for cell: codes whole, dates as dates", "[xlsx]") {
    const std::string bytes = a_workbook();

    REQUIRE(looks_like_workbook(bytes));
    const auto table = read_sheet(bytes);
    REQUIRE(table);
    CHECK(table->header == std::vector<std::string>{"编码", "名称", "有效期至", "数量"});
    REQUIRE(table->rows.size() == 2);
    CHECK(
        table->rows[0].cells
        == std::vector<std::string>{"83857930000879766660", "肾上腺素 <1 mg>", "2027-06-30", "5"});
    CHECK(table->rows[1].number == 3);
    CHECK(table->rows[1].cells == std::vector<std::string>{"09521234543213", "=1+1", "", "0"});
}

TEST_CASE(
    "a workbook cut anywhere or with a byte turned is refused or read, never worse", "[xlsx]") {
    const std::string whole = a_workbook();
    int refusals = 0;
    for (std::size_t length = 4; length < whole.size(); length += 97) {
        refusals += read_sheet(std::string_view(whole).substr(0, length)) ? 0 : 1;
    }
    CHECK(refusals > 0);
    for (std::size_t at = 4; at < whole.size(); at += 61) {
        std::string turned = whole;
        turned[at] = static_cast<char>(turned[at] ^ 0x55);
        const auto table = read_sheet(turned);
        CHECK((table.has_value() || !table.error().text.empty()));
    }
}

TEST_CASE("a small archive that unpacks to a mountain of cells is refused", "[xlsx]") {
    SECTION("rows with one cell far to the right") {
        const auto bytes =
            a_workbook_of(sheet_of(repeated("<row><c r=\"GR1\"><v>1</v></c></row>", 199'000)));
        CHECK(bytes.size() < 100'000);
        const auto table = read_xlsx(bytes);
        REQUIRE_FALSE(table);
        CHECK(table.error().code == ErrorCode::too_large);
        CHECK_THAT(table.error().text, Catch::Matchers::Contains("split it"));
    }
    SECTION("millions of empty elements") {
        const auto table = read_xlsx(a_workbook_of(sheet_of(repeated("<c/>", 7'000'000))));
        REQUIRE_FALSE(table);
        CHECK(table.error().code == ErrorCode::too_large);
    }
    SECTION("a sheet that was made in the same way and is small is read") {
        const auto table =
            read_xlsx(a_workbook_of(sheet_of("<row r=\"2\"><c r=\"A2\"><v>7</v></c></row>")));
        REQUIRE(table);
        CHECK(table->rows[0].cells == std::vector<std::string>{"7"});
    }
}

TEST_CASE("an archive that is no workbook says so", "[xlsx]") {
    // The smallest zip archive there is: only its end record, behind a first record's magic.
    const std::string empty = std::string("PK\x05\x06", 4) + std::string(18, '\0');
    const auto table = read_xlsx(empty);
    REQUIRE_FALSE(table);
    CHECK_THAT(table.error().text, Catch::Matchers::Contains("workbook"));
}

TEST_CASE("CSV begins with a byte order mark and guards formulas", "[csv]") {
    std::ostringstream out;
    const auto writer = text_writer(Format::csv, columns, out);
    writer->row(
        {std::string("0123"), std::string("=cmd()"), *parse_day("2027-06-30"), std::int64_t{7}});
    writer->finish();
    CHECK(out.str() == "\xEF\xBB\xBF编码,名称,有效期至,数量\r\n0123,'=cmd(),2027-06-30,7\r\n");
}

TEST_CASE("JSON lines bear the stable names, null for what is empty", "[json]") {
    std::ostringstream out;
    const auto writer = text_writer(Format::json, columns, out);
    writer->row({std::string("0123"), std::string("a\"b\xFF"), {}, std::int64_t{7}});
    writer->finish();
    CHECK(
        out.str()
        == "{\"code\":\"0123\",\"name\":\"a\\\"b\xEF\xBF\xBD\",\"day\":null,\"count\":7}\n");
}

TEST_CASE("a writer that cannot write says so", "[csv]") {
    std::ostringstream out;
    out.setstate(std::ios::badbit);
    CHECK_THROWS(text_writer(Format::csv, columns, out));
    const support::TemporaryFolder folder;
    CHECK_THROWS(xlsx_writer(columns, "no/such", folder / "new.xlsx"));
}

} // namespace cartwatch::xlsx_test
