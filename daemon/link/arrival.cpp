#include "daemon/link/arrival.hpp"

#include "daemon/link/join_messages.hpp"
#include "daemon/link/lines.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <array>
#include <utility>

namespace cartwatch::link {

namespace asio = boost::asio;

namespace {

constexpr auto as_awaited = asio::as_tuple(asio::use_awaitable);

// RFC 8446, 5.1: the first byte of a TLS record that opens a handshake. No line begins with it.
constexpr char tls_begins = 0x16;

// A certificate's end, and the clock's jumps, are noticed within that time.
constexpr std::chrono::minutes credentials_checked_for{1};

// With a certificate the question was to renew it, without one to join by a code.
Fault fault_of_question(const Error& refusal, bool certified) {
    if (refusal.code == ErrorCode::not_allowed && !certified) {
        return Fault{"code_refused", refusal.text};
    }
    if (refusal.code == ErrorCode::too_large) {
        return Fault{"busy", refusal.text};
    }
    return refusal.code == ErrorCode::bad_input ? Fault{"bad_message", refusal.text}
                                                : fault_of(refusal);
}

} // namespace

Fault fault_of(const Error& refusal) {
    switch (refusal.code) {
    case ErrorCode::not_found:
        return Fault{"unknown_node", refusal.text};
    case ErrorCode::not_allowed:
        return Fault{"revoked", refusal.text};
    case ErrorCode::conflict:
        return Fault{"expired", refusal.text};
    case ErrorCode::bad_input:
    case ErrorCode::too_large:
    case ErrorCode::unavailable:
        break;
    }
    return Fault{"not_stored", "the pharmacy's files cannot be read or written: " + refusal.text};
}

AnsweringTls::AnsweringTls(trust::Authority& authority) : authority_(authority) {}

Result<TlsContext> AnsweringTls::context(Instant now) {
    const bool is_checked =
        context_ && now >= checked_at_ && now - checked_at_ < credentials_checked_for;
    if (is_checked && authority_.held() == credentials_) {
        return context_;
    }
    Result<crypto::Credentials> credentials = authority_.credentials(now);
    if (!credentials) {
        return Unexpected(credentials.error());
    }
    if (!context_ || *credentials != credentials_) {
        Result<TlsContext> made = answering_context(*credentials);
        if (!made) {
            return made;
        }
        context_ = std::move(*made);
        credentials_ = std::move(*credentials);
    }
    checked_at_ = now;
    return context_;
}

Arrival::Arrival(asio::ip::tcp::socket socket, const ArrivalServices& services)
    : services_(services), wire_(std::move(socket)) {
    boost::system::error_code gone;
    const auto there = wire_.socket().remote_endpoint(gone);
    const auto here = wire_.socket().local_endpoint(gone);
    if (!gone) {
        caller_ = there.address().to_string();
        is_here_ = there.address().is_loopback() && here.address().is_loopback();
    }
    wire_.socket().non_blocking(true, gone); // looking at the first byte must not wait
}

asio::awaitable<void> Arrival::run() {
    if (services_.authority == nullptr) {
        arrive_plain();
        co_return;
    }
    const loop::Alarm deadline = services_.clock->after(services_.wait, [this] {
        late_ = true;
        boost::system::error_code ignored; // what was waited for ends either way
        wire_.tls() == nullptr ? wire_.socket().cancel(ignored) : wire_.close();
    });
    const First first = co_await first_byte();
    if (first == First::tls) {
        co_await shake_hands();
    } else if (first == First::plain) {
        arrive_plain();
    } else if (late_ && !cut_) {
        arrive(Fault{"no_hello", "no hello within the time for it"});
    }
}

asio::awaitable<Arrival::First> Arrival::first_byte() {
    while (!cut_ && !late_) {
        const auto [error] =
            co_await wire_.socket().async_wait(asio::ip::tcp::socket::wait_read, as_awaited);
        if (error) {
            break;
        }
        if (const std::optional<First> first = peek()) {
            co_return *first;
        }
    }
    co_return First::none;
}

// nullopt where there is nothing to see yet.
std::optional<Arrival::First> Arrival::peek() {
    std::array<char, 1> byte{};
    boost::system::error_code error;
    const std::size_t size =
        wire_.socket().receive(asio::buffer(byte), asio::socket_base::message_peek, error);
    if (error == asio::error::would_block) {
        return std::nullopt;
    }
    if (error || size == 0) {
        return First::none;
    }
    return byte[0] == tls_begins ? First::tls : First::plain;
}

void Arrival::arrive_plain() {
    if (is_here_ || services_.authority == nullptr) {
        arrive(std::nullopt);
        return;
    }
    refuse("it speaks plain TCP from another machine");
    arrive(Fault{
        "tls_required",
        "plain TCP is for one machine only: cartwatch pharmacy enroll NODE at the pharmacy prints "
        "a code, cartwatch ward join with it on the ward brings TLS"});
}

asio::awaitable<void> Arrival::shake_hands() {
    const Result<TlsContext> context = services_.tls->context(services_.clock->now());
    if (!context) {
        refuse("it speaks TLS: " + context.error().text);
        wire_.close();
        co_return;
    }
    const Instant now = services_.clock->now();
    const auto error = co_await wire_.answer(*context, now);
    if (cut_) {
        co_return;
    }
    if (error) {
        refuse(late_ ? "its TLS handshake took too long" : wire_.text_of(error));
        wire_.close();
        co_return;
    }
    certificate_ = crypto::peer_certificate(*wire_.tls());
    if (crypto::talk_of(*wire_.tls()) == crypto::Talk::certificates) {
        co_await answer_question();
    } else {
        arrive_certified();
    }
}

void Arrival::arrive_certified() {
    if (!certificate_) { // the handshake demands one; kept apart from that
        refuse("it shows no certificate");
        wire_.close();
        return;
    }
    const auto admitted = services_.authority->admit(*certificate_, services_.clock->now());
    if (admitted) {
        arrive(std::nullopt);
        return;
    }
    refuse(admitted.error().text);
    arrive(fault_of(admitted.error()));
}

// One line in, one line out, and then the ward's end of the connection, so that the answer reaches
// it. The deadline closes whatever takes longer.
asio::awaitable<void> Arrival::answer_question() {
    const std::optional<std::string> question = co_await read_question();
    if (question) {
        const std::string answer = answer_to(*question) + '\n';
        const auto error = co_await wire_.write(answer);
        if (!error) {
            wire_.shut_down_sending();
            const std::optional<std::string> more = co_await read_question();
            static_cast<void>(more); // nothing more is answered
        }
    }
    wire_.close();
}

// nullopt where the connection ends before the line does.
asio::awaitable<std::optional<std::string>> Arrival::read_question() {
    Lines lines(join_line_bytes_max);
    std::array<char, 4'096> buffer{};
    while (true) {
        const auto outcome = co_await wire_.read_some(asio::buffer(buffer));
        if (outcome.first) {
            if (wire_.was_flooded()) {
                refuse(wire_.text_of(outcome.first));
            }
            co_return std::nullopt;
        }
        lines.feed(std::string_view(buffer.data(), outcome.second));
        if (const auto line = lines.next()) {
            co_return std::string(*line);
        }
        if (lines.too_long()) {
            refuse("its question about a certificate is over 16 KiB");
            co_return std::nullopt;
        }
    }
}

std::string Arrival::answer_to(const std::string& line) {
    const Instant now = services_.clock->now();
    const Result<JoinMessage> message = parse_join_message(line);
    if (!message) {
        refuse(message.error().text);
        return to_line(Fault{is_json(line) ? "bad_message" : "not_json", message.error().text});
    }
    Result<trust::Issued> issued = refused(ErrorCode::bad_input, "join or renew is expected here");
    std::string node;
    if (const auto* join = std::get_if<Join>(&*message)) {
        node = join->node;
        issued = services_.authority->join(join->node, join->secret, join->request, now);
    } else if (const auto* renew = std::get_if<Renew>(&*message)) {
        node = certificate_ ? certificate_->node : "";
        issued = certificate_
                     ? services_.authority->renew(*certificate_, renew->request, now)
                     : refused(ErrorCode::bad_input, "renew is for who shows a certificate");
    }
    if (!issued) {
        refuse(issued.error().text);
        return to_line(fault_of_question(issued.error(), certificate_.has_value()));
    }
    services_.note("link: " + node + " has a new certificate");
    return to_line(Joined{services_.node, issued->certificate, issued->authority});
}

void Arrival::arrive(std::optional<Fault> refusal) {
    arrived_ = true;
    refusal_ = std::move(refusal);
}

void Arrival::refuse(const std::string& why) {
    services_.note("link: a call from " + caller_ + " was refused: " + why);
}

std::optional<Arrived> Arrival::take() {
    if (!arrived_ || cut_) {
        return std::nullopt;
    }
    return Arrived{std::move(wire_), std::move(certificate_), std::move(refusal_)};
}

void Arrival::cut(const std::string& why) {
    if (!cut_) {
        cut_ = true;
        refuse(why);
        wire_.close();
    }
}

bool Arrival::was_cut() const {
    return cut_;
}

} // namespace cartwatch::link
