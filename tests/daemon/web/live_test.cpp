// Goal: a live page has the newest view soon, never an old one after it, and cannot hold the
// server up.
#include "tests/daemon/web/server_kit.hpp"

#include <catch2/catch.hpp>

namespace cartwatch::live_test {

namespace {

using namespace cartwatch::web;
using namespace std::chrono_literals;
using nlohmann::json;

// A page that has done its handshake.
struct Page {
    explicit Page(ServerKit& owner, const std::string& target = "/api/v1/live?station=OR")
        : kit(owner), client(owner) {
        client.send(upgrade(target, "Origin: http://localhost\r\n"));
        const std::string answer = client.answer();
        REQUIRE(status_of(answer) == "101");
        // The key of RFC 6455, section 1.3, has this answer there.
        REQUIRE_THAT(answer, Catch::Contains("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
    }

    // The next message; {"type":"none"} where none comes.
    json message() {
        std::optional<std::string> text;
        const bool came =
            kit.until([&] { return (text = take_frame(client.received())).has_value(); });
        return came ? json::parse(*text) : json{{"type", "none"}, {"view", nullptr}};
    }

    bool silent() {
        kit.settle();
        return client.received().empty();
    }

    ServerKit& kit;
    Client client;
};

} // namespace

SCENARIO("a live page is told of what it shows", "[web][live]") {
    ServerKit kit;
    Page theatre(kit);
    Page floor(kit, "/api/v1/live?station=N3");

    THEN("it has the view at once, and then nothing") {
        const json message = theatre.message();
        CHECK(message["type"] == "view");
        CHECK(message["view"]["station"]["id"] == "OR");
        CHECK(floor.message()["view"]["station"]["id"] == "N3");
        CHECK(theatre.silent());
    }

    WHEN("its station changes") {
        theatre.message();
        floor.message();
        kit.program.recording = false;
        kit.server->changed("OR");

        THEN("it has the new view, and the others nothing") {
            CHECK(theatre.message()["view"]["recording"] == false);
            CHECK(floor.silent());
        }
    }

    WHEN("everything changes") {
        theatre.message();
        floor.message();
        kit.server->changed("");

        THEN("all have it") {
            CHECK(theatre.message()["type"] == "view");
            CHECK(floor.message()["type"] == "view");
        }
    }

    WHEN("many changes come before it can take one") {
        theatre.message();
        for (int i = 0; i < 1000; ++i) {
            kit.program.link.waiting = i;
            kit.server->changed("OR");
        }

        THEN("it has the newest, once") {
            CHECK(theatre.message()["view"]["link"]["waiting"] == 999);
            CHECK(theatre.silent());
        }
    }

    WHEN("five seconds pass") {
        theatre.message();
        kit.clock.advance(5s);

        THEN("it has the time") {
            const json tick = theatre.message();
            CHECK(tick["type"] == "tick");
            CHECK(tick["now"] == "2026-11-22T02:06:39.123Z");
        }
    }
}

SCENARIO("views that take long leave the loop to others", "[web][live]") {
    ServerKit kit;
    Page theatre(kit);
    theatre.message();

    GIVEN("a view that took 11 ms to make, of which one may be the clock's") {
        kit.program.on_view = [&kit, slow = true]() mutable {
            kit.clock.advance(std::exchange(slow, false) ? 11ms : 0ms);
        };
        kit.server->changed("OR");
        CHECK(theatre.message()["type"] == "view");

        WHEN("the station changes again at once, and again") {
            kit.program.link.waiting = 1;
            kit.server->changed("OR");
            kit.settle();
            kit.program.link.waiting = 2;
            kit.server->changed("OR");

            THEN("no view is made for four times as long") {
                CHECK(theatre.silent());
                kit.clock.advance(39ms);
                CHECK(theatre.silent());
            }

            THEN("then the newest is, once") {
                kit.clock.advance(40ms);
                CHECK(theatre.message()["view"]["link"]["waiting"] == 2);
                CHECK(theatre.silent());
            }

            THEN("another station does not wait for it") {
                Page floor(kit, "/api/v1/live?station=N3");
                CHECK(floor.message()["view"]["station"]["id"] == "N3");
            }
        }
    }
}

TEST_CASE(
    "a view that was made within a tick of the clock is followed by the next at once",
    "[web][live]") {
    ServerKit kit;
    Page theatre(kit);
    theatre.message();
    kit.program.on_view = [&kit, once = true]() mutable {
        kit.clock.advance(std::exchange(once, false) ? 1ms : 0ms);
    };
    kit.server->changed("OR");
    theatre.message();
    kit.program.link.waiting = 3;

    kit.server->changed("OR");

    CHECK(theatre.message()["view"]["link"]["waiting"] == 3);
}

TEST_CASE("the board is live for whoever opens it", "[web][live]") {
    ServerKit kit(FakeProgram::of_pharmacy());
    Page board(kit, GENERATE("/api/v1/live", "/api/v1/live?station=OR"));
    CHECK(board.message()["view"]["role"] == "pharmacy");

    kit.server->changed("pharmacy");

    CHECK(board.message()["view"]["counts"]["open"] == 1);
}

TEST_CASE("what a live page says is ignored up to its limit", "[web][live][limit]") {
    ServerKit kit;
    Page page(kit);
    page.message();

    page.client.send(client_frame("hello"));
    page.client.send(client_frame(std::string(4096, 'x')));
    CHECK(page.silent());
    kit.server->changed("OR");
    CHECK(page.message()["type"] == "view");

    page.client.send(client_frame(std::string(4097, 'x')));
    CHECK(page.client.until_closed());
    CHECK(kit.failures.empty());
}

TEST_CASE("bytes that are no frame close the page and nothing else", "[web][live][garbage]") {
    ServerKit kit;
    Page good(kit);
    Page bad(kit);
    good.message();

    bad.client.send(std::string(100, '\xff'));

    CHECK(bad.client.until_closed());
    kit.server->changed("OR");
    CHECK(good.message()["type"] == "view");
    CHECK(kit.failures.empty());
}

TEST_CASE("a live page that is closed is forgotten", "[web][live]") {
    ServerKit kit;
    {
        Page page(kit);
        page.message();
    }
    kit.server->changed("OR");
    kit.clock.advance(5s);
    kit.settle();

    Client client(kit);
    CHECK_THAT(client.ask(get("/metrics")), Catch::Contains("cartwatch_live_pages 0\n"));
    CHECK(kit.failures.empty());
}

TEST_CASE("a page that takes nothing is closed and holds nobody up", "[web][live][slow]") {
    ServerKit kit;
    // A view of some 8 MiB, more than the sockets of both ends hold.
    kit.program.state.nodes["ward-1"].carts["OR-1"].name.zh = std::string(8'000'000, 'x');
    Page good(kit);
    good.message();
    Client slow(kit, false);
    slow.send(upgrade("/api/v1/live?station=OR"));
    kit.settle();
    {
        Client client(kit);
        CHECK_THAT(client.ask(get("/metrics")), Catch::Contains("cartwatch_live_pages 2\n"));
    }

    for (int i = 0; i < 6; ++i) {
        kit.clock.advance(5s);
        kit.settle();
        CHECK(good.message()["type"] == "tick");
    }

    Client client(kit);
    CHECK_THAT(client.ask(get("/metrics")), Catch::Contains("cartwatch_live_pages 1\n"));
    CHECK(kit.failures.empty());
}

TEST_CASE("a page whose view cannot be made is closed, and the program told", "[web][live]") {
    ServerKit kit;
    Page page(kit);
    page.message();
    kit.program.state.nodes["ward-1"].stations.erase("OR");

    kit.server->changed("OR");

    CHECK(page.client.until_closed());
    CHECK(kit.program.broken.size() == 1);
    CHECK(kit.failures.empty());
}

TEST_CASE("a handshake that is none is refused", "[web][live][garbage]") {
    ServerKit kit;
    Client client(kit);

    const std::string answer =
        client.ask(get("/api/v1/live?station=OR", "Upgrade: websocket\r\nConnection: Upgrade\r\n"));

    CHECK(status_of(answer).front() == '4');
    CHECK(kit.failures.empty());
}

} // namespace cartwatch::live_test
