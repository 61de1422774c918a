// Goal: what a page asks of the past reaches the program as days and names, and a question that
// cannot be meant is refused.
#include "daemon/web/routes.hpp"
#include "tests/daemon/web/web_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::history_routes_test {

using namespace cartwatch::web;

namespace {

struct Asking {
    FakeProgram program;

    Response get(const std::string& target) {
        Routes routes(program.service(), StaticFiles());
        const auto parsed = parse_target(target);
        REQUIRE(parsed);
        Request request;
        request.head.method = Method::get;
        request.head.path = parsed->path;
        request.head.query = parsed->query;
        Response answer;
        routes.answer(request, [&](Response response) { answer = std::move(response); });
        return answer;
    }
};

} // namespace

SCENARIO("a page asks what happened between two days", "[web][history]") {
    GIVEN("a program that tells of the past, on 22 November") {
        Asking asking;

        WHEN("no days are named") {
            CHECK(asking.get("/api/v1/history").status == 200);

            THEN("the twelve weeks before today are meant, of every cart") {
                REQUIRE(asking.program.histories.size() == 1);
                CHECK(asking.program.histories[0].from == day("2026-08-30"));
                CHECK(asking.program.histories[0].to == day("2026-11-22"));
                CHECK(asking.program.histories[0].node.empty());
                CHECK(asking.program.histories[0].cart.empty());
            }
        }

        WHEN("days and a cart are named") {
            const auto answer =
                asking.get("/api/v1/history?from=2026-01-01&to=2026-06-30&node=ward-1&cart=OR-1");

            THEN("they are passed on, and what is told is sent as it is") {
                CHECK(answer.body == "{}");
                REQUIRE(asking.program.histories.size() == 1);
                CHECK(asking.program.histories[0].from == day("2026-01-01"));
                CHECK(asking.program.histories[0].to == day("2026-06-30"));
                CHECK(asking.program.histories[0].node == "ward-1");
                CHECK(asking.program.histories[0].cart == "OR-1");
            }
        }

        WHEN("the days cannot be meant") {
            const auto target = GENERATE(
                as<std::string>(),
                "/api/v1/history?from=2026-11-23",
                "/api/v1/history?from=2025-01-01&to=2026-11-22",
                "/api/v1/history?to=tomorrow",
                "/api/v1/history/figures?from=2026-11-23",
                "/api/v1/history/check?node=ward-1&check=ward-1/1&day=today",
                "/api/v1/history/check?node=ward-1&check=ward-1/1");

            THEN("nothing is asked") {
                CHECK(asking.get(target).status == 400);
                CHECK(asking.program.histories.empty());
                CHECK(asking.program.figure_questions.empty());
                CHECK(asking.program.check_records.empty());
            }
        }

        WHEN("a check is asked for that nobody knows") {
            asking.program.check_record = refused(ErrorCode::not_found, "no such check");
            const auto answer =
                asking.get("/api/v1/history/check?node=ward-1&check=ward-1/7&day=2026-11-22");

            THEN("the page is told so") {
                CHECK(answer.status == 404);
                REQUIRE(asking.program.check_records.size() == 1);
                CHECK(asking.program.check_records[0].check == "ward-1/7");
                CHECK(asking.program.check_records[0].working_day == day("2026-11-22"));
            }
        }
    }
}

SCENARIO("a page asks for the figures of some days", "[web][history]") {
    GIVEN("a program that tells of the past, on 22 November") {
        Asking asking;

        WHEN("the figures of these days are asked for") {
            asking.program.history_figures = std::string(R"({"carts":[]})");
            const auto answer =
                asking.get("/api/v1/history/figures?from=2026-09-01&node=ward-1&cart=OR-1");

            THEN("they are asked for by themselves, of the same days and carts") {
                CHECK(answer.body == R"({"carts":[]})");
                CHECK(asking.program.histories.empty());
                REQUIRE(asking.program.figure_questions.size() == 1);
                CHECK(asking.program.figure_questions[0].from == day("2026-09-01"));
                CHECK(asking.program.figure_questions[0].to == day("2026-11-22"));
                CHECK(asking.program.figure_questions[0].cart == "OR-1");
            }
        }
    }
}

SCENARIO("a page asks what expires in the months ahead", "[web][history]") {
    GIVEN("a program that tells of them") {
        Asking asking;

        WHEN("months and a station are named") {
            const auto months = GENERATE(1, 24);
            const auto answer = asking.get(
                "/api/v1/history/expiry?node=ward-1&station=OR&months=" + std::to_string(months));

            THEN("they are passed on") {
                CHECK(answer.status == 200);
                REQUIRE(asking.program.expiry_questions.size() == 1);
                CHECK(asking.program.expiry_questions[0].months == months);
                CHECK(asking.program.expiry_questions[0].node == "ward-1");
                CHECK(asking.program.expiry_questions[0].station == "OR");
            }
        }
        WHEN("none are named") {
            CHECK(asking.get("/api/v1/history/expiry").status == 200);

            THEN("half a year is meant") {
                REQUIRE(asking.program.expiry_questions.size() == 1);
                CHECK(asking.program.expiry_questions[0].months == 6);
            }
        }
        WHEN("the months cannot be meant") {
            const auto* const months = GENERATE("0", "25", "-1", "6x", "99999999999");

            THEN("nothing is asked") {
                CHECK(
                    asking.get("/api/v1/history/expiry?months=" + std::string(months)).status
                    == 400);
                CHECK(asking.program.expiry_questions.empty());
            }
        }
    }
}

TEST_CASE("an inspection pack is a zip of days, in a language", "[web][routes][export]") {
    Asking kit;
    const std::string days = "&from=2026-11-01&to=2026-11-22";

    const Response response =
        kit.get("/api/v1/export/pack?format=zip&language=zh-CN&station=OR" + days);

    CHECK(response.status == 200);
    REQUIRE(kit.program.exports.size() == 1);
    CHECK(kit.program.exports[0].what == "pack");
    CHECK(kit.program.exports[0].language == "zh-CN");
    CHECK(kit.program.exports[0].stations == std::vector<std::string>{"OR"});
    CHECK(kit.get("/api/v1/export/pack?format=csv&language=en" + days).status == 400);
    CHECK(kit.get("/api/v1/export/checks?format=zip" + days).status == 400);
    CHECK(kit.get("/api/v1/export/pack?format=zip&language=fr" + days).status == 400);
    CHECK(kit.get("/api/v1/export/pack?format=zip&language=en&from=2026-11-01").status == 400);
}

} // namespace cartwatch::history_routes_test
