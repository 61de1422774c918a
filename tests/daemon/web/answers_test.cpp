#include "daemon/web/answers.hpp"
#include "scanner/values/ensure.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::answers_test {

namespace {

using namespace cartwatch::web;

struct Asked {
    std::vector<unsigned> statuses;
    std::vector<std::string> bodies;

    Respond respond() {
        return [this](const Response& response) {
            statuses.push_back(response.status);
            bodies.push_back(response.body);
        };
    }
};

} // namespace

TEST_CASE("the second request with a key gets the answer of the first", "[web][idempotency]") {
    Answers answers;
    Asked first;
    Asked second;

    REQUIRE(answers.begin("k", "same", first.respond()));
    answers.finish("k", json_response(200, "one"));

    CHECK_FALSE(answers.begin("k", "same", second.respond()));
    CHECK(first.bodies == std::vector<std::string>{"one"});
    CHECK(second.bodies == std::vector<std::string>{"one"});
}

TEST_CASE("a request that comes while the first is at work waits for it", "[web][idempotency]") {
    Answers answers;
    Asked first;
    Asked second;

    REQUIRE(answers.begin("k", "same", first.respond()));
    CHECK_FALSE(answers.begin("k", "same", second.respond()));
    CHECK(second.statuses.empty());
    answers.finish("k", json_response(200, "one"));

    CHECK(first.statuses == std::vector<unsigned>{200});
    CHECK(second.statuses == std::vector<unsigned>{200});
}

TEST_CASE("a key used for another request is refused", "[web][idempotency]") {
    Answers answers;
    Asked first;
    Asked other;

    REQUIRE(answers.begin("k", "one", first.respond()));
    CHECK_FALSE(answers.begin("k", "other", other.respond()));
    answers.finish("k", json_response(200, "one"));
    CHECK_FALSE(answers.begin("k", "other", other.respond()));

    CHECK(other.statuses == std::vector<unsigned>{422, 422});
}

TEST_CASE("what failed may be tried again with the same key", "[web][idempotency]") {
    const unsigned status = GENERATE(400U, 404U, 500U, 503U);
    Answers answers;
    Asked asked;

    REQUIRE(answers.begin("k", "same", asked.respond()));
    answers.finish("k", json_response(status, ""));

    CHECK(answers.begin("k", "same", asked.respond()));
}

TEST_CASE("only so many wait for one answer", "[web][idempotency]") {
    Answers answers({10, 1000, 2});
    Asked asked;

    REQUIRE(answers.begin("k", "same", asked.respond()));
    CHECK_FALSE(answers.begin("k", "same", asked.respond()));
    CHECK_FALSE(answers.begin("k", "same", asked.respond()));
    CHECK(asked.statuses == std::vector<unsigned>{429});
    answers.finish("k", json_response(200, ""));

    CHECK(asked.statuses == std::vector<unsigned>{429, 200, 200});
}

TEST_CASE("the answer used least recently is forgotten first", "[web][idempotency]") {
    Answers answers({3, 1000, 8});
    Asked asked;
    const auto do_once = [&](const std::string& key) {
        const bool fresh = answers.begin(key, "same", asked.respond());
        if (fresh) {
            answers.finish(key, json_response(200, "x"));
        }
        return fresh;
    };

    CHECK(do_once("a"));
    CHECK(do_once("b"));
    CHECK(do_once("c"));
    CHECK_FALSE(do_once("a"));
    CHECK(do_once("d")); // b goes

    CHECK(answers.count() == 3);
    CHECK_FALSE(do_once("a"));
    CHECK(do_once("b"));
}

TEST_CASE("remembered answers have a total size", "[web][idempotency]") {
    Answers answers({100, 10, 8});
    Asked asked;
    for (const char* key : {"a", "b", "c"}) {
        REQUIRE(answers.begin(key, "same", asked.respond()));
        answers.finish(key, json_response(200, "12345"));
    }

    CHECK(answers.count() == 2);
}

TEST_CASE("an answer is finished once and only for what was begun", "[web][idempotency]") {
    Answers answers;
    Asked asked;

    CHECK_THROWS_AS(answers.finish("k", Response{}), cartwatch::BrokenInvariant);
    REQUIRE(answers.begin("k", "same", asked.respond()));
    answers.finish("k", json_response(200, ""));
    CHECK_THROWS_AS(answers.finish("k", Response{}), cartwatch::BrokenInvariant);
}

TEST_CASE("a key is 1 to 128 visible characters", "[web][idempotency]") {
    CHECK_FALSE(is_idempotency_key(""));
    CHECK(is_idempotency_key("7c9f"));
    CHECK(is_idempotency_key(std::string(127, 'k')));
    CHECK(is_idempotency_key(std::string(128, 'k')));
    CHECK_FALSE(is_idempotency_key(std::string(129, 'k')));
    CHECK_FALSE(is_idempotency_key(std::string(100'000, 'k')));
    CHECK_FALSE(is_idempotency_key("a b"));
    CHECK_FALSE(is_idempotency_key("a\n"));
    CHECK_FALSE(is_idempotency_key("键"));
}

} // namespace cartwatch::answers_test
