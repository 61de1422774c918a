// The goal: whoever sends TLS records that carry nothing takes nobody's turn, and is not borne.
#include "tests/daemon/link/tls_kit.hpp"

#include <catch2/catch.hpp>
#include <openssl/ssl.h>

#include <array>

#include <sys/socket.h>
#include <unistd.h>

namespace cartwatch::tls_flood_test {

namespace {

using namespace cartwatch::link_kit;
using crypto::Talk;
using crypto::TlsStep;
using crypto::TlsStream;
using Done = TlsStep::Outcome;

constexpr std::size_t key_update_bytes = 27; // on the wire

// A caller that does its own TLS, for what no honest one does.
class Caller {
public:
    Caller(Hospital& hospital, const link::TlsContext& context, Talk talk)
        : hospital_(hospital), socket_(context_) {
        socket_.connect(
            tcp::endpoint(asio::ip::address_v4::loopback(), hospital.pharmacy->server.port()));
        socket_.non_blocking(true);
        tls_.emplace(context, socket_.native_handle());
        crypto::begin_calling(tls_->handle(), talk, hospital.clock.now());
    }

    bool shakes_hands() {
        return hospital_.until([&] {
            tls_->begin_turn();
            return tls_->call().outcome == Done::done;
        });
    }

    // Sends them for as long as the other end takes them; true where that ends.
    bool is_refused_after(std::size_t key_updates) {
        bool refused = false;
        for (std::size_t sent = 0; sent < key_updates && !refused; ++sent) {
            refused = !hospital_.until([&] { return sends_key_update() || has_ended(); });
            refused = refused || has_ended();
        }
        return hospital_.until([&] { return has_ended(); });
    }

    bool says(std::string_view text) {
        return hospital_.until([&] { return tls_->write(text).outcome == Done::done; });
    }

    bool has_ended() {
        char byte = 0;
        tls_->begin_turn();
        const TlsStep step = tls_->read(std::span<char>(&byte, 1));
        ended_ = ended_ || step.outcome == Done::ended || step.outcome == Done::failed;
        return ended_;
    }

private:
    bool sends_key_update() {
        SSL* ssl = &tls_->handle();
        if (SSL_get_key_update_type(ssl) == SSL_KEY_UPDATE_NONE) {
            SSL_key_update(ssl, SSL_KEY_UPDATE_NOT_REQUESTED);
        }
        return SSL_do_handshake(ssl) == 1;
    }

    Hospital& hospital_;
    asio::io_context context_;
    tcp::socket socket_;
    std::optional<TlsStream> tls_;
    bool ended_ = false;
};

// Two ends of TLS over a pair of sockets, without a loop.
struct Pair {
    Pair() {
        const crypto::Credentials ward = hospital.join(hospital.authority, "ward-1");
        const crypto::Credentials pharmacy =
            hospital.authority.credentials(hospital.clock.now()).value();
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, ends.data()) == 0);
        listener.emplace(*link::answering_context(pharmacy), ends[0]);
        speaker.emplace(context_of(ward), ends[1]);
        crypto::begin_answering(listener->handle(), hospital.clock.now());
        crypto::begin_calling(speaker->handle(), Talk::link, hospital.clock.now());
        bool calls = true;
        bool answers = true;
        while (calls || answers) {
            calls = calls && speaker->call().outcome != Done::done;
            answers = answers && listener->answer().outcome != Done::done;
        }
    }

    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;
    Pair(Pair&&) = delete;
    Pair& operator=(Pair&&) = delete;

    ~Pair() {
        listener.reset();
        speaker.reset();
        for (const int end : ends) {
            ::close(end);
        }
    }

    void send_key_updates(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            SSL_key_update(&speaker->handle(), SSL_KEY_UPDATE_NOT_REQUESTED);
            REQUIRE(SSL_do_handshake(&speaker->handle()) == 1);
        }
    }

    TlsStep read() {
        return listener->read(std::span<char>(buffer.data(), buffer.size()));
    }

    Hospital hospital;
    std::array<int, 2> ends{-1, -1};
    std::optional<TlsStream> listener;
    std::optional<TlsStream> speaker;
    std::array<char, 100> buffer{};
};

} // namespace

TEST_CASE("one turn takes so much off a socket, whatever is there", "[link][tls]") {
    Pair pair;
    constexpr std::size_t each = 150; // a socket pair keeps few small pieces
    constexpr std::size_t turns = crypto::tls_turn_bytes / (each * key_update_bytes) + 1;
    for (std::size_t i = 1; i < turns; ++i) {
        pair.send_key_updates(each);
        REQUIRE(pair.read().outcome == Done::wants_read);
    }
    pair.send_key_updates(each);
    REQUIRE(pair.speaker->write("a word").outcome == Done::done);

    CHECK(pair.read().outcome == Done::wants_read);
    CHECK(pair.read().outcome == Done::wants_read);
    pair.listener->begin_turn();
    const TlsStep step = pair.read();

    CHECK(step.outcome == Done::done);
    CHECK(std::string(pair.buffer.data(), step.size) == "a word");
}

TEST_CASE("words earn their records: a link may rest, and change its keys", "[link][tls]") {
    Pair pair;
    for (int i = 0; i < 1'000; ++i) { // far more records than would be borne without a word
        pair.send_key_updates(10);
        REQUIRE(pair.speaker->write(R"({"type":"ping"})").outcome == Done::done);
        pair.listener->begin_turn();
        REQUIRE(pair.read().outcome == Done::done);
    }
}

SCENARIO("records that carry nothing end the connection, and the log says so", "[link][tls]") {
    GIVEN("a pharmacy and a ward of it") {
        Hospital hospital;
        const crypto::Credentials credentials = hospital.join(hospital.authority, "ward-1");
        hospital.open_pharmacy();
        constexpr std::size_t many = 2 * crypto::tls_bare_bytes_max / key_update_bytes;

        WHEN("a stranger without a certificate sends them") {
            Caller stranger(hospital, link::joining_context(), Talk::certificates);
            REQUIRE(stranger.shakes_hands());

            THEN("it is refused") {
                CHECK(stranger.is_refused_after(many));
                CHECK(hospital.pharmacy->noted("TLS records that carry nothing"));
            }
        }
        WHEN("a ward sends them before its hello") {
            Caller ward(hospital, context_of(credentials), Talk::link);
            REQUIRE(ward.shakes_hands());

            THEN("it is refused") {
                CHECK(ward.is_refused_after(many));
                CHECK(hospital.until(
                    [&] { return hospital.pharmacy->noted("TLS records that carry nothing"); }));
            }
        }
        WHEN("a ward sends them after its hello") {
            Caller ward(hospital, context_of(credentials), Talk::link);
            REQUIRE(ward.shakes_hands());
            REQUIRE(ward.says(hello("ward-1", "pharmacy", 0) + "\n"));
            REQUIRE(hospital.until([&] { return hospital.pharmacy->is_connected("ward-1"); }));

            THEN("it is refused, and may call again") {
                CHECK(ward.is_refused_after(many));
                CHECK(hospital.until([&] { return !hospital.pharmacy->is_connected("ward-1"); }));
                CHECK(hospital.pharmacy->noted("TLS records that carry nothing"));
                hospital.ward = hospital.open_ward(hospital.ward_disk, "ward-1");
                CHECK(hospital.until([&] { return hospital.ward->is_connected(); }));
            }
        }
        THEN("nothing failed") {
            CHECK(hospital.pharmacy->failures.empty());
        }
    }
}

} // namespace cartwatch::tls_flood_test
