// Goal: the scanner check over HTTP takes what the document names, refuses everything else by its
// place, and keeps a profile only where it is asked to and the profile is whole.
#include "daemon/web/routes.hpp"
#include "daemon/web/scanner_check.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::scanner_check_test {

using namespace cartwatch::web;
using nlohmann::json;

namespace {

struct Check {
    FakeProgram program;
    Service service = program.service();

    Response post(const std::string& what, const json& body) {
        return post_text(what, body.dump());
    }

    Response post_text(const std::string& what, const std::string& body) {
        Request request;
        request.head.method = Method::post;
        request.head.path = std::string(scanner_check_posts) + what;
        request.body = body;
        return answer_scanner_check(service.scanner_checks, request);
    }

    Response get(const std::string& station) {
        Request request;
        request.head.path = scanner_check_path;
        request.head.query["station"] = station;
        return answer_scanner_check(service.scanner_checks, request);
    }
};

json answers_in_order() {
    return {
        {"digits", {{"text", "]C09900000011"}}},
        {"letters", {{"text", "]C0aQzWyM/-@#;"}}},
        {"gs1",
         {{"text",
           "]d2010952123454321310Zy-4a\x1d"
           "21Q7/m"}}}};
}

json a_body(const json& answers, bool keep = true) {
    return {
        {"station", "OR"},
        {"identity", "usb:05e0:1200:S123"},
        {"layout", "us"},
        {"keep", keep},
        {"answers", answers}};
}

} // namespace

TEST_CASE("the check page is given the codes, the scanners and the page's own keys", "[check]") {
    Check check;
    const auto body = json::parse(check.get("OR").body);
    CHECK(body["codes"].size() == 1);
    CHECK(body["codes"][0]["data"] == "9900000011");
    CHECK(body["scanners"].size() == 2);
    CHECK(body["scanners"][0]["profile"]["checked_at"] == "2026-11-20T02:00:00.000Z");
    CHECK(body["scanners"][1]["reason"] == "no_permission");
    CHECK(body["page"]["identity"] == "page:OR");
    CHECK(check.get("XX").status == 404);
}

TEST_CASE("what a scanner typed into the page is read by its profile, what a person keyed is not") {
    FakeProgram program;
    Routes routes(program.service(), StaticFiles{});
    for (const bool typed : {true, false}) {
        Request request;
        request.head.method = Method::post;
        request.head.path = "/api/v1/scans";
        request.head.content_type = "application/json";
        request.body = json{{"station", "OR"}, {"text", "1"}, {"typed", typed}}.dump();
        unsigned status = 0;
        routes.answer(request, [&](const Response& response) { status = response.status; });
        CHECK(status == 200);
    }
    CHECK(program.submitted.size() == 2);
    CHECK(program.read_for == std::vector<std::string>{"OR"});
}

TEST_CASE("listening asks from the number that the page has, and stops when it leaves", "[check]") {
    Check check;
    const auto first = json::parse(check.post("listen", {{"station", "OR"}}).body);
    CHECK(first["listening_ms"] == listening_ms);
    CHECK(first["last"] == 7);
    CHECK(first["heard"][0]["text"] == "9900000011");
    CHECK(check.post("listen", {{"station", "OR"}, {"after", 6}}).status == 200);
    REQUIRE(check.program.listened.size() == 2);
    CHECK_FALSE(check.program.listened[0].second.has_value());
    CHECK(check.program.listened[1].second == 6);
    CHECK_FALSE(first["heard"][0].contains("badge"));
    CHECK(check.post("listen", {{"station", "OR"}, {"stop", true}}).status == 200);
    CHECK(check.program.stopped == std::vector<std::string>{"OR"});
    CHECK(check.program.listened.size() == 2);
}

TEST_CASE("a badge that was heard comes as a ticket", "[check]") {
    Check check;
    check.program.heard.scans.front().text = "…07";
    check.program.heard.scans.front().badge = "ticket:1:07";
    const auto heard = json::parse(check.post("listen", {{"station", "OR"}}).body)["heard"][0];
    CHECK(heard["text"] == "…07");
    CHECK(heard["badge"] == "ticket:1:07");
    CHECK(heard["refused"] == false);
}

TEST_CASE("where another page listens, this one is told so and nothing else", "[check]") {
    Check check;
    check.program.heard.taken = true;
    const Response response = check.post("listen", {{"station", "OR"}, {"listener", "tab"}});
    CHECK(response.status == 200);
    CHECK(json::parse(response.body)["taken"] == true);
    CHECK(json::parse(check.post("listen", {{"station", "OR"}}).body)["heard"].empty());
    CHECK_THAT(response.body, !Catch::Contains("9900000011"));
}

TEST_CASE("a whole profile is kept where that is asked for", "[check]") {
    Check check;
    const bool keep = GENERATE(true, false);
    const auto body = json::parse(check.post("answers", a_body(answers_in_order(), keep)).body);
    CHECK(body["kept"] == keep);
    CHECK(body["faults"].empty());
    CHECK(body["profile"]["identifiers"] == "aim");
    CHECK(check.program.kept.size() == (keep ? 1 : 0));
}

TEST_CASE("half a check is judged and never kept", "[check]") {
    Check check;
    auto answers = answers_in_order();
    answers["gs1"]["text"] = "something else";
    const auto body = json::parse(check.post("answers", a_body(answers)).body);
    CHECK(body["kept"] == false);
    CHECK(body["profile"].is_null());
    CHECK(body["readable"]["letters"] == true);
    CHECK(body["readable"]["gs1"] == false);
    CHECK(body["faults"][0]["fault"] == "unreadable");
    CHECK(body["faults"][0]["code"] == "gs1");
    CHECK(check.program.kept.empty());
}

TEST_CASE("a profile that could not be kept is a refusal", "[check]") {
    Check check;
    check.program.keeps = refused(ErrorCode::unavailable, "the disk is full");
    const Response response = check.post("answers", a_body(answers_in_order()));
    CHECK(response.status == 503);
    CHECK_THAT(response.body, Catch::Contains("the disk is full"));
}

TEST_CASE("bodies that are not ours are refused, and the place is named", "[check]") {
    struct Example {
        const char* what;
        const char* body;
        unsigned status;
        const char* place;
    };

    const auto example = GENERATE(values<Example>({
        {"listen", "", 400, ""},
        {"listen", "[]", 400, ""},
        {"listen", "{}", 400, "/station"},
        {"listen", R"({"station":7})", 400, "/station"},
        {"listen", R"({"station":"OR","after":-1})", 400, "/after"},
        {"listen", R"({"station":"OR","after":"1"})", 400, "/after"},
        {"listen", R"({"station":"OR","stop":1})", 400, "/stop"},
        {"listen", R"({"station":"OR","listener":1})", 400, "/listener"},
        {"listen", R"({"station":"OR","more":1})", 400, "/more"},
        {"answers", R"({"station":"OR","identity":"x","layout":"xx"})", 400, "/layout"},
        {"answers", R"({"station":"OR","layout":"us"})", 400, "/identity"},
        {"answers",
         R"({"station":"OR","identity":"x","layout":"us","answers":7})",
         400,
         "/answers"},
        {"answers",
         R"({"station":"OR","identity":"x","layout":"us","answers":{"digits":{}}})",
         400,
         "/answers/digits/text"},
        {"answers",
         R"({"station":"OR","identity":"x","layout":"us","answers":{"gs1":{"text":"1","longest_gap_ms":60001}}})",
         400,
         "/answers/gs1/longest_gap_ms"},
        {"answers",
         R"({"station":"OR","identity":"x","layout":"us","answers":{"gs1":{"text":"1","gap":1}}})",
         400,
         "/answers/gs1/gap"},
        {"answers",
         R"({"station":"OR","identity":"x","layout":"us","answers":{"digit":{"text":"1"}}})",
         400,
         "/answers/digit"},
        {"answers", R"({"station":"OR","identity":"x","layout":"us"})", 404, ""},
        {"answers", R"({"station":"OR","identity":"","layout":"us"})", 400, "/identity"},
        {"else", "{}", 404, ""},
    }));
    Check check;
    CAPTURE(example.what, example.body);
    const Response response = check.post_text(example.what, example.body);
    CHECK(response.status == example.status);
    if (example.place[0] != '\0') {
        CHECK(json::parse(response.body)["pointer"] == example.place);
    }
    CHECK(check.program.kept.empty());
}

TEST_CASE("a scan as long as one may be is judged, and a longer one refused", "[check]") {
    for (const auto& [length, status] :
         {std::pair(scan_bytes_max - 1, 200U),
          {scan_bytes_max, 200U},
          {scan_bytes_max + 1, 400U}}) {
        Check check;
        const json answers = {{"digits", {{"text", std::string(length, '9')}}}};
        CHECK(check.post("answers", a_body(answers)).status == status);
    }
}

} // namespace cartwatch::scanner_check_test
