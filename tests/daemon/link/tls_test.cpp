// The goal: whoever has a good certificate is heard as over plain TCP, and nobody else is.
#include "tests/daemon/link/tls_kit.hpp"

#include <catch2/catch.hpp>
#include <openssl/ssl.h>

#include <algorithm>

namespace cartwatch::tls_test {

namespace {

using namespace std::chrono_literals;
using namespace cartwatch::link_kit;
using crypto::Talk;

// The first bytes of a TLS handshake that never goes on.
const std::string half_a_handshake("\x16\x03\x01\x02\x00", 5);

// A pharmacy that ward-1 has joined.
struct Joined : Hospital {
    Joined() : credentials(join(authority, "ward-1")) {
        open_pharmacy();
    }

    crypto::Credentials credentials;
};

asio::awaitable<void> answer_once(link::Wire& wire, link::TlsContext tls, Instant now) {
    const auto error = co_await wire.answer(tls, now);
    static_cast<void>(error); // the caller says what it thinks of it
    wire.close();
}

} // namespace

TEST_CASE("both journals cross over TLS, and what is new leaves at once", "[link][tls]") {
    Joined hospital;
    hospital.ward_disk.record(300, 200);
    hospital.pharmacy_disk.record(20);
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    REQUIRE(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));
    CHECK(hospital.pharmacy_disk.entries("ward-1") == hospital.ward_disk.entries("ward-1"));
    CHECK(hospital.ward_disk.entries("pharmacy") == hospital.pharmacy_disk.entries("pharmacy"));

    hospital.ward_disk.record(3, 900'000); // far over one TLS record
    hospital.ward->client.on_committed();
    hospital.pharmacy_disk.record(1);
    hospital.pharmacy->server.on_committed();
    CHECK(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));

    // That it was TLS: without it the same name is not taken.
    Stranger plain(hospital, hospital.pharmacy->server.port());
    REQUIRE(plain.say(hello("ward-1", "pharmacy", 0)));
    CHECK(code_of(plain.next_line()) == "tls_required");
    CHECK(hospital.ward->is_connected());
    CHECK(hospital.pharmacy->failures.empty());
    CHECK(hospital.ward->failures.empty());
}

TEST_CASE("a pharmacy that is killed loses nothing that it acknowledged over TLS", "[link][tls]") {
    Joined hospital;
    hospital.ward_disk.record(40);
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    for (int kill = 0; kill < 15; ++kill) {
        hospital.pharmacy_disk.hold_commits();
        REQUIRE(hospital.until([&] { return hospital.pharmacy_disk.pending() > 0; }));
        if (kill % 2 == 0) {
            hospital.pharmacy_disk.commit();
            for (int steps = 0; steps < kill; ++steps) {
                hospital.go_on();
            }
        }
        const std::int64_t told = hospital.ward->client.status().acknowledged;
        hospital.pharmacy_disk.crash();
        hospital.pharmacy.reset();
        REQUIRE(hospital.pharmacy_disk.head("ward-1").seq >= told);
        hospital.open_pharmacy();
        REQUIRE(hospital.pharmacy->opened);
        hospital.ward_disk.record(2);
        hospital.ward->client.on_committed();
        REQUIRE(hospital.until([&] { return !hospital.ward->is_connected(); }));
        hospital.clock.advance(10s);
    }
    REQUIRE(hospital.until([&] {
        hospital.pharmacy_disk.commit();
        return hospital.pharmacy_disk.head("ward-1") == hospital.ward_disk.head("ward-1");
    }));
    CHECK(hospital.pharmacy_disk.entries("ward-1") == hospital.ward_disk.entries("ward-1"));
    CHECK(hospital.ward->failures.empty());
}

TEST_CASE("a ward and its pharmacy stop in good order over TLS", "[link][tls]") {
    Joined hospital;
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    REQUIRE(hospital.until([&] { return hospital.ward->is_connected(); }));
    SECTION("the ward first") {
        hospital.ward->client.stop();
        REQUIRE(hospital.until([&] { return hospital.ward->ended; }));
        REQUIRE(hospital.until([&] { return !hospital.pharmacy->is_connected("ward-1"); }));
        CHECK(hospital.pharmacy->status_of("ward-1").last_error->code == "going_away");
    }
    SECTION("the pharmacy first") {
        hospital.pharmacy->server.stop();
        REQUIRE(hospital.until([&] { return hospital.pharmacy->ended; }));
        REQUIRE(hospital.until([&] { return !hospital.ward->is_connected(); }));
        CHECK(hospital.ward->error_code() == "going_away");
    }
    CHECK(hospital.pharmacy->failures.empty());
    CHECK(hospital.ward->failures.empty());
}

TEST_CASE("a pharmacy of another authority is told nothing", "[link][tls]") {
    Joined hospital;
    trust::Authority other(hospital.folder / "other", "pharmacy");
    hospital.join(other, "ward-1"); // the ward belongs to another pharmacy of the same name
    hospital.ward_disk.record(3);
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] { return hospital.ward->error_code() == "not_trusted"; }));

    CHECK(hospital.ward->noted("its certificate is refused"));
    CHECK(hospital.pharmacy_disk.entries("ward-1").empty());
    CHECK(hospital.until([&] { return hospital.pharmacy->noted("was refused"); }));
}

TEST_CASE("a pharmacy is called by the name in its certificate", "[link][tls]") {
    Joined hospital;
    link::ClientOptions options;
    options.node = "ward-1";
    options.peer = "pharmacy-2";
    options.addresses = {hospital.server_options.listen};
    options.trust = hospital.trust_of("ward-1");
    hospital.ward = std::make_unique<Ward>(hospital.clock, hospital.ward_disk, options);

    REQUIRE(hospital.until([&] { return hospital.ward->error_code() == "not_trusted"; }));
    CHECK(hospital.ward->noted("its certificate is that of pharmacy"));
}

TEST_CASE("a ward's certificate does not make a pharmacy", "[link][tls]") {
    Hospital hospital;
    const crypto::Credentials mine = hospital.join(hospital.authority, "ward-1");
    const crypto::Credentials impostors = hospital.join(hospital.authority, "ward-2");
    // A node that was enrolled as a ward stands on the pharmacy's port, with all that it has.
    const auto context = link::answering_context(impostors);
    REQUIRE(context);
    Process impostor(hospital.clock);
    tcp::acceptor port(impostor.context(), tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    hospital.server_options.listen.port = port.local_endpoint().port();
    hospital.others.push_back(&impostor);
    std::optional<link::Wire> wire;
    port.async_accept([&](const boost::system::error_code& error, tcp::socket socket) {
        REQUIRE_FALSE(error);
        wire.emplace(std::move(socket));
        loop::start_task(
            impostor.context().get_executor(),
            "impostor",
            answer_once(*wire, *context, hospital.clock.now()),
            impostor.on_failure());
    });
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    CHECK(hospital.until([&] { return hospital.ward->error_code() == "not_trusted"; }));

    CHECK(hospital.ward->noted("its certificate is refused"));
    hospital.ward.reset();
    hospital.others.clear();
}

TEST_CASE("a node that the pharmacy does not know is refused and noted", "[link][tls]") {
    Joined hospital;
    std::filesystem::remove(hospital.authority.records_folder() / "ward-1.json");
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] { return hospital.ward->error_code() == "unknown_node"; }));

    CHECK(hospital.ward->client.status().last_error->by_peer);
    CHECK(hospital.pharmacy->noted("ward-1 has not joined here"));
    CHECK_FALSE(hospital.pharmacy->is_connected("ward-1"));
}

TEST_CASE("a ward whose certificate has expired is refused and noted", "[link][tls]") {
    Joined hospital;
    hospital.clock.set(hospital.clock.now() + trust::certificate_life + 1s);
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] { return hospital.ward->noted("has expired"); }));

    CHECK(hospital.until([&] { return hospital.pharmacy->noted("certificate has expired"); }));
    CHECK_FALSE(hospital.pharmacy->is_connected("ward-1"));
}

TEST_CASE("a clock that is a year behind keeps no alert from the pharmacy", "[link][tls]") {
    Joined hospital;
    hospital.clock.set(hospital.clock.now() - 24h * 365);
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    CHECK(hospital.until([&] { return hospital.pharmacy->is_connected("ward-1"); }));
    hospital.ward_disk.record(2);
    hospital.ward->client.on_committed();
    CHECK(all_there(hospital, *hospital.ward, hospital.ward_disk, "ward-1"));
}

TEST_CASE("a clock that is a year ahead keeps no alert from the pharmacy", "[link][tls]") {
    Joined hospital;
    const std::chrono::hours oldest = 24h * 399; // a day later it would have been renewed
    hospital.clock.set(hospital.clock.now() + oldest + 24h * 365);
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    CHECK(hospital.until([&] { return hospital.pharmacy->is_connected("ward-1"); }));
}

TEST_CASE("a connection does not outlive its certificate", "[link][tls]") {
    Joined hospital;
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    REQUIRE(hospital.until([&] { return hospital.pharmacy->is_connected("ward-1"); }));
    hospital.clock.set(hospital.clock.now() + trust::certificate_life + 1s);

    // An hour in steps in which pings and pongs keep the connection.
    for (int i = 0; i < 3'600 && hospital.pharmacy->is_connected("ward-1"); i += 9) {
        hospital.clock.advance(9s);
        hospital.go_on();
        hospital.go_on();
        hospital.go_on();
    }

    REQUIRE(hospital.until([&] { return !hospital.pharmacy->is_connected("ward-1"); }));
    CHECK(hospital.pharmacy->status_of("ward-1").last_error->code == "expired");
}

TEST_CASE("a revoked ward is cut off, and refused when it calls again", "[link][tls]") {
    Joined hospital;
    hospital.join(hospital.authority, "ward-2");
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    hospital.ward_2 = hospital.open_ward(hospital.ward_2_disk, "ward-2");
    REQUIRE(hospital.until(
        [&] { return hospital.ward->is_connected() && hospital.ward_2->is_connected(); }));

    REQUIRE(hospital.authority.revoke("ward-1"));
    hospital.pharmacy->server.certificates_changed();

    REQUIRE(hospital.until([&] { return hospital.ward->error_code() == "revoked"; }));
    CHECK(hospital.ward->client.status().last_error->text.find("revoked") != std::string::npos);
    CHECK(hospital.pharmacy->noted("a connection is ended"));
    CHECK(hospital.ward_2->is_connected());

    hospital.clock.advance(10s);
    REQUIRE(hospital.until([&] { return hospital.pharmacy->noted("a call from 127.0.0.1"); }));
    CHECK_FALSE(hospital.pharmacy->is_connected("ward-1"));

    hospital.join(hospital.authority, "ward-1");
    hospital.clock.advance(10s);
    CHECK(hospital.until([&] {
        hospital.clock.advance(1s);
        return hospital.ward->is_connected();
    }));
}

TEST_CASE("a ward that joined again has one good certificate, the new one", "[link][tls]") {
    Joined hospital;
    hospital.join(hospital.authority, "ward-1");
    TlsCaller old(
        hospital,
        context_of(hospital.credentials),
        Talk::link,
        hello("ward-1", "pharmacy", 0) + "\n");
    REQUIRE(old.sees_end());
    CHECK(code_of(old.heard.substr(0, old.heard.find('\n'))) == "revoked");
    CHECK(old.heard.find("replaced") != std::string::npos);

    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));
}

TEST_CASE("a certificate speaks for its own node alone", "[link][tls]") {
    Joined hospital;
    hospital.join(hospital.authority, "ward-2");
    TlsCaller impostor(
        hospital,
        context_of(hospital.credentials),
        Talk::link,
        hello("ward-2", "pharmacy", 0) + "\n");

    REQUIRE(impostor.sees_end());

    CHECK(code_of(impostor.heard.substr(0, impostor.heard.find('\n'))) == "wrong_node");
    CHECK(hospital.pharmacy->noted("the certificate of ward-1 says hello as ward-2"));
}

TEST_CASE("whoever shows no certificate is not heard", "[link][tls]") {
    Joined hospital;
    SECTION("on the link") {
        TlsCaller stranger(hospital, link::joining_context(), Talk::link, "x\n");
        REQUIRE(stranger.sees_end());
        CHECK(stranger.heard.empty());
        CHECK(stranger.why == "the other end demands a certificate");
        CHECK(hospital.pharmacy->noted("it shows no certificate"));
    }
    SECTION("where certificates are asked for, whatever else is said") {
        for (const std::string& said :
             {hello("ward-1", "pharmacy", 0),
              std::string("GET / HTTP/1.1"),
              std::string(R"({"type":"renew","protocol":1,"request":"R"})"),
              std::string(R"({"type":"joined","node":"a","certificate":"C","authority":"A"})")}) {
            TlsCaller stranger(hospital, link::joining_context(), Talk::certificates, said + "\n");
            REQUIRE(stranger.sees_end());
            CHECK(stranger.heard.find("\"error\"") != std::string::npos);
        }
        TlsCaller endless(
            hospital, link::joining_context(), Talk::certificates, std::string(20'000, ' '));
        REQUIRE(endless.sees_end());
        CHECK(hospital.pharmacy->noted("over 16 KiB"));
    }
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));
}

TEST_CASE("TLS 1.2 is not spoken", "[link][tls]") {
    Joined hospital;
    const auto context = crypto::new_tls_context();
    REQUIRE(SSL_CTX_set_max_proto_version(context.get(), TLS1_2_VERSION) == 1);
    TlsCaller old(hospital, context, Talk::link);

    REQUIRE(old.sees_end());

    CHECK(old.why.find("another version of TLS than 1.3") != std::string::npos);
    CHECK(hospital.until(
        [&] { return hospital.pharmacy->noted("another version of TLS than 1.3"); }));
}

TEST_CASE("half a TLS record is waited for, not asked for again and again", "[link][tls]") {
    Joined hospital;
    Cut cut(hospital);
    hospital.ward = cut.open_ward();
    REQUIRE(hospital.until([&] {
        cut.pass_on(0);
        return hospital.ward->is_connected();
    }));

    hospital.ward_disk.record(1, 200);
    hospital.ward->client.on_committed();
    REQUIRE(hospital.until([&] { return cut.pass_on(1) > 0; })); // all but its last byte

    asio::io_context& pharmacy = hospital.pharmacy->context();
    pharmacy.restart();
    int steps = 0;
    while (steps < 1'000 && pharmacy.poll_one() > 0) {
        ++steps;
    }
    CHECK(steps < 1'000);
    CHECK(hospital.until([&] {
        cut.pass_on(0);
        return hospital.pharmacy_disk.head("ward-1").seq == 1;
    }));
}

TEST_CASE("a stranger cannot ask for a costly key exchange", "[link][tls]") {
    Joined hospital;
    const auto context = crypto::new_tls_context();
    int group = NID_ffdhe8192;
    REQUIRE(SSL_CTX_set1_groups(context.get(), &group, 1) == 1);
    TlsCaller costly(hospital, context, Talk::link);

    REQUIRE(costly.sees_end());

    CHECK(costly.heard.empty());
    CHECK(hospital.until([&] { return hospital.pharmacy->noted("was refused"); }));
}

TEST_CASE("TLS is not answered where no ward was ever enrolled", "[link][tls]") {
    Hospital hospital;
    hospital.open_pharmacy();
    TlsCaller stranger(hospital, link::joining_context(), Talk::certificates);

    REQUIRE(stranger.sees_end());

    CHECK(hospital.until([&] { return hospital.pharmacy->noted("cartwatch pharmacy enroll"); }));
}

TEST_CASE("what callers are shown is checked when it may have changed", "[link][tls]") {
    const support::TemporaryFolder folder;
    const trust::Authority writer(folder / "trust", "pharmacy");
    trust::Authority authority(folder / "trust", "pharmacy");
    const Instant now = *parse_instant("2026-11-22T02:00:00.000Z");
    link::AnsweringTls tls(authority);
    CHECK(tls.context(now).error().code == ErrorCode::not_found);
    REQUIRE(writer.make_folders());
    REQUIRE(writer.make(now));

    const link::TlsContext first = tls.context(now).value();
    CHECK(tls.context(now + 59s).value() == first);
    CHECK(tls.context(now + 61s).value() == first); // checked again, and good
    CHECK(tls.context(now - 1s).value() == first);

    const auto own = writer.credentials(now).value();
    const Instant late = now + std::chrono::days(700);
    const link::TlsContext renewed = tls.context(late).value();
    CHECK(renewed != first);
    CHECK(tls.context(late).value() == renewed);
    CHECK(writer.held().value() != own);

    std::filesystem::remove_all(folder / "trust");
    CHECK_FALSE(tls.context(late)); // not what was there once
    REQUIRE(writer.make_folders());
    REQUIRE(writer.make(late));
    CHECK(tls.context(late).value() != renewed);
}

TEST_CASE("a handshake that does not go on ends after ten seconds", "[link][tls]") {
    Joined hospital;
    Stranger stranger(hospital, hospital.pharmacy->server.port());
    REQUIRE(stranger.send(half_a_handshake));
    for (int i = 0; i < 10; ++i) {
        hospital.go_on();
    }

    hospital.clock.advance(9'999ms);
    CHECK(stranger.hears_nothing());
    CHECK_FALSE(stranger.has_ended());
    hospital.clock.advance(1ms);

    CHECK(stranger.sees_end());
    CHECK(hospital.until([&] { return hospital.pharmacy->noted("handshake took too long"); }));
}

TEST_CASE("a crowd of half handshakes never keeps a ward out", "[link][tls]") {
    Joined hospital;
    hospital.pharmacy.reset();
    hospital.server_options.strangers_max = 4;
    hospital.open_pharmacy();
    std::vector<std::unique_ptr<Stranger>> crowd;
    for (int i = 0; i < 30; ++i) {
        crowd.push_back(std::make_unique<Stranger>(hospital, hospital.pharmacy->server.port()));
        static_cast<void>(crowd.back()->send(half_a_handshake)); // some are shown out already
        hospital.go_on();
    }

    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
    CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));

    CHECK(hospital.until([&] {
        return std::count_if(
                   crowd.begin(),
                   crowd.end(),
                   [](const auto& stranger) { return !stranger->has_ended(); })
               <= 4;
    }));
    CHECK(hospital.pharmacy->failures.empty());
}

TEST_CASE("bytes that only begin like TLS end in a refusal, not in a failure", "[link][tls]") {
    Joined hospital;
    for (const std::string& bytes :
         {std::string("\x16"),
          std::string("\x16{\"type\":\"hello\"}\n"),
          std::string(70'000, '\x16'),
          half_a_handshake + std::string(600, '\0')}) {
        Stranger stranger(hospital, hospital.pharmacy->server.port());
        static_cast<void>(stranger.send(bytes)); // the end may come before all is sent
        for (int i = 0; i < 10; ++i) {
            hospital.go_on();
        }
        hospital.clock.advance(10s);
        CHECK(stranger.sees_end());
    }
    CHECK(hospital.pharmacy->failures.empty());
}

TEST_CASE("a call that is cut while hands are shaken is no matter of trust", "[link][tls]") {
    Joined hospital;
    Process busy(hospital.clock); // a pharmacy that has no room
    tcp::acceptor port(busy.context(), tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    hospital.server_options.listen.port = port.local_endpoint().port();
    hospital.others.push_back(&busy);
    port.async_accept([](const boost::system::error_code& error, const tcp::socket& /*closed*/) {
        REQUIRE_FALSE(error);
    });
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] { return !hospital.ward->error_code().empty(); }));

    CHECK_FALSE(link::needs_a_person(*hospital.ward->client.status().last_error));
    hospital.ward.reset();
    hospital.others.clear();
}

TEST_CASE("a certificate that its owner cannot read stops calls, not the ward", "[link][tls]") {
    Joined hospital;
    hospital.folder.put("ward-1/ward.pem", "not a key");
    hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");

    REQUIRE(hospital.until([&] { return hospital.ward->error_code() == "not_trusted"; }));

    CHECK(hospital.ward->noted("join again"));
    CHECK(hospital.ward->failures.empty());
    CHECK_FALSE(hospital.ward->ended);
}

} // namespace cartwatch::tls_test
