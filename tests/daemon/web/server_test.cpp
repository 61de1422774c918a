// Goal: whatever bytes come, the server answers once, clearly, within its limits, and goes on.
#include "tests/daemon/web/server_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::server_test {

namespace {

using namespace cartwatch::web;
using namespace std::chrono_literals;

// The server is unharmed: a new client is served.
void check_serves(ServerKit& kit) {
    Client client(kit);
    CHECK(status_of(client.ask(get("/healthz"))) == "200");
    CHECK(kit.failures.empty());
}

const std::string a_scan = R"({"station":"OR","text":"9500000125"})";

} // namespace

TEST_CASE("a connection is kept for further requests", "[web][server]") {
    ServerKit kit;
    Client client(kit);

    CHECK(status_of(client.ask(get("/healthz"))) == "200");
    CHECK(status_of(client.ask(post("/api/v1/scans", a_scan))) == "200");
    CHECK(status_of(client.ask(get("/nothing"))) == "404");
    CHECK_FALSE(client.closed());
}

TEST_CASE("requests sent at once are answered in order", "[web][server]") {
    ServerKit kit;
    Client client(kit);

    client.send(get("/healthz") + get("/nothing") + post("/api/v1/scans", a_scan));

    CHECK(status_of(client.answer()) == "200");
    CHECK(status_of(client.answer()) == "404");
    CHECK(status_of(client.answer()) == "200");
}

TEST_CASE("a request that arrives byte by byte is a request", "[web][server]") {
    ServerKit kit;
    Client client(kit);

    for (const char c : post("/api/v1/scans", a_scan)) {
        client.send(std::string(1, c));
        kit.settle();
    }

    CHECK(status_of(client.answer()) == "200");
}

TEST_CASE("every answer bears the strict headers", "[web][server]") {
    ServerKit kit;
    Client client(kit);
    const std::string request = GENERATE(
        as<std::string>(), get("/"), get("/api/v1/view?station=OR"), get("/healthz"), get("/../x"));

    const std::string answer = client.ask(request);

    DYNAMIC_SECTION(request) {
        CHECK_THAT(
            answer,
            Catch::Contains("Content-Security-Policy: default-src 'self'; "
                            "script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data: blob:; "
                            "object-src 'none'; base-uri 'none'; form-action 'self'; "
                            "frame-ancestors 'none'\r\n"));
        CHECK_THAT(answer, Catch::Contains("frame-ancestors 'none'"));
        CHECK_THAT(answer, !Catch::Contains("unsafe-inline"));
        CHECK_THAT(answer, !Catch::Contains("'unsafe-eval'"));
        CHECK_THAT(answer, Catch::Contains("X-Content-Type-Options: nosniff"));
        CHECK_THAT(answer, Catch::Contains("Referrer-Policy: no-referrer"));
        CHECK_THAT(answer, Catch::Contains("Cache-Control: no-store"));
    }
}

TEST_CASE("HEAD has the length and no body", "[web][server]") {
    ServerKit kit;
    Client client(kit);

    client.send("HEAD /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    REQUIRE(client.until_received("\r\n\r\n"));
    kit.settle();

    CHECK_THAT(client.received(), Catch::Contains("Content-Length: 15"));
    CHECK_THAT(client.received(), Catch::EndsWith("\r\n\r\n"));
}

TEST_CASE("what is no request gets one clear problem and is closed", "[web][server][garbage]") {
    struct Example {
        const char* name;
        std::string bytes;
        const char* status;
    };

    const auto example = GENERATE(values<Example>({
        {"words", "hello\r\n\r\n", "400"},
        {"a TLS greeting", "\x16\x03\x01\x02\x01\x01" + std::string(300, '\x01'), "400"},
        {"zeros", std::string(64, '\0'), "400"},
        {"the link's protocol", "{\"type\":\"hello\",\"protocol\":1}\n", "400"},
        {"another version", "GET / HTTP/2.0\r\nHost: localhost\r\n\r\n", "400"},
        {"a folded header", "GET / HTTP/1.1\r\nHost: localhost\r\nA\x01: b\r\n\r\n", "400"},
        {"no host", "GET / HTTP/1.1\r\n\r\n", "400"},
        {"two hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n", "400"},
        {"a length that is none", get("/", "Content-Length: -1\r\n"), "400"},
        {"two lengths", get("/", "Content-Length: 1\r\nContent-Length: 2\r\n"), "400"},
        {"length and chunks",
         get("/", "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"),
         "400"},
        {"chunks that are none", get("/", "Transfer-Encoding: chunked\r\n") + "xyz\r\n", "400"},
        {"a path that climbs", get("/../../etc/passwd"), "400"},
        {"an encoded path that climbs", get("/%2e%2e/%2e%2e/etc/passwd"), "400"},
        {"a proxy's request", get("http://localhost/"), "400"},
        {"a method unknown", "BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n", "405"},
    }));

    DYNAMIC_SECTION(example.name) {
        ServerKit kit;
        Client client(kit);
        const std::string answer = client.ask(example.bytes);
        CHECK(status_of(answer) == example.status);
        CHECK_THAT(answer, Catch::Contains("application/problem+json"));
        CHECK(nlohmann::json::parse(body_of(answer))["detail"].get<std::string>().size() > 5);
        check_serves(kit);
    }
}

TEST_CASE("a request that ends half way gets one clear problem", "[web][server][garbage]") {
    const std::string whole = post("/api/v1/scans", a_scan);
    const std::size_t kept =
        GENERATE_COPY(std::size_t{1}, std::size_t{20}, whole.find("\r\n\r\n"), whole.size() - 1);
    ServerKit kit;
    Client client(kit);

    client.send(whole.substr(0, kept));
    client.end();

    DYNAMIC_SECTION(kept << " bytes") {
        CHECK(status_of(client.answer()) == "400");
        CHECK(client.until_closed());
        CHECK(kit.program.submitted.empty());
        check_serves(kit);
    }
}

TEST_CASE("a request that does not end in time is told so", "[web][server][slow]") {
    ServerKit kit;
    Client client(kit);
    SECTION("within its head, however often a byte comes") {
        client.send("GET / HTTP/1.1\r\n");
        for (int second = 0; second < 11; ++second) {
            client.send("a: b\r\n");
            kit.settle();
            kit.clock.advance(1s);
            kit.settle();
        }
        CHECK(status_of(client.answer()) == "408");
    }

    SECTION("within its body") {
        const std::string whole = post("/api/v1/scans", a_scan);
        client.send(whole.substr(0, whole.size() - 1));
        kit.settle();
        kit.clock.advance(31s);
        CHECK(status_of(client.answer()) == "408");
    }

    kit.settle();
    kit.clock.advance(3s);
    CHECK(client.until_closed());
    CHECK(kit.program.submitted.empty());
    check_serves(kit);
}

TEST_CASE("a connection that says nothing is closed", "[web][server][slow]") {
    ServerKit kit;
    Client fresh(kit);
    Client used(kit);
    CHECK(status_of(used.ask(get("/healthz"))) == "200");
    kit.settle();

    kit.clock.advance(61s);

    CHECK(fresh.until_closed());
    CHECK(used.until_closed());
    CHECK(fresh.received().empty());
}

TEST_CASE("a head has a length", "[web][server][limit]") {
    ServerKit kit;
    const auto status_with = [&](std::size_t bytes) {
        Client client(kit);
        const std::size_t frame = get("/healthz", "X: \r\n").size();
        return status_of(
            client.ask(get("/healthz", "X: " + std::string(bytes - frame, 'x') + "\r\n")));
    };

    CHECK(status_with(head_bytes_max - 1) == "200");
    CHECK(status_with(head_bytes_max) == "200");
    CHECK(status_with(head_bytes_max + 1) == "431");
    CHECK(status_with(1'000'000) == "431");
    check_serves(kit);
}

TEST_CASE("a body has a length", "[web][server][limit]") {
    ServerKit kit;
    const auto status_with = [&](std::size_t bytes) {
        Client client(kit);
        client.send_much(post("/api/v1/scans", std::string(bytes, ' ')));
        return status_of(client.answer());
    };

    CHECK(status_with(json_bytes_max - 1) == "400"); // blanks are no JSON
    CHECK(status_with(json_bytes_max) == "400");
    CHECK(status_with(json_bytes_max + 1) == "413");
    CHECK(status_with(50'000'000) == "413");
    check_serves(kit);
}

TEST_CASE("a body in chunks has the same length", "[web][server][limit]") {
    ServerKit kit;
    Client client(kit);
    const std::string head = "POST /api/v1/scans HTTP/1.1\r\nHost: localhost\r\n"
                             "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

    std::string body;
    for (int i = 0; i < 17; ++i) {
        body += "1000\r\n" + std::string(4096, ' ') + "\r\n";
    }
    client.send_much(head + body + "0\r\n\r\n");

    CHECK(status_of(client.answer()) == "413");
    check_serves(kit);
}

TEST_CASE("pictures may be larger, and only so many at once", "[web][server][limit]") {
    ServerOptions options;
    options.limits.uploads = 1;
    ServerKit kit({}, options);
    kit.program.symbols = std::vector<codes::Reading>{};
    const std::string png = "\x89PNG\r\n\x1a\n" + std::string(1'000'000, 'x');
    const std::string head =
        "POST /api/v1/images?station=OR HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\n"
        "Content-Length: "
        + std::to_string(png.size()) + "\r\n\r\n";
    Client first(kit);
    first.send(head);
    kit.settle();

    Client second(kit);
    CHECK(status_of(second.ask(head)) == "503");
    first.send_much(png);
    CHECK(status_of(first.answer()) == "200");
    REQUIRE(kit.program.pictures.size() == 1);
    CHECK(kit.program.pictures[0].bytes == png);

    Client third(kit);
    third.send_much(head + png);
    CHECK(status_of(third.answer()) == "200");
}

TEST_CASE("a picture of 16 MiB is taken and one byte more is not", "[web][server][limit]") {
    ServerKit kit;
    kit.program.symbols = std::vector<codes::Reading>{};
    const auto status_with = [&](std::size_t bytes) {
        Client client(kit);
        client.send_much(
            "POST /api/v1/images?station=OR HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
            "image/jpeg\r\nContent-Length: "
            + std::to_string(bytes) + "\r\n\r\n\xff\xd8\xff" + std::string(bytes - 3, 'x'));
        return status_of(client.answer());
    };

    CHECK(status_with(picture_bytes_max) == "200");
    CHECK(status_with(picture_bytes_max + 1) == "413");
    check_serves(kit);
}

TEST_CASE("who asks first is told to go on", "[web][server]") {
    ServerKit kit;
    Client client(kit);
    const std::string request = post("/api/v1/scans", a_scan, "Expect: 100-continue\r\n");
    const std::size_t body = request.find("\r\n\r\n") + 4;

    client.send(request.substr(0, body));
    REQUIRE(client.until_received("HTTP/1.1 100 Continue\r\n\r\n"));
    client.received().clear();

    CHECK(status_of(client.ask(request.substr(body))) == "200");
}

TEST_CASE(
    "the connection over the limit is told so, and a place that is freed is given again",
    "[web][server][limit]") {
    ServerKit kit;
    std::vector<std::unique_ptr<Client>> clients;
    for (int i = 0; i < 300; ++i) {
        clients.push_back(std::make_unique<Client>(kit));
        kit.settle();
    }

    REQUIRE(kit.until([&] { return clients.back()->closed(); }));
    std::size_t told = 0;
    for (const auto& client : clients) {
        told += status_of(client->received()) == "503" ? 1U : 0U;
    }
    CHECK(told == 44);
    CHECK(status_of(clients.front()->ask(get("/healthz"))) == "200");
    clients.erase(clients.begin(), clients.begin() + 10);
    kit.settle();

    check_serves(kit);
}

TEST_CASE("a foreign host or page is refused", "[web][server][guard]") {
    struct Example {
        const char* name;
        std::string request;
    };

    const auto example = GENERATE(values<Example>({
        {"a rebound name", "GET /api/v1/view?station=OR HTTP/1.1\r\nHost: evil.example\r\n\r\n"},
        {"a foreign page's scan", post("/api/v1/scans", a_scan, "Origin: http://evil.example\r\n")},
        {"a page without origin", post("/api/v1/scans", a_scan, "Origin: null\r\n")},
        {"a foreign live page",
         upgrade("/api/v1/live?station=OR", "Origin: http://evil.example\r\n")},
    }));

    DYNAMIC_SECTION(example.name) {
        ServerKit kit;
        Client client(kit);
        CHECK(status_of(client.ask(example.request)) == "403");
        CHECK(kit.program.submitted.empty());
        check_serves(kit);
    }
}

TEST_CASE("a scan is answered after the commit and not before", "[web][server]") {
    ServerKit kit;
    kit.program.answers_at_once = false;
    Client client(kit);
    client.send(post("/api/v1/scans", a_scan));
    REQUIRE(kit.until([&] { return !kit.program.submitted.empty(); }));
    kit.settle();
    CHECK(client.received().empty());

    kit.program.submitted[0].done(readiness::Reply{});

    CHECK(status_of(client.answer()) == "200");
}

TEST_CASE("a commit that never comes is not called one", "[web][server]") {
    ServerKit kit;
    kit.program.answers_at_once = false;
    Client client(kit);
    client.send(post("/api/v1/scans", a_scan));
    REQUIRE(kit.until([&] { return !kit.program.submitted.empty(); }));

    kit.clock.advance(31s);

    CHECK(status_of(client.answer()) == "504");
    kit.program.submitted[0].done(readiness::Reply{}); // too late, and harmless
    check_serves(kit);
}

TEST_CASE("a client that left while it waited harms nobody", "[web][server]") {
    ServerKit kit;
    kit.program.answers_at_once = false;
    {
        Client client(kit);
        client.send(post("/api/v1/scans", a_scan));
        REQUIRE(kit.until([&] { return !kit.program.submitted.empty(); }));
    }

    kit.program.submitted[0].done(readiness::Reply{});

    check_serves(kit);
}

TEST_CASE("a download comes in chunks, and a broken one never looks whole", "[web][server]") {
    ServerKit kit;
    kit.program.export_parts = {"id,name\r\n", "1,a\r\n"};
    Client client(kit);

    SECTION("whole") {
        client.send(get("/api/v1/export/checks?format=csv"));
        REQUIRE(client.until_received("\r\n0\r\n\r\n"));
        CHECK_THAT(client.received(), Catch::Contains("Transfer-Encoding: chunked"));
        CHECK_THAT(client.received(), Catch::Contains("\r\n9\r\nid,name\r\n\r\n5\r\n1,a\r\n\r\n"));
        client.received().clear();
        CHECK(status_of(client.ask(get("/healthz"))) == "200");
    }

    SECTION("broken") {
        kit.program.export_breaks = true;
        client.send(get("/api/v1/export/checks?format=csv"));
        REQUIRE(client.until_closed());
        CHECK_THAT(client.received(), !Catch::Contains("\r\n0\r\n\r\n"));
    }

    check_serves(kit);
}

TEST_CASE("a stopped server lets its loop end", "[web][server]") {
    ServerKit kit;
    kit.program.answers_at_once = false;
    Client idle(kit);
    Client waiting(kit);
    Client live(kit);
    waiting.send(post("/api/v1/scans", a_scan));
    live.send(upgrade("/api/v1/live?station=OR"));
    REQUIRE(live.until_received("101 Switching"));
    REQUIRE(kit.until([&] { return !kit.program.submitted.empty(); }));

    kit.server->stop();

    CHECK(idle.until_closed());
    CHECK(waiting.until_closed());
    CHECK(live.until_closed());
    idle.leave();
    waiting.leave();
    live.leave();
    kit.context.run_for(10s);
    CHECK(kit.context.stopped());
}

} // namespace cartwatch::server_test
