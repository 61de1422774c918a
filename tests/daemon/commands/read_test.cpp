#include "daemon/commands/read.hpp"
#include "daemon/commands/reading_json.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>

namespace cartwatch::read_test {

using namespace cartwatch::commands;
using nlohmann::json;

namespace {

struct Answer {
    int status = -1;
    std::string out;
    std::string err;

    [[nodiscard]] std::vector<json> lines() const {
        std::vector<json> result;
        std::istringstream stream(out);
        for (std::string line; std::getline(stream, line);) {
            result.push_back(json::parse(line));
        }
        return result;
    }
};

Answer answer_to(const std::vector<std::string>& texts, const std::string& input = "") {
    ReadArguments arguments;
    arguments.as_of = *parse_day("2026-11-22");
    arguments.texts = texts;
    std::istringstream in(input);
    std::ostringstream out;
    std::ostringstream err;
    Answer answer;
    answer.status = run_read(arguments, in, out, err);
    answer.out = out.str();
    answer.err = err.str();
    return answer;
}

} // namespace

TEST_CASE("a code is printed to the byte, its members in the promised order", "[read]") {
    const Answer answer = answer_to({"]d2010952123454321311240101172612311"
                                     "0ABC123\x1d"
                                     "21SN0001\r"});
    CHECK(answer.status == 0);
    CHECK(answer.err.empty());
    CHECK(
        answer.out
        == R"({"raw":"]d20109521234543213112401011726123110ABC123\u001d21SN0001\r",)"
           R"("symbology":"]d2","family":"gs1","gtin":"09521234543213","lot":"ABC123",)"
           R"("expiry":"2026-12-31","serial":"SN0001","production":"2024-01-01",)"
           R"("fields":{"gtin13":"9521234543213"},)"
           R"("text":"(01)09521234543213(11)240101(17)261231(10)ABC123(21)SN0001"})"
           "\n");
}

TEST_CASE("a refusal names rule, place and reason, and is no failure", "[read]") {
    const Answer answer = answer_to({"]d20109521234543214"});
    CHECK(answer.status == 0);
    CHECK(
        answer.out
        == R"({"raw":"]d20109521234543214","family":"gs1","error":{"rule":"bad_check_digit",)"
           R"("at":"01","text":"application identifier (01): the check digit is wrong: )"
           R"(\"09521234543214\""}})"
           "\n");
    CHECK(answer_to({""}).lines().at(0)["family"].is_null());
}

TEST_CASE("what is not known is left out, an unknown symbology is null", "[read]") {
    const json line = answer_to({"hello"}).lines().at(0);
    CHECK(
        line == json::parse(R"({"raw":"hello","symbology":null,"family":"other","text":"hello"})"));
}

TEST_CASE("two readings stand beside each other as candidates", "[read]") {
    const json line = answer_to({"01234565"}).lines().at(0);
    CHECK_FALSE(line.contains("gtin"));
    REQUIRE(line["candidates"].size() == 2);
    CHECK(line["candidates"][0]["gtin"] == "00000001234565");
    CHECK(line["candidates"][1]["gtin"] == "00012345000065");
}

TEST_CASE("counts are numbers and keys are texts", "[read]") {
    const json fields = answer_to({"]d2010952123454321330100"}).lines().at(0)["fields"];
    CHECK(fields["var_count"] == 100);
    CHECK(fields["gtin13"] == "9521234543213");
}

TEST_CASE("one line of input is one scan, in order, the carriage return its own", "[read]") {
    const auto lines = answer_to({}, "6901234567892\r\n\nhello\nlast").lines();
    REQUIRE(lines.size() == 4);
    CHECK(lines[0]["raw"] == "6901234567892\r");
    CHECK(lines[0]["gtin"] == "06901234567892");
    CHECK(lines[1]["error"]["rule"] == "empty");
    CHECK(lines[2]["raw"] == "hello");
    CHECK(lines[3]["raw"] == "last");
    CHECK(answer_to({}, "").out.empty());
}

TEST_CASE("arguments are read and standard input is left alone", "[read]") {
    const auto lines = answer_to({"a", "b"}, "c\n").lines();
    REQUIRE(lines.size() == 2);
    CHECK(lines[1]["raw"] == "b");
}

TEST_CASE("bytes that are no text are printed as such and never stop the stream", "[read]") {
    const auto lines = answer_to({}, "\xFF\xFE\nnext\n").lines();
    REQUIRE(lines.size() == 2);
    CHECK(lines[0]["raw"] == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(lines[1]["raw"] == "next");
}

TEST_CASE("a line is taken up to its limit, and the next one after a longer one", "[read]") {
    const auto rule = [](std::size_t length) {
        const auto lines = answer_to({}, std::string(length, 'x') + "\n6901234567892\n").lines();
        REQUIRE(lines.size() == 2);
        CHECK(lines[1]["gtin"] == "06901234567892");
        return lines[0]["error"]["rule"].get<std::string>() + " "
               + std::to_string(lines[0]["raw"].get<std::string>().size() > 1000);
    };
    CHECK(rule(read_line_bytes_max - 1) == "too_long 1"); // a whole line, too long for a scan
    CHECK(rule(read_line_bytes_max) == "too_long 1");
    CHECK(rule(read_line_bytes_max + 1) == "too_long 0"); // not even kept whole
    CHECK(rule(read_line_bytes_max * 10) == "too_long 0");
}

TEST_CASE("an answer that cannot be written is a failure of the machine", "[read]") {
    ReadArguments arguments;
    arguments.as_of = *parse_day("2026-11-22");
    arguments.texts = {"hello"};
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    out.setstate(std::ios::badbit);
    CHECK(run_read(arguments, in, out, err) == 3);
    CHECK(err.str() == "cartwatch read: writing the answer failed\n");
}

TEST_CASE("bytes that are no UTF-8 are printed beside what JSON can hold of them", "[read]") {
    const Answer latin = answer_to({"]C0Gr\xfc\xdf"
                                    "e"});
    REQUIRE(latin.lines().size() == 1);
    CHECK(latin.lines()[0]["raw_bytes"] == "5d43304772fcdf65");
    CHECK_FALSE(answer_to({"]C0Grüße"}).lines()[0].contains("raw_bytes"));
}

} // namespace cartwatch::read_test
