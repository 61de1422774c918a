#include "daemon/web/command_json.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace cartwatch::command_json_test {

namespace {

using namespace cartwatch::web;
using namespace cartwatch::readiness;

Parsed<CommandBody> command(const std::string& inner) {
    return parse_command_body(R"({"station":"OR","command":)" + inner + "}", reading_of);
}

template <typename T>
T the(const std::string& inner) {
    const auto body = command(inner);
    REQUIRE(body);
    REQUIRE(std::holds_alternative<T>(body->command));
    return std::get<T>(body->command);
}

} // namespace

TEST_CASE("a scan is read with its station, and is not typed unless it says so", "[web][body]") {
    const auto plain = parse_scan_body(R"({"station":"OR","text":"(01)069"})");
    const auto typed = parse_scan_body(R"({"station":"OR","text":"x","typed":true})");

    REQUIRE(plain);
    CHECK(plain->station == "OR");
    CHECK(plain->text == "(01)069");
    CHECK_FALSE(plain->typed);
    REQUIRE(typed);
    CHECK(typed->typed);
}

TEST_CASE("control characters of a scan arrive as they were", "[web][body]") {
    const auto scan = parse_scan_body("{\"station\":\"OR\",\"text\":\"10A\\u001d21B\"}");

    REQUIRE(scan);
    CHECK(scan->text == "10A\x1d" + std::string("21B"));
}

TEST_CASE("every command of the contract is read", "[web][body]") {
    CHECK(the<SelectLine>(R"({"do":"select_line","line":"epi"})").line == "epi");
    CHECK(the<SelectLine>(R"({"do":"select_line","line":"epi","lot":"A"})").lot == "A");
    CHECK(the<SelectDevice>(R"({"do":"select_device","device":"defib"})").device == "defib");
    CHECK(the<EnterQuantity>(R"({"do":"quantity","quantity":3})").quantity == 3);
    CHECK(the<EnterQuantity>(R"({"do":"quantity","quantity":3,"line":"epi"})").line == "epi");
    CHECK(the<MarkMissing>(R"({"do":"missing"})").line.empty());
    CHECK(the<MarkDamaged>(R"({"do":"damaged","quantity":2,"line":"epi"})").quantity == 2);
    CHECK(the<TakeOutExpired>(R"({"do":"take_out_expired","line":"epi"})").line == "epi");
    CHECK(the<ReportTest>(R"({"do":"test","passed":true})").passed);
    CHECK_FALSE(the<ReportTest>(R"({"do":"test","passed":false,"device":"d"})").passed);
    CHECK(the<EnterSeal>(R"({"do":"seal","number":"S1"})").number == "S1");
    CHECK(
        the<SaySeal>(R"({"do":"seal_said","said":"record_wrong"})").said == SealSaid::record_wrong);
    CHECK(the<TurnCheck>(R"({"do":"kind","kind":"handover"})").kind == CheckKind::handover);
    CHECK(the<TurnCheck>(R"({"do":"kind","kind":"full"})").kind == CheckKind::full);
    the<NextDrawer>(R"({"do":"next_drawer"})");
    the<Help>(R"({"do":"help"})");
    const auto issue = the<IssueSeals>(
        R"({"do":"issue_seals","station":"OR","first":"100","last":"109","badge":"9599900050"})");
    CHECK(issue.station == "OR");
    CHECK(issue.first == "100");
    CHECK(issue.last == "109");
    CHECK(issue.badge == "9599900050");
    CHECK(
        the<VoidSeal>(R"({"do":"void_seal","number":"101","reason":"torn","badge":"9"})").reason
        == "torn");
    the<Undo>(R"({"do":"undo"})");
    the<CloseCheck>(R"({"do":"close"})");
    the<CancelCheck>(R"({"do":"cancel"})");
    const auto expiry =
        the<EnterExpiry>(R"({"do":"expiry","last_usable_day":"2028-02-29","lot":"L"})");
    CHECK(expiry.last_usable_day == day("2028-02-29"));
    CHECK(expiry.lot == "L");
    CHECK(
        the<ChooseReading>(
            R"({"do":"choose_reading","lot":"L","last_usable_day":"2028-02-29","serial":"S"})")
            .reading
        == PackReading{"L", day("2028-02-29"), "S"});
    CHECK(
        the<ChooseReading>(R"({"do":"choose_reading","lot":null,"last_usable_day":null})").reading
        == PackReading{});
}

TEST_CASE("null stands for a member that is left out", "[web][body]") {
    CHECK(the<MarkMissing>(R"({"do":"missing","line":null})").line.empty());
    CHECK_FALSE(command(R"({"do":"select_line","line":null})"));
}

TEST_CASE("a quantity is a whole number from 0 to 9999", "[web][body]") {
    struct Example {
        const char* text;
        bool allowed;
    };

    const auto example = GENERATE(values<Example>({
        {"-1", false},
        {"0", true},
        {"9998", true},
        {"9999", true},
        {"10000", false},
        {"18446744073709551615", false},
        {"1e3", false},
        {"2.0", false},
        {"\"3\"", false},
        {"[[[3]]]", false},
        {"null", false},
    }));

    DYNAMIC_SECTION(example.text) {
        const auto body =
            command(std::string(R"({"do":"quantity","quantity":)") + example.text + "}");
        CHECK(body.has_value() == example.allowed);
        if (!body) {
            CHECK(body.error().pointer == "/command/quantity");
        }
    }
}

TEST_CASE("a body that does not fit is refused with the place of the fault", "[web][body]") {
    struct Example {
        const char* body;
        const char* pointer;
    };

    const auto example = GENERATE(values<Example>({
        {"", ""},
        {"nonsense", ""},
        {R"({"station":"OR")", ""},
        {"[]", ""},
        {"\"\xff\"", ""},
        {R"({"command":{"do":"undo"}})", "/station"},
        {R"({"station":"","command":{"do":"undo"}})", "/station"},
        {R"({"station":7,"command":{"do":"undo"}})", "/station"},
        {R"({"station":"OR"})", "/command"},
        {R"({"station":"OR","command":"undo"})", "/command"},
        {R"({"station":"OR","command":{}})", "/command/do"},
        {R"({"station":"OR","command":{"do":"explode"}})", "/command/do"},
        {R"({"station":"OR","command":{"do":"undo","lne":"epi"}})", "/command/lne"},
        {R"({"station":"OR","command":{"do":"missing","lne":"epi"}})", "/command/lne"},
        {R"({"station":"OR","command":{"do":"undo"},"a/b":1})", "/a~1b"},
        {R"({"station":"OR","command":{"do":"expiry","last_usable_day":"2026-02-29"}})",
         "/command/last_usable_day"},
        {R"({"station":"OR","command":{"do":"kind","kind":"sealed"}})", "/command/kind"},
        {R"({"station":"OR","command":{"do":"seal_said","said":"lost"}})", "/command/said"},
        {R"({"station":"OR","command":{"do":"void_seal","number":"1"}})", "/command/reason"},
        {R"({"station":"OR","command":{"do":"choose_reading","last_usable_day":"2026-02-29"}})",
         "/command/last_usable_day"},
        {R"({"station":"OR","command":{"do":"choose_reading","last_usable_day":20260228}})",
         "/command/last_usable_day"},
        {R"({"station":"OR","command":{"do":"test"}})", "/command/passed"},
        {R"({"station":"OR","command":{"do":"test","passed":1}})", "/command/passed"},
    }));

    DYNAMIC_SECTION(example.body) {
        const auto body = parse_command_body(example.body, reading_of);
        REQUIRE_FALSE(body);
        CHECK(body.error().pointer == example.pointer);
        CHECK_FALSE(body.error().text.empty());
    }
}

TEST_CASE("a text has a length that the journal can hold", "[web][body]") {
    const auto with = [](std::size_t bytes) {
        return parse_scan_body(R"({"station":")" + std::string(bytes, 's') + R"(","text":"x"})");
    };

    CHECK(with(name_bytes_max - 1));
    CHECK(with(name_bytes_max));
    CHECK_FALSE(with(name_bytes_max + 1));
    CHECK_FALSE(with(1'000'000));
}

TEST_CASE("a body with a NUL or a byte order mark is refused: two texts would be one") {
    const std::string good = R"({"station":"OR","text":"x"})";
    REQUIRE(parse_scan_body(good).has_value());
    CHECK_FALSE(parse_scan_body("\xEF\xBB\xBF" + good).has_value());
    CHECK_FALSE(parse_scan_body(good + std::string(1, '\0') + "more").has_value());
}

TEST_CASE("arrays nested as deep as a body can be are refused like any other", "[web][body]") {
    const std::string deep = std::string(32'000, '[') + std::string(32'000, ']');

    const auto body = parse_scan_body(R"({"station":)" + deep + R"(,"text":"x"})");

    REQUIRE_FALSE(body);
    CHECK(body.error().pointer == "/station");
}

TEST_CASE("a code is linked by the part that names the product", "[web][body]") {
    codes::ScannedCode code;
    code.raw = "]C081234567890123456789";
    const auto linked = [&code] {
        const auto parse = [&code](std::string_view) { return codes::Reading(code); };
        const auto body = parse_command_body(
            R"({"station":"OR","command":{"do":"link_code","raw":"]C081234567890123456789","product":"epi"}})",
            parse);
        REQUIRE(body);
        return std::get<LinkCode>(body->command).identifier;
    };

    SECTION("a GTIN by itself") {
        code.gtin = "06901234567892";
        CHECK(linked() == Identifier{IdentifierKind::gtin, "06901234567892"});
    }

    SECTION("a traceability code by its first seven digits") {
        code.family = codes::Family::drug_trace;
        code.fields = {{"product_id", "8123456"}};
        CHECK(linked() == Identifier{IdentifierKind::drug_trace_prefix, "8123456"});
    }

    SECTION("a device code by its device identifier") {
        code.family = codes::Family::hibc;
        code.fields = {{"di", "A999"}};
        CHECK(linked() == Identifier{IdentifierKind::udi_di, "A999"});
    }

    SECTION("anything else as the hospital's own, without the scanner's prefix") {
        CHECK(linked() == Identifier{IdentifierKind::hospital, "81234567890123456789"});
    }
}

TEST_CASE("the pharmacy's answers to alerts are read", "[web][body]") {
    const std::string members =
        R"("node":"ward-1","cart":"OR-1","subject":"epi","episode":2,"badge":"95")";

    const auto accept =
        parse_accept_body("{" + members + R"(,"expected_at":"2026-11-22T03:00:00.000Z"})");
    const auto back = parse_hand_back_body("{" + members + "}");

    REQUIRE(accept);
    CHECK(accept->node == "ward-1");
    CHECK(accept->key == AlertKey{"OR-1", "epi"});
    CHECK(accept->episode == 2);
    CHECK(accept->expected_at == instant("2026-11-22T03:00:00.000Z"));
    REQUIRE(back);
    CHECK(back->badge == "95");
    CHECK(parse_accept_body("{" + members + "}"));

    const auto sent = [&](const std::string& units) {
        return parse_dispatch_body("{" + members + R"(,"units":)" + units + "}");
    };
    const auto dispatch = sent(
        R"([{"lot":"B2","last_usable_day":"2028-01-31","quantity":3,"serials":["S1"]},{"quantity":1}])");
    REQUIRE(dispatch);
    REQUIRE(dispatch->units.size() == 2);
    CHECK(dispatch->units[0] == DispatchedUnits{"B2", day("2028-01-31"), 3, {"S1"}});
    CHECK(dispatch->units[1] == DispatchedUnits{"", std::nullopt, 1, {}});
    const auto instead = sent(R"([{"quantity":1,"product":"norepi"}])");
    REQUIRE(instead);
    CHECK(instead->units[0].product == "norepi");
    CHECK(sent(R"([{"quantity":1,"product":7}])").error().pointer == "/units/0/product");
    CHECK(dispatch->reason.empty());
    CHECK(sent("[]"));
    CHECK(sent("{}").error().pointer == "/units");
    CHECK(sent(R"([{"quantity":0}])").error().pointer == "/units/0/quantity");
    CHECK(sent(R"([{"quantity":10000}])").error().pointer == "/units/0/quantity");
    CHECK(sent(R"([{"quantity":1,"lots":"B2"}])").error().pointer == "/units/0/lots");
    CHECK(
        sent(R"([{"quantity":1,"last_usable_day":"soon"}])").error().pointer
        == "/units/0/last_usable_day");

    const auto silence = parse_silence_body(
        "{" + members + R"(,"reason":"stock-out","until":"2026-11-27T03:00:00.000Z"})");
    REQUIRE(silence);
    CHECK(silence->until == instant("2026-11-27T03:00:00.000Z"));
    CHECK(parse_silence_body("{" + members + "}").error().pointer == "/until");
    CHECK(
        parse_accept_body("{" + members + R"(,"expected_at":"tomorrow"})").error().pointer
        == "/expected_at");
    CHECK(
        parse_hand_back_body("{" + members + R"(,"expected_at":null})").error().pointer
        == "/expected_at");
}

} // namespace cartwatch::command_json_test
