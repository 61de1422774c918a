#include "daemon/web/routes.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::routes_test {

namespace {

using namespace cartwatch::web;
using nlohmann::ordered_json;

// Routes over a fake program, with the answers they gave.
struct RoutesKit {
    explicit RoutesKit(FakeProgram wanted = {})
        : program(std::move(wanted)), routes(program.service(), StaticFiles()) {}

    Request request(Method method, const std::string& target, std::string body = "") {
        const Target parsed = parse_target(target).value();
        Request request;
        request.head.method = method;
        request.head.path = parsed.path;
        request.head.query = parsed.query;
        request.head.content_type = method == Method::post ? "application/json" : "";
        request.body = std::move(body);
        return request;
    }

    Respond respond() {
        return [this](Response response) { answers.push_back(std::move(response)); };
    }

    Response ask(const Request& request) {
        answers.clear();
        routes.answer(request, respond());
        return answers.size() == 1 ? answers.front() : Response{0, {}, "not one answer", {}, {}};
    }

    Response get(const std::string& target) {
        return ask(request(Method::get, target));
    }

    Response post(const std::string& target, const std::string& body) {
        return ask(request(Method::post, target, body));
    }

    FakeProgram program;
    Routes routes;
    std::vector<Response> answers;
};

std::string header(const Response& response, const std::string& name) {
    for (const auto& [key, value] : response.headers) {
        if (key == name) {
            return value;
        }
    }
    return "";
}

ordered_json json_of(const Response& response) {
    return ordered_json::parse(response.body);
}

const std::string a_scan = R"({"station":"OR","text":"9500000125"})";

} // namespace

TEST_CASE("a scan is handed on and answered with reply and view", "[web][routes]") {
    RoutesKit kit;
    kit.program.reply->kind = readiness::ReplyKind::accept;
    kit.program.reply->message = "badge_known";

    const Response response = kit.post("/api/v1/scans", a_scan);

    CHECK(response.status == 200);
    CHECK(json_of(response)["reply"]["message"] == "badge_known");
    CHECK(json_of(response)["view"]["station"]["id"] == "OR");
    REQUIRE(kit.program.submitted.size() == 1);
    CHECK(kit.program.submitted[0].station == "OR");
    const auto scan = std::get<readiness::Scan>(kit.program.submitted[0].command);
    CHECK(scan.reading->raw == "9500000125");
}

TEST_CASE("nothing is answered before the commit", "[web][routes]") {
    RoutesKit kit;
    kit.program.answers_at_once = false;

    kit.routes.answer(kit.request(Method::post, "/api/v1/scans", a_scan), kit.respond());
    CHECK(kit.answers.empty());
    kit.program.submitted[0].done(readiness::Reply{});

    REQUIRE(kit.answers.size() == 1);
    CHECK(kit.answers[0].status == 200);
}

TEST_CASE("what was not recorded is never answered as if it were", "[web][routes]") {
    struct Example {
        ErrorCode code;
        unsigned status;
        std::string_view reason;
    };

    const auto example = GENERATE(values<Example>({
        {ErrorCode::unavailable, 503, "not_recorded"},
        {ErrorCode::conflict, 409, "changed_meanwhile"},
        {ErrorCode::not_allowed, 403, "not_from_here"},
        {ErrorCode::not_found, 404, "not_there"},
        {ErrorCode::too_large, 413, "too_large"},
        {ErrorCode::bad_input, 400, "page_differs"},
    }));
    RoutesKit kit;
    kit.program.reply = refused(example.code, "the store failed");

    const Response response = kit.post("/api/v1/scans", a_scan);

    CHECK(response.status == example.status);
    CHECK(header(response, "Content-Type") == "application/problem+json");
    CHECK(json_of(response)["detail"] == "the store failed");
    CHECK(json_of(response)["reason"] == example.reason);
}

TEST_CASE("a program that throws is told of, and the asker gets one 500", "[web][routes]") {
    RoutesKit kit;
    kit.program.throws_on_submit = true;

    const Response response = kit.post("/api/v1/scans", a_scan);

    CHECK(response.status == 500);
    CHECK(response.body.find("disk") == std::string::npos);
    CHECK(kit.program.broken == std::vector<std::string>{"the disk is gone"});
}

TEST_CASE("a station that is not here is not found", "[web][routes]") {
    RoutesKit kit;

    CHECK(kit.get("/api/v1/view?station=ICU").status == 404);
    CHECK(kit.get("/api/v1/view").status == 404);
    CHECK(kit.post("/api/v1/scans", R"({"station":"ICU","text":"x"})").status == 404);
    CHECK(
        kit.post("/api/v1/commands", R"({"station":"ICU","command":{"do":"undo"}})").status == 404);
    CHECK(kit.program.submitted.empty());
}

TEST_CASE("a body that does not fit names the place", "[web][routes]") {
    RoutesKit kit;

    const Response response =
        kit.post("/api/v1/commands", R"({"station":"OR","command":{"do":"quantity"}})");

    CHECK(response.status == 400);
    CHECK(json_of(response)["pointer"] == "/command/quantity");
    CHECK(json_of(response)["status"] == 400);
    CHECK(kit.program.submitted.empty());
}

TEST_CASE("each role answers its own requests only", "[web][routes]") {
    RoutesKit ward;
    RoutesKit pharmacy(FakeProgram::of_pharmacy());
    const std::string alert =
        R"({"node":"ward-1","cart":"OR-1","subject":"epi","episode":1,"badge":"95"})";

    CHECK(ward.get("/api/v1/stations").status == 200);
    CHECK(ward.post("/api/v1/alerts/accept", alert).status == 404);
    CHECK(json_of(pharmacy.get("/api/v1/stations"))["role"] == "pharmacy");
    CHECK(pharmacy.post("/api/v1/commands", "{}").status == 404);
    CHECK(pharmacy.post("/api/v1/alerts/accept", alert).status == 200);
    CHECK(pharmacy.post("/api/v1/alerts/hand_back", alert).status == 200);
    CHECK(
        pharmacy
            .post(
                "/api/v1/alerts/dispatch",
                R"({"node":"ward-1","cart":"OR-1","subject":"epi","episode":1,"badge":"95",)"
                R"("units":[{"lot":"B2","last_usable_day":"2028-01-31","quantity":5}]})")
            .status
        == 200);
    CHECK(json_of(pharmacy.get("/api/v1/view"))["role"] == "pharmacy");
    REQUIRE(pharmacy.program.submitted.size() == 3);
    const auto& sent = std::get<readiness::DispatchAlert>(pharmacy.program.submitted[2].command);
    REQUIRE(sent.units.size() == 1);
    CHECK(sent.units[0] == readiness::DispatchedUnits{"B2", day("2028-01-31"), 5, {}});
    CHECK(pharmacy.program.submitted[0].station == "pharmacy");
    CHECK(std::holds_alternative<readiness::AcceptAlert>(pharmacy.program.submitted[0].command));
}

TEST_CASE("each view has a higher number, whatever the clock says", "[web][routes]") {
    RoutesKit kit;
    const auto first = json_of(kit.get("/api/v1/view?station=OR"))["order"].get<int>();
    kit.program.moment.now -= std::chrono::hours(1);
    CHECK(json_of(kit.get("/api/v1/view?station=OR"))["order"] == first + 1);
    CHECK(nlohmann::json::parse(kit.routes.live_view("OR"))["view"]["order"] == first + 2);
    const Response replied = kit.post("/api/v1/scans", a_scan);
    CHECK(json_of(replied)["view"]["order"] == first + 3);
    CHECK(json_of(replied)["view"]["run"] == kit.program.service().run);
}

TEST_CASE("the day is confirmed at a ward's station and at the board", "[web][routes]") {
    RoutesKit ward;
    RoutesKit pharmacy(FakeProgram::of_pharmacy());
    const std::string path = "/api/v1/clock/confirm";

    CHECK(ward.post(path, R"({"station":"OR","day":"2026-11-22"})").status == 200);
    CHECK(pharmacy.post(path, R"({"station":"pharmacy","day":"2026-11-22"})").status == 200);
    CHECK(ward.post(path, R"({"station":"XX","day":"2026-11-22"})").status == 404);
    CHECK(ward.post(path, R"({"station":"OR","day":"22.11.2026"})").status == 400);
    REQUIRE(ward.program.submitted.size() == 1);
    const auto confirm = std::get<readiness::ConfirmDay>(ward.program.submitted[0].command);
    CHECK(confirm.day == *parse_day("2026-11-22"));
}

TEST_CASE("a badge at the board is a scan of the pharmacy", "[web][routes]") {
    RoutesKit kit(FakeProgram::of_pharmacy());

    CHECK(kit.post("/api/v1/scans", R"({"station":"pharmacy","text":"95"})").status == 200);
    CHECK(kit.post("/api/v1/scans", a_scan).status == 404);
}

TEST_CASE("another method is told which one is right", "[web][routes]") {
    RoutesKit kit;

    const Response response = kit.get("/api/v1/scans");

    CHECK(response.status == 405);
    CHECK(header(response, "Allow") == "POST");
    CHECK(kit.post("/api/v1/view", "{}").status == 405);
    CHECK(kit.ask(kit.request(Method::other, "/")).status == 405);
    CHECK(kit.get("/api/v2/view").status == 404);
}

TEST_CASE("a body comes as JSON and says so", "[web][routes]") {
    struct Example {
        const char* type;
        unsigned status;
    };

    const auto example = GENERATE(values<Example>({
        {"application/json", 200},
        {"Application/JSON; charset=utf-8", 200},
        {"application/json ;x=y", 200},
        {"text/plain", 415}, // what a foreign form could send without asking
        {"application/x-www-form-urlencoded", 415},
        {"", 415},
    }));
    RoutesKit kit;
    Request request = kit.request(Method::post, "/api/v1/scans", a_scan);
    request.head.content_type = example.type;

    DYNAMIC_SECTION("type " << example.type) {
        CHECK(kit.ask(request).status == example.status);
    }
}

SCENARIO("asking again with the same key does nothing twice", "[web][routes][idempotency]") {
    RoutesKit kit;
    Request request = kit.request(Method::post, "/api/v1/scans", a_scan);
    request.head.idempotency_key = "key-1";
    const Response first = kit.ask(request);

    WHEN("the same request comes again") {
        const Response second = kit.ask(request);

        THEN("the program hears of it once, and the answer is the same") {
            CHECK(kit.program.submitted.size() == 1);
            CHECK(kit.program.submitted[0].request == "key-1");
            CHECK(second.status == 200);
            CHECK(second.body == first.body);
        }
    }

    WHEN("another body comes with the key") {
        request.body = R"({"station":"OR","text":"another"})";

        THEN("it is refused") {
            CHECK(kit.ask(request).status == 422);
            CHECK(kit.program.submitted.size() == 1);
        }
    }

    WHEN("the program knows the key from before a restart, with another request") {
        kit.program.reply = refused(ErrorCode::conflict, "another request was made under this id");
        request.head.idempotency_key = "key-2";

        THEN("it is refused in the same way") {
            CHECK(kit.ask(request).status == 422);
        }
    }

    WHEN("another path comes with the key") {
        Request other = kit.request(Method::post, "/api/v1/commands", a_scan);
        other.head.idempotency_key = "key-1";

        THEN("it is refused") {
            CHECK(kit.ask(other).status == 422);
        }
    }

    WHEN("a key is no key") {
        request.head.idempotency_key = "two words";

        THEN("it is refused") {
            CHECK(kit.ask(request).status == 400);
        }
    }
}

TEST_CASE(
    "a commit that failed may be asked for again with its key", "[web][routes][idempotency]") {
    RoutesKit kit;
    Request request = kit.request(Method::post, "/api/v1/scans", a_scan);
    request.head.idempotency_key = "key-1";
    kit.program.reply = refused(ErrorCode::unavailable, "disk full");
    CHECK(kit.ask(request).status == 503);

    kit.program.reply = readiness::Reply{};

    CHECK(kit.ask(request).status == 200);
    CHECK(kit.program.submitted.size() == 2);
}

TEST_CASE("health is the health of the record", "[web][routes]") {
    RoutesKit kit;
    CHECK(kit.get("/healthz").status == 200);
    CHECK(kit.get("/healthz").body == R"({"status":"ok"})");

    kit.program.recording = false;

    CHECK(kit.get("/healthz").status == 503);
}

TEST_CASE("metrics are in the exposition format", "[web][routes]") {
    RoutesKit kit;
    kit.program.figures.entries = 12;
    kit.program.figures.scans_by_verdict = {{"expired", 3}};
    kit.program.link = {LinkState::connecting, 4, std::nullopt, 0};
    kit.routes.http().answers_by_status[404] = 2;

    const std::string text = kit.get("/metrics").body;

    CHECK_THAT(text, Catch::Contains("# TYPE cartwatch_entries gauge\ncartwatch_entries 12\n"));
    CHECK_THAT(text, Catch::Contains("cartwatch_scans_total{verdict=\"expired\"} 3\n"));
    CHECK_THAT(text, Catch::Contains("cartwatch_open_alerts{severity=\"high\"} 1\n"));
    CHECK_THAT(text, Catch::Contains("cartwatch_open_alerts{severity=\"critical\"} 0\n"));
    CHECK_THAT(text, Catch::Contains("cartwatch_link_connected 0\n"));
    CHECK_THAT(text, Catch::Contains("cartwatch_link_waiting_entries 4\n"));
    CHECK_THAT(text, Catch::Contains("cartwatch_http_responses_total{code=\"404\"} 2\n"));
    CHECK(text.back() == '\n');
}

SCENARIO("a picture is read, and scanned if that is asked for", "[web][routes][picture]") {
    const std::string png = "\x89PNG\r\n\x1a\nrest";
    RoutesKit kit;
    const auto post = [&](const std::string& target, const std::string& type) {
        Request request = kit.request(Method::post, target, png);
        request.head.content_type = type;
        return kit.ask(request);
    };

    WHEN("it holds one symbol") {
        kit.program.symbols = std::vector<codes::Reading>{reading_of("one")};

        THEN("it is only shown") {
            const Response response = post("/api/v1/images?station=OR", "image/png");
            CHECK(json_of(response)["symbols"][0]["raw"] == "one");
            CHECK_FALSE(json_of(response).contains("reply"));
            CHECK(kit.program.submitted.empty());
        }

        THEN("it is scanned when applied") {
            const Response response = post("/api/v1/images?station=OR&apply=true", "image/png");
            CHECK(json_of(response)["symbols"].size() == 1);
            CHECK(json_of(response)["view"]["role"] == "ward");
            CHECK(kit.program.submitted.size() == 1);
        }
    }

    WHEN("it holds two") {
        kit.program.symbols = std::vector<codes::Reading>{reading_of("a"), reading_of("b")};

        THEN("none is scanned, since nobody said which") {
            const Response response = post("/api/v1/images?station=OR&apply=true", "image/png");
            CHECK(json_of(response)["symbols"].size() == 2);
            CHECK(kit.program.submitted.empty());
        }

        THEN("the one that the station waits for is scanned") {
            kit.program.symbols =
                std::vector<codes::Reading>{reading_of("a"), reading_of("9500000125")};
            const Response response = post("/api/v1/images?station=OR&apply=true", "image/png");
            CHECK(json_of(response)["symbols"].size() == 2);
            REQUIRE(kit.program.submitted.size() == 1);
            const auto& scan = std::get<readiness::Scan>(kit.program.submitted[0].command);
            CHECK(scan.reading->raw == "9500000125");
        }
    }

    WHEN("it is no picture") {
        THEN("it is refused before anybody decodes it") {
            CHECK(post("/api/v1/images?station=OR", "application/json").status == 415);
            CHECK(post("/api/v1/images?station=OR", "image/jpeg").status == 400);
            CHECK(post("/api/v1/images?station=XX", "image/png").status == 404);
            CHECK(post("/api/v1/images?station=OR&apply=yes", "image/png").status == 400);
            CHECK(kit.program.pictures.empty());
        }
    }

    WHEN("the decoder died on it") {
        kit.program.symbols = refused(ErrorCode::bad_input, "the decoder gave up");

        THEN("that is one clear answer") {
            CHECK(post("/api/v1/images?station=OR", "image/png").status == 400);
        }
    }
}

TEST_CASE(
    "of several codes the page is told which is meant, and nothing is scanned", "[web][routes]") {
    RoutesKit kit;
    const auto ask = [&](const std::string& texts) {
        return kit.post("/api/v1/scans/choose", R"({"station":"OR","texts":)" + texts + "}");
    };

    const Response one_awaited = ask(R"(["x","9500000125"])");
    CHECK(one_awaited.status == 200);
    CHECK(json_of(one_awaited)["chosen"] == 1);
    CHECK(json_of(one_awaited)["codes"][1]["name"]["zh"] == "张敏");
    CHECK(json_of(one_awaited)["codes"][1]["awaited"] == true);
    CHECK(json_of(one_awaited)["codes"][0]["name"].is_null());
    CHECK(json_of(one_awaited)["codes"][0]["text"] == "x");
    CHECK(json_of(ask(R"(["x","y"])"))["chosen"].is_null());

    CHECK(ask("[]").status == 400);
    CHECK(ask(R"([""])").status == 400);
    CHECK(ask(R"([7])").status == 400);
    CHECK(ask(R"("x")").status == 400);
    const auto many = [](int count) {
        std::string list = "[\"x\"";
        for (int i = 1; i < count; ++i) {
            list += ",\"x\"";
        }
        return list + "]";
    };
    CHECK(ask(many(63)).status == 200);
    CHECK(ask(many(64)).status == 200);
    CHECK(ask(many(65)).status == 400);
    CHECK(ask("[\"" + std::string(8192, 'x') + "\"]").status == 200);
    CHECK(ask("[\"" + std::string(8193, 'x') + "\"]").status == 400);
    CHECK(kit.post("/api/v1/scans/choose", R"({"station":"XX","texts":["x"]})").status == 404);
    CHECK(kit.program.submitted.empty());
}

TEST_CASE("an export is asked for by kind, format and days", "[web][routes][export]") {
    RoutesKit kit;

    const Response response =
        kit.get("/api/v1/export/checks?format=csv&from=2026-11-01&to=2026-11-22");

    CHECK(response.status == 200);
    CHECK(response.stream.has_value());
    CHECK(header(response, "Content-Disposition") == "attachment; filename=\"checks.csv\"");
    REQUIRE(kit.program.exports.size() == 1);
    CHECK(kit.program.exports[0].what == "checks");
    CHECK(kit.program.exports[0].from == day("2026-11-01"));
    CHECK(kit.get("/api/v1/export/salaries?format=csv").status == 404);
    CHECK(kit.get("/api/v1/export/checks?format=exe").status == 400);
    CHECK(kit.get("/api/v1/export/checks?format=csv&from=yesterday").status == 400);
}

TEST_CASE("a live page is opened for a station that is here", "[web][routes][live]") {
    RoutesKit ward;
    RoutesKit pharmacy(FakeProgram::of_pharmacy());
    const auto refusal = [](RoutesKit& kit, const std::string& target) {
        const auto response = kit.routes.refusal_of_live(kit.request(Method::get, target).head);
        return response ? response->status : 101;
    };

    CHECK(refusal(ward, "/api/v1/live?station=OR") == 101);
    CHECK(refusal(ward, "/api/v1/live?station=XX") == 404);
    CHECK(refusal(ward, "/api/v1/live") == 404);
    CHECK(refusal(ward, "/api/v1/view?station=OR") == 404);
    CHECK(refusal(pharmacy, "/api/v1/live") == 101);
    CHECK(ward.get("/api/v1/live?station=OR").status == 426);
}

TEST_CASE("a live view that fails is told of, not sent", "[web][routes][live]") {
    RoutesKit kit;

    CHECK(kit.routes.live_view("nowhere").empty());

    CHECK(kit.program.broken.size() == 1);
}

} // namespace cartwatch::routes_test
