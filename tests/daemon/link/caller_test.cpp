// The goal: whoever calls and whatever he says or does not say, no other caller is harmed.
#include "tests/daemon/link/socket_kit.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace cartwatch::caller_test {

namespace {

using namespace std::chrono_literals;
using namespace cartwatch::link_kit;

} // namespace

TEST_CASE(
    "a caller that speaks something else gets one error, and the wards notice nothing",
    "[link][socket]") {
    struct Example {
        const char* name;
        std::string bytes;
        const char* code;
    };

    const std::string greeting = hello("ward-9", "pharmacy", 0) + "\n";
    const auto example = GENERATE_COPY(values<Example>({
        {"a browser", "GET / HTTP/1.1\r\nHost: pharmacy\r\n\r\n", "not_json"},
        {"zero bytes", std::string(100, '\0') + "\n", "not_json"},
        {"a first line without an end", std::string(20'000, 'x'), "line_too_long"},
        {"another protocol",
         "{\"type\":\"hello\",\"protocol\":7,\"node\":\"ward-9\",\"have\":{}}\n",
         "unknown_protocol"},
        {"an entry before hello", "{\"type\":\"ping\"}\n", "hello_expected"},
        {"garbage after hello", greeting + "\xff\xfe\xfd\n", "not_json"},
        {"a lie after hello", greeting + "{\"type\":\"ack\",\"seq\":99}\n", "bad_ack"},
        {"a line of 2 MiB after hello", greeting + std::string(2'097'152, ' '), "line_too_long"},
        {"deep nesting after hello", greeting + std::string(100'000, '[') + "\n", "not_json"},
    }));

    DYNAMIC_SECTION(example.name) {
        Hospital hospital;
        hospital.open_pharmacy();
        hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
        REQUIRE(hospital.until([&] { return hospital.ward->is_connected(); }));
        Stranger stranger(hospital, hospital.pharmacy->server.port());

        static_cast<void>(stranger.send(example.bytes)); // the end may come before all is sent
        std::string line = stranger.next_line();
        if (example.bytes.starts_with(greeting)) {
            CHECK(line.find("\"hello\"") != std::string::npos);
            line = stranger.next_line();
        }

        CHECK(code_of(line) == example.code);
        CHECK(stranger.sees_end());
        hospital.ward_disk.record(2);
        hospital.ward->client.on_committed();
        CHECK(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));
        CHECK(hospital.ward->is_connected());
        CHECK(hospital.pharmacy->failures.empty());
    }
}

TEST_CASE("a ward may be ten lines of any language, and slow to type", "[link][socket]") {
    Hospital hospital;
    hospital.pharmacy_disk.record(1);
    hospital.ward_disk.record(2);
    hospital.open_pharmacy();
    Stranger stranger(hospital, hospital.pharmacy->server.port());
    std::string said = hello("ward-1", "pharmacy", 0) + "\n";
    for (const auto& entry : hospital.ward_disk.entries("ward-1")) {
        said += journal::to_line(entry) + "\n";
    }

    for (const char byte : said) {
        REQUIRE(stranger.send(std::string_view(&byte, 1)));
        hospital.go_on();
    }

    CHECK(stranger.next_line().find("\"hello\"") != std::string::npos);
    CHECK(stranger.next_line() == journal::to_line(hospital.pharmacy_disk.entries("pharmacy")[0]));
    std::string ack = stranger.next_line();
    while (ack != R"({"type":"ack","seq":2})" && !ack.empty()) {
        ack = stranger.next_line();
    }
    CHECK(ack == R"({"type":"ack","seq":2})");
    CHECK(stranger.say(R"({"type":"ack","seq":1})"));
    CHECK(hospital.until([&] { return hospital.pharmacy->status_of("ward-1").acknowledged == 1; }));
}

TEST_CASE("who sends all and hangs up is acknowledged first", "[link][socket]") {
    Hospital hospital;
    hospital.ward_disk.record(3);
    hospital.pharmacy_disk.hold_commits();
    hospital.open_pharmacy();
    Stranger stranger(hospital, hospital.pharmacy->server.port());
    std::string said = hello("ward-1", "pharmacy", 0) + "\n";
    for (const auto& entry : hospital.ward_disk.entries("ward-1")) {
        said += journal::to_line(entry) + "\n";
    }

    REQUIRE(stranger.send(said));
    stranger.socket().shutdown(tcp::socket::shutdown_send);
    REQUIRE(hospital.until([&] { return hospital.pharmacy_disk.pending() > 0; }));
    CHECK(stranger.next_line().find("\"hello\"") != std::string::npos);
    CHECK(stranger.hears_nothing());
    REQUIRE(hospital.until([&] {
        hospital.pharmacy_disk.commit();
        return hospital.pharmacy_disk.head("ward-1").seq == 3;
    }));

    std::string ack = stranger.next_line();
    while (ack != R"({"type":"ack","seq":3})" && !ack.empty()) {
        ack = stranger.next_line();
    }
    CHECK(ack == R"({"type":"ack","seq":3})");
    CHECK(stranger.sees_end());
}

TEST_CASE("a caller that says nothing is shown out after ten seconds", "[link][socket]") {
    Hospital hospital;
    hospital.open_pharmacy();
    Stranger stranger(hospital, hospital.pharmacy->server.port());
    REQUIRE(hospital.until([&] { return hospital.clock.waiting() > 0; }));

    hospital.clock.advance(9'999ms);
    CHECK(stranger.hears_nothing());
    CHECK_FALSE(stranger.has_ended());
    hospital.clock.advance(1ms);

    CHECK(code_of(stranger.next_line()) == "no_hello");
    CHECK(stranger.sees_end());
}

TEST_CASE("a ward that falls silent is asked, then given up", "[link][socket]") {
    Hospital hospital;
    hospital.open_pharmacy();
    Stranger stranger(hospital, hospital.pharmacy->server.port());
    REQUIRE(stranger.say(hello("ward-1", "pharmacy", 0)));
    CHECK(stranger.next_line().find("\"hello\"") != std::string::npos);
    REQUIRE(hospital.pharmacy->is_connected("ward-1"));

    hospital.clock.advance(10s);
    CHECK(stranger.next_line() == R"({"type":"ping"})");
    SECTION("it answers") {
        REQUIRE(stranger.say(R"({"type":"pong"})"));
        hospital.go_on();
        REQUIRE(hospital.until([&] {
            return hospital.pharmacy->status_of("ward-1").last_contact == hospital.clock.now();
        }));
        hospital.clock.advance(25s);
        hospital.go_on();
        CHECK(hospital.pharmacy->is_connected("ward-1"));
    }
    SECTION("it does not") {
        hospital.clock.advance(19'999ms);
        hospital.go_on();
        CHECK(hospital.pharmacy->is_connected("ward-1"));
        hospital.clock.advance(1ms);
        CHECK(hospital.until([&] { return !hospital.pharmacy->is_connected("ward-1"); }));
        CHECK(hospital.pharmacy->status_of("ward-1").last_error->code == "silent");
        CHECK(stranger.sees_end());
    }
}

TEST_CASE("a ward that does not read holds up nobody, and is cut off", "[link][socket]") {
    Hospital hospital;
    hospital.pharmacy_disk.record(24, 500'000); // 12 MB: more than the kernel takes
    hospital.server_options.limits.window_bytes = 100'000'000;
    hospital.open_pharmacy();
    Stranger slow(hospital, hospital.pharmacy->server.port());
    slow.socket().set_option(asio::socket_base::receive_buffer_size(4'096));
    REQUIRE(slow.say(hello("ward-9", "pharmacy", 0)));
    REQUIRE(hospital.until([&] { return hospital.pharmacy->is_connected("ward-9"); }));
    hospital.go_on();
    const std::int64_t stuck_at = hospital.pharmacy->status_of("ward-9").sent;

    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    CHECK(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));
    CHECK(hospital.pharmacy->status_of("ward-9").sent < 24);
    CHECK(hospital.pharmacy->status_of("ward-9").sent >= stuck_at);

    REQUIRE(slow.say(R"({"type":"ping"})")); // it is not silent
    REQUIRE(hospital.until([&] {
        hospital.clock.advance(1s);
        hospital.go_on();
        static_cast<void>(slow.say(R"({"type":"ping"})"));
        return !hospital.pharmacy->is_connected("ward-9");
    }));
    CHECK(hospital.pharmacy->status_of("ward-9").last_error->text == "the peer does not read");
    CHECK(hospital.ward->is_connected());
}

TEST_CASE("a ward on a thin line, which takes something now and then, is kept", "[link][socket]") {
    Hospital hospital;
    hospital.pharmacy_disk.record(24, 500'000); // as above
    hospital.server_options.limits.window_bytes = 100'000'000;
    hospital.open_pharmacy();
    Stranger thin(hospital, hospital.pharmacy->server.port());
    thin.socket().set_option(asio::socket_base::receive_buffer_size(4'096));
    REQUIRE(thin.say(hello("ward-9", "pharmacy", 0)));
    REQUIRE(hospital.until([&] { return hospital.pharmacy->is_connected("ward-9"); }));
    hospital.go_on();

    // Half a line in a minute, and a part of a line the other way.
    for (int second = 0; second < 60; ++second) {
        REQUIRE(thin.send(second == 0 ? "{\"type\":\"ping\"" : " "));
        REQUIRE(thin.takes(5'000));
        hospital.clock.advance(1s);
        hospital.go_on();
    }
    CHECK(hospital.pharmacy->is_connected("ward-9"));
    REQUIRE(thin.say("}"));
    hospital.go_on();
    CHECK(hospital.pharmacy->is_connected("ward-9"));
}

TEST_CASE("a node that calls in a loop does not fill the log, nor hide another", "[link][socket]") {
    Hospital hospital;
    hospital.open_pharmacy();
    for (int call = 0; call < 100; ++call) {
        Stranger restless(hospital, hospital.pharmacy->server.port());
        REQUIRE(restless.say(hello("ward-9", "pharmacy", 0)));
        REQUIRE(restless.next_line().find("hello") != std::string::npos);
    }
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    REQUIRE(hospital.until([&] { return hospital.pharmacy->is_connected("ward-1"); }));

    const auto& notes = hospital.pharmacy->notes;
    const auto of_restless = [](const std::string& note) {
        return note.find("ward-9") != std::string::npos;
    };
    CHECK(
        std::count_if(notes.begin(), notes.end(), of_restless)
        == link::NoteLimit::notes_per_minute);
    CHECK(hospital.pharmacy->noted("ward-1 connected"));
}

TEST_CASE("only nodes of the list may call", "[link][socket]") {
    Hospital hospital;
    hospital.server_options.nodes = {"ward-1"};
    hospital.open_pharmacy();
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    hospital.ward_2 = hospital.open_ward(hospital.ward_2_disk, "ward-2");

    REQUIRE(hospital.until([&] {
        return hospital.ward->is_connected() && hospital.ward_2->error_code() == "unknown_node";
    }));

    CHECK(hospital.ward_2->client.status().last_error->text.find("ward-2") != std::string::npos);
    CHECK(hospital.ward_2->client.status().last_error->by_peer);
    CHECK(hospital.pharmacy->server.statuses().size() == 1);
    CHECK(hospital.pharmacy->noted("ward-2"));
}

SCENARIO("a ward that calls again replaces its old connection", "[link][socket]") {
    GIVEN("a connected ward with entries that are not on the pharmacy's disk yet") {
        Hospital hospital;
        hospital.ward_disk.record(5);
        hospital.pharmacy_disk.hold_commits();
        hospital.open_pharmacy();
        Stranger old(hospital, hospital.pharmacy->server.port());
        REQUIRE(old.say(hello("ward-1", "pharmacy", 0)));
        CHECK(old.next_line().find("\"hello\"") != std::string::npos);
        REQUIRE(old.say(journal::to_line(hospital.ward_disk.entries("ward-1")[0])));
        REQUIRE(hospital.until([&] { return hospital.pharmacy_disk.pending() == 1; }));

        WHEN("it calls again") {
            Stranger again(hospital, hospital.pharmacy->server.port());
            REQUIRE(again.say(hello("ward-1", "pharmacy", 0)));

            THEN("the old one is told, and the new one waits for the old one's entries") {
                CHECK(code_of(old.next_line()) == "replaced");
                CHECK(old.sees_end());
                hospital.clock.advance(3s);
                CHECK(again.hears_nothing());
                AND_WHEN("they are on disk") {
                    REQUIRE(hospital.until([&] {
                        hospital.pharmacy_disk.commit();
                        return hospital.pharmacy_disk.head("ward-1").seq == 1;
                    }));
                    THEN("the new one hears how far the pharmacy is") {
                        CHECK(
                            again.next_line().find(R"("have":{"ward-1":1})") != std::string::npos);
                    }
                }
                AND_WHEN("it calls a third time") {
                    Stranger third(hospital, hospital.pharmacy->server.port());
                    REQUIRE(third.say(hello("ward-1", "pharmacy", 0)));
                    THEN("the second is told, and the third is served") {
                        CHECK(code_of(again.next_line()) == "replaced");
                        REQUIRE(hospital.until([&] {
                            hospital.pharmacy_disk.commit();
                            return hospital.pharmacy_disk.head("ward-1").seq == 1;
                        }));
                        CHECK(
                            third.next_line().find(R"("have":{"ward-1":1})") != std::string::npos);
                    }
                }
            }
        }
    }
}

TEST_CASE("a crowd that says nothing never keeps a ward out", "[link][socket]") {
    Hospital hospital;
    hospital.server_options.strangers_max = 4;
    hospital.server_options.connections_max = 2;
    hospital.open_pharmacy();
    std::vector<std::unique_ptr<Stranger>> crowd;
    for (int i = 0; i < 30; ++i) {
        crowd.push_back(std::make_unique<Stranger>(hospital, hospital.pharmacy->server.port()));
        hospital.go_on();
    }

    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));
    hospital.ward_2 = hospital.open_ward(hospital.ward_2_disk, "ward-2");
    CHECK(hospital.until([&] { return hospital.ward_2->is_connected(); }));
    CHECK(crowd.front()->sees_end());
    CHECK(hospital.until([&] {
        int left = 0;
        for (const auto& stranger : crowd) {
            left += stranger->has_ended() ? 0 : 1;
        }
        return left <= 4;
    }));

    Stranger third(hospital, hospital.pharmacy->server.port());
    REQUIRE(third.say(hello("ward-3", "pharmacy", 0)));
    CHECK(code_of(third.next_line()) == "busy");
    CHECK(hospital.ward->is_connected());
}

TEST_CASE("callers who were refused and stay keep no ward out", "[link][socket]") {
    Hospital hospital;
    hospital.server_options.strangers_max = 4;
    hospital.server_options.connections_max = 2;
    hospital.open_pharmacy();
    std::vector<std::unique_ptr<Stranger>> crowd;
    for (int i = 0; i < 60; ++i) {
        crowd.push_back(std::make_unique<Stranger>(hospital, hospital.pharmacy->server.port()));
        REQUIRE(crowd.back()->say("what is this?"));
        CHECK(code_of(crowd.back()->next_line()) == "not_json");
    }

    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));
    hospital.ward_2 = hospital.open_ward(hospital.ward_2_disk, "ward-2");
    CHECK(hospital.until([&] { return hospital.ward_2->is_connected(); }));

    CHECK(crowd.front()->sees_end());
    CHECK_FALSE(hospital.pharmacy->noted("turned away"));
    CHECK(hospital.pharmacy->failures.empty());
}

SCENARIO("who is turned away at the door hears nothing that is no TLS", "[link][socket]") {
    Hospital hospital;
    hospital.server_options.strangers_max = 0;
    hospital.server_options.connections_max = 0;
    GIVEN("a pharmacy that has no room, for wards that may speak TLS") {
        hospital.open_pharmacy();
        Stranger caller(hospital, hospital.pharmacy->server.port());
        THEN("a caller hears nothing, and the log says it") {
            CHECK(caller.next_line().empty());
            CHECK(caller.sees_end());
            CHECK(hospital.pharmacy->noted("turned away"));
        }
    }
    GIVEN("one for plain TCP alone") {
        hospital.server_options.authority = nullptr;
        hospital.open_pharmacy();
        Stranger caller(hospital, hospital.pharmacy->server.port());
        THEN("a caller is told to call again") {
            CHECK(code_of(caller.next_line()) == "busy");
        }
    }
}

TEST_CASE("a server listens on loopback and on a free port only", "[link][socket]") {
    Hospital hospital;
    hospital.open_pharmacy();

    struct Example {
        link::Address address;
        ErrorCode code;
    };

    const auto example = GENERATE(values<Example>({
        {{"0.0.0.0", 0}, ErrorCode::not_allowed},
        {{"::", 0}, ErrorCode::not_allowed},
        {{"192.0.2.1", 0}, ErrorCode::not_allowed},
        {{"pharmacy.example", 0}, ErrorCode::bad_input},
        {{"127.0.0.1", 1}, ErrorCode::unavailable}, // stands for the port that is taken
    }));

    DYNAMIC_SECTION(link::to_text(example.address)) {
        link::ServerOptions options;
        options.listen =
            example.address.port == 1 ? hospital.server_options.listen : example.address;
        const Pharmacy other(hospital.clock, hospital.pharmacy_disk, options);
        REQUIRE_FALSE(other.opened);
        CHECK(other.opened.error().code == example.code);
        CHECK(other.opened.error().text.find(example.address.host) != std::string::npos);
    }
}

} // namespace cartwatch::caller_test
