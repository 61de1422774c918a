// Goal: every row of the collected scan texts reads as its row says, warnings and all. No row is
// passed over: what the rows say of families whose rules are not published is held as well.
#include "scanner/codes/reader.hpp"
#include "scanner/values/text.hpp"
#include "tests/support/source_tree.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <set>

namespace cartwatch::scan_vectors_test {

using namespace cartwatch::codes;
using nlohmann::json;

namespace {

std::string with_control_characters(std::string text) {
    const std::pair<const char*, const char*> names[] = {
        {"<GS>", "\x1d"},
        {"<RS>", "\x1e"},
        {"<EOT>", "\x04"},
        {"<STX>", "\x02"},
        {"<ETX>", "\x03"},
        {"<CR>", "\r"},
        {"<LF>", "\n"},
        {"<TAB>", "\t"}};
    for (const auto& [name, character] : names) {
        for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name, at)) {
            text.replace(at, std::string(name).size(), character);
        }
    }
    return text;
}

ReadOptions options_of(const json& row) {
    ReadOptions options;
    options.as_of = *parse_day(row.value("as_of", "2026-11-22"));
    const json scanner = row.value("scanner", json::object());
    options.scanner.automatic_separators = scanner.value("gs_substitutes", "") != "none";
    if (scanner.value("code_id", "") == "symbol") {
        options.scanner.code_id = ScannerSettings::CodeId::symbol;
    }
    options.scanner.sends_separators = scanner.value("sends_separators", false);
    options.scanner.ends_scans = scanner.value("ends_scans", false);
    if (scanner.contains("substitute")) {
        options.scanner.gs_substitutes = {scanner["substitute"].get<std::string>()};
    }
    options.ended = row.value("ended", true);
    return options;
}

std::string member(const ScannedCode& code, const std::string& name) {
    const auto day = [](const std::optional<Day>& value) {
        return value ? to_text(*value) : std::string();
    };
    return name == "family"       ? std::string(to_text(code.family))
           : name == "gtin"       ? code.gtin
           : name == "lot"        ? code.lot
           : name == "serial"     ? code.serial
           : name == "expiry"     ? day(code.expiry)
           : name == "production" ? day(code.production)
                                  : "no such member: " + name;
}

std::string as_text(const json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
}

bool has_fields(const Candidate& candidate, const json& fields) {
    const auto& items = fields.items();
    return std::all_of(items.begin(), items.end(), [&](const auto& item) {
        if (item.key() == "gtin") {
            return candidate.gtin == item.value().template get<std::string>();
        }
        if (item.key() == "family") {
            return to_text(candidate.family) == item.value().template get<std::string>();
        }
        const Field field{item.key(), as_text(item.value())};
        return std::count(candidate.fields.begin(), candidate.fields.end(), field) == 1;
    });
}

void check_candidate(const ScannedCode& code, const json& fields) {
    INFO("a candidate with " << fields.dump());
    CHECK(
        std::count_if(
            code.candidates.begin(),
            code.candidates.end(),
            [&](const Candidate& candidate) { return has_fields(candidate, fields); })
        == 1);
}

void check_also(const ScannedCode& code, const json& also) {
    for (const auto& [name, value] : also.items()) {
        INFO("also " << name);
        if (name == "warning") {
            CHECK(
                std::count(code.warnings.begin(), code.warnings.end(), value.get<std::string>())
                == 1);
        } else if (name == "alt") {
            check_candidate(code, value);
        } else {
            CHECK(code.field(name) == as_text(value));
        }
    }
}

// What was cleaned says the same to whoever knows nothing of the scanner.
void check_says_same(const ScannedCode& code, const json& row) {
    ReadOptions plain;
    plain.as_of = *parse_day(row.value("as_of", "2026-11-22"));
    const Reading again = read(code.cleaned, plain);
    REQUIRE(again);
    for (const char* name : {"family", "gtin", "lot", "serial", "expiry", "production"}) {
        CHECK(member(*again, name) == member(code, name));
    }
}

void check_code(const ScannedCode& code, const json& row) {
    for (const auto& [name, value] : row["expect"].items()) {
        INFO("expected " << name);
        if (name == "ambiguous") {
            CHECK(code.candidates.size() >= 2);
            CHECK(code.gtin.empty());
        } else {
            CHECK(member(code, name) == value.get<std::string>());
        }
    }
    for (const char* name : {"gtin", "lot", "serial", "expiry", "production"}) {
        if (!row["expect"].contains(name)) {
            CHECK(member(code, name).empty()); // nothing is invented
        }
    }
    check_also(code, row.value("also", json::object()));
    for (const json& candidate : row.value("candidates", json::array())) {
        check_candidate(code, candidate);
    }
    if (row.contains("cleaned")) {
        CHECK(code.cleaned == with_control_characters(row["cleaned"]));
        check_says_same(code, row);
    }
    if (row.contains("warnings")) {
        CHECK(json(code.warnings) == row["warnings"]); // these and no others
    }
}

void check_row(const json& row) {
    const std::string text = with_control_characters(row["raw"]);
    ReadOptions options = options_of(row);
    const Reading after = read(with_control_characters(row.value("after", "")), options);
    options.after = after ? &*after : nullptr;
    const Reading reading = read(text, options);
    CHECK((reading ? reading->raw : reading.error().raw) == text);
    if (row["expect"].contains("error")) {
        REQUIRE_FALSE(reading);
        CHECK(reading.error().rule == row["expect"]["error"].get<std::string>());
        CHECK_FALSE(reading.error().text.empty());
    } else {
        INFO((reading ? "" : reading.error().rule + ": " + reading.error().text));
        REQUIRE(reading);
        check_code(*reading, row);
    }
}

struct VectorFile {
    const char* name;
    std::size_t rows;
    bool names_sources;
};

} // namespace

TEST_CASE("every collected scan text reads as its row says", "[codes][vectors]") {
    const auto file = GENERATE(values<VectorFile>({
        {"scan-vectors.json", 109, false},
        {"scan-vectors-own.json", 295, true},
    }));
    std::ifstream stream(support::in_source_tree(std::string("tests/data/") + file.name));
    REQUIRE(stream);
    const json rows = json::parse(stream)["vectors"];
    CHECK(rows.size() == file.rows);

    std::set<std::string> ids;
    for (const json& row : rows) {
        DYNAMIC_SECTION(row["id"].get<std::string>() << " " << row["raw"].get<std::string>()) {
            check_row(row);
        }
        CHECK(ids.insert(row["id"]).second);
        CHECK((!file.names_sources || row.value("source", "").size() > 8));
    }
}

} // namespace cartwatch::scan_vectors_test
