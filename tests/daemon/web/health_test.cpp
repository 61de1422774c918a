#include "daemon/web/routes.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::health_test {

namespace {

using namespace cartwatch::web;

Response ask(Routes& routes, Method method, const std::string& target, std::string body = "") {
    const Target parsed = parse_target(target).value();
    Request request;
    request.head.method = method;
    request.head.path = parsed.path;
    request.head.query = parsed.query;
    request.head.content_type = method == Method::post ? "application/json" : "";
    request.body = std::move(body);
    Response answer;
    routes.answer(request, [&](Response response) { answer = std::move(response); });
    return answer;
}

} // namespace

TEST_CASE("a node that waits for its past says so, and a person may end it", "[web][routes]") {
    FakeProgram program;
    Routes routes(program.service(), StaticFiles());
    program.past = PastStatus{
        "restored",
        *parse_instant("2026-11-22T02:00:00.000Z"),
        {{"ward-1", "heard", 0}, {"ward-2", "returning", 7}}};
    const std::string past =
        R"({"reason":"restored","began_at":"2026-11-22T02:00:00.000Z","peers":[)"
        R"({"node":"ward-1","hearing":"heard","owed":0},)"
        R"({"node":"ward-2","hearing":"returning","owed":7}]})";

    const auto health = ask(routes, Method::get, "/healthz");
    CHECK(health.status == 200); // nothing is broken
    CHECK(health.body == R"({"status":"waiting for its past","past":)" + past + "}");
    const auto view = ask(routes, Method::get, "/api/v1/view?station=OR");
    CHECK(view.body.find("\"past\":" + past) != std::string::npos);

    const auto answer = ask(routes, Method::post, "/api/v1/past/go_on", "{}");
    CHECK(answer.status == 200);
    CHECK(answer.body == R"({"past":null})");
    CHECK(program.went_on == 1);
    CHECK(ask(routes, Method::get, "/healthz").body == R"({"status":"ok"})");
}

TEST_CASE("a problem of the link stands in the views", "[web][views]") {
    FakeProgram program;
    Routes routes(program.service(), StaticFiles());
    program.link.problem = LinkProblem{"fork", "entry 7 is another"};
    const auto view = ask(routes, Method::get, "/api/v1/view?station=OR");
    CHECK(
        view.body.find(R"("problem":{"code":"fork","text":"entry 7 is another"})")
        != std::string::npos);
}

} // namespace cartwatch::health_test
