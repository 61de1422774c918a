#include "daemon/web/guard.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::guard_test {

namespace {

using namespace cartwatch::web;

RequestHead head_for(const std::string& host, Method method = Method::get) {
    RequestHead head;
    head.method = method;
    head.path = "/";
    head.hosts = {host};
    return head;
}

unsigned status_of(const RequestHead& head, const GuardOptions& options = {}) {
    const auto refusal = refusal_of(head, options);
    return refusal ? refusal->status : 200;
}

} // namespace

TEST_CASE("only names of this machine may be asked for", "[web][guard]") {
    struct Example {
        const char* host;
        unsigned status;
    };

    const auto example = GENERATE(values<Example>({
        {"localhost", 200},
        {"LOCALHOST:7410", 200},
        {"cart.localhost:7410", 200},
        {"127.0.0.1:7410", 200},
        {"127.255.255.254", 200},
        {"[::1]:7410", 200},
        {"ward.hospital.example:7410", 200}, // configured below
        {"WARD.hospital.example", 200},
        {"128.0.0.1", 403},
        {"127.0.0.1.evil.example", 403},
        {"127.0.0.256", 403},
        {"127.0.1", 403},
        {"evil.example:7410", 403},
        {"localhost.evil.example", 403},
        {".localhost", 403},
        {"[::2]", 403},
        {"[::1", 400},
        {"", 400},
        {":7410", 400},
        {"localhost:", 400},
        {"localhost:x", 400},
        {"localhost:123456", 400},
        {"user@localhost", 400},
        {"localhost/evil", 400},
    }));

    DYNAMIC_SECTION("host " << example.host) {
        CHECK(status_of(head_for(example.host), {{"Ward.Hospital.example"}}) == example.status);
    }
}

TEST_CASE("a request has exactly one host", "[web][guard]") {
    RequestHead head = head_for("localhost");
    head.hosts = {"localhost", "localhost"};
    CHECK(status_of(head) == 400);
    head.hosts.clear();
    CHECK(status_of(head) == 400);
}

TEST_CASE("what changes something or stays open comes from this page", "[web][guard]") {
    struct Example {
        const char* origin;
        unsigned status;
    };

    const auto example = GENERATE(values<Example>({
        {"http://localhost:7410", 200},
        {"HTTPS://LOCALHOST:7410", 200},
        {"http://localhost:7420", 403}, // another program of this machine
        {"http://127.0.0.1:7410", 403},
        {"http://evil.example", 403},
        {"http://localhost:7410.evil.example", 403},
        {"null", 403},
        {"", 403},
    }));

    DYNAMIC_SECTION("origin " << example.origin) {
        RequestHead post = head_for("localhost:7410", Method::post);
        RequestHead live = head_for("localhost:7410");
        RequestHead page = head_for("localhost:7410");
        live.websocket = true;
        for (RequestHead* head : {&post, &live, &page}) {
            head->origins = {example.origin};
        }
        CHECK(status_of(post) == example.status);
        CHECK(status_of(live) == example.status);
        CHECK(status_of(page) == 200);
    }
}

TEST_CASE("a program without an origin may post", "[web][guard]") {
    CHECK(status_of(head_for("localhost:7410", Method::post)) == 200);
}

TEST_CASE("a request target is a plain path with named values", "[web][target]") {
    const auto target = parse_target("/api/v1/view?station=3F%20%E4%B8%89+x&a=");

    REQUIRE(target);
    CHECK(target->path == "/api/v1/view");
    CHECK(target->query.at("station") == "3F 三 x");
    CHECK(target->query.at("a").empty());
}

TEST_CASE("targets that climb, hide or break are refused", "[web][target]") {
    const std::string target = GENERATE(
        "",
        "x",
        "http://evil.example/",
        "*",
        "/..",
        "/../etc/passwd",
        "/a/../../etc/passwd",
        "/%2e%2e/etc/passwd",
        "/a%2f..%2fb",
        "/..%5cetc",
        "/a\\b",
        "/./a",
        "/a%00b",
        "/a%0d%0ab",
        "/%",
        "/%4",
        "/%zz",
        "/%ff",
        "/?a=1&a=2",
        "/?=1",
        "/?a=%ff");

    DYNAMIC_SECTION(target) {
        CHECK_FALSE(parse_target(target));
    }
}

TEST_CASE("a target has a length", "[web][target]") {
    CHECK(parse_target("/" + std::string(target_bytes_max - 2, 'a')));
    CHECK(parse_target("/" + std::string(target_bytes_max - 1, 'a')));
    CHECK_FALSE(parse_target("/" + std::string(target_bytes_max, 'a')));
    CHECK_FALSE(parse_target("/" + std::string(1'000'000, 'a')));
}

} // namespace cartwatch::guard_test
