// Goal: what a page orders of labels reaches the program in the page's words, and a file comes back
// as what it is.
#include "daemon/web/routes.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace cartwatch::label_routes_test {

using namespace cartwatch::web;

namespace {

struct Asking {
    FakeProgram program;
    bool prints = true;

    Response get(const std::string& target, Method method = Method::get) {
        Service service = program.service();
        if (!prints) {
            service.labels = {};
        }
        Routes routes(std::move(service), StaticFiles());
        const auto parsed = parse_target(target);
        REQUIRE(parsed);
        Request request;
        request.head.method = method;
        request.head.path = parsed->path;
        request.head.query = parsed->query;
        Response answer;
        routes.answer(request, [&](Response response) { answer = std::move(response); });
        return answer;
    }
};

std::string header(const Response& response, std::string_view name) {
    const auto found =
        std::find_if(response.headers.begin(), response.headers.end(), [&](const auto& one) {
            return one.first == name;
        });
    return found == response.headers.end() ? "" : found->second;
}

} // namespace

TEST_CASE("a page is told what can be printed, and which labels there are", "[web][labels]") {
    Asking asking;
    asking.program.label_offer = std::string(R"({"kinds":[]})");
    asking.program.label_things = std::string(R"({"labels":[]})");

    CHECK(asking.get("/api/v1/labels").body == R"({"kinds":[]})");
    CHECK(asking.get("/api/v1/labels/things?what=lines&cart=OR-1").body == R"({"labels":[]})");
    REQUIRE(asking.program.label_things_asked.size() == 1);
    CHECK(
        asking.program.label_things_asked[0]
        == std::pair<std::string, std::string>("lines", "OR-1"));
}

TEST_CASE("a sheet is ordered in words, and comes as a file to keep", "[web][labels]") {
    Asking asking;

    const auto answer =
        asking.get("/api/v1/labels/sheet?what=carts&paper=a4-24&offset_x=-0.5&only=OR-1%2COR-2");

    CHECK(answer.status == 200);
    CHECK(answer.body == "%PDF-");
    CHECK(header(answer, "Content-Type") == "application/pdf");
    CHECK(header(answer, "Content-Disposition") == "attachment; filename=\"cartwatch-carts.pdf\"");
    CHECK(header(answer, "Cache-Control") == "no-store");
    REQUIRE(asking.program.label_sheets_asked.size() == 1);
    CHECK(asking.program.label_sheets_asked[0].first == "carts");
    CHECK(
        asking.program.label_sheets_asked[0].second
        == LabelOptions{{"paper", "a4-24"}, {"offset_x", "-0.5"}, {"only", "OR-1,OR-2"}});
}

TEST_CASE("a page of a sheet for the screen is not a file to keep", "[web][labels]") {
    Asking asking;
    asking.program.label_file = LabelFile{"image/svg+xml", "", "<svg/>"};

    const auto answer = asking.get("/api/v1/labels/sheet?what=carts&format=svg");

    CHECK(header(answer, "Content-Type") == "image/svg+xml");
    CHECK(header(answer, "Content-Disposition").empty());
}

TEST_CASE("what is refused of labels is told as a problem", "[web][labels][refusal]") {
    struct Example {
        ErrorCode code;
        unsigned status;
    };

    const auto example = GENERATE(values<Example>({
        {ErrorCode::bad_input, 400},
        {ErrorCode::not_allowed, 403},
        {ErrorCode::not_found, 404},
        {ErrorCode::too_large, 413},
        {ErrorCode::unavailable, 503},
    }));
    CAPTURE(example.status);
    Asking asking;
    asking.program.label_file = refused(example.code, "start 25: a page has labels 1 to 24");

    const auto answer = asking.get("/api/v1/labels/sheet?what=carts&start=25");

    CHECK(answer.status == example.status);
    CHECK(header(answer, "Content-Type") == "application/problem+json");
    CHECK(answer.body.find("a page has labels 1 to 24") != std::string::npos);
}

TEST_CASE("what there is not, and what is not drawn twice", "[web][labels][refusal]") {
    Asking asking;

    CHECK(asking.get("/api/v1/labels/sheets").status == 404);
    CHECK(asking.get("/api/v1/labels/").status == 404);
    CHECK(asking.get("/api/v1/labels/sheet?what=carts", Method::head).status == 405);
    CHECK(asking.get("/api/v1/labels", Method::post).status == 405);
    CHECK(asking.program.label_sheets_asked.empty());
    asking.prints = false;
    CHECK(asking.get("/api/v1/labels").status == 404);
}

} // namespace cartwatch::label_routes_test
