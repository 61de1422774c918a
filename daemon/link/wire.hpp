// The bytes of one connection: plain TCP, or TLS over it. Knows nothing of lines.
#pragma once

#include "daemon/crypto/tls.hpp"
#include "daemon/crypto/tls_stream.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cartwatch::link {

// What TLS is made of; held by every connection that it began.
using TlsContext = crypto::TlsContext;

// Refused where the texts are no credentials.
[[nodiscard]] Result<TlsContext> answering_context(const crypto::Credentials& credentials);
[[nodiscard]] Result<TlsContext> calling_context(const crypto::Credentials& credentials);

// For a ward that has not joined yet.
[[nodiscard]] TlsContext joining_context();

class Wire {
public:
    using Socket = boost::asio::ip::tcp::socket;
    using Outcome = std::pair<boost::system::error_code, std::size_t>;

    // No awaitable of the wire may be under way when it is moved or destroyed.
    explicit Wire(Socket socket);

    // The handshake of whoever called, or was called. The wire is of no more use where it fails.
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code>
    call(const TlsContext& context, crypto::Talk talk, Instant now);
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code>
    answer(const TlsContext& context, Instant now);

    // Once there may be bytes to read, or the end. Others of the loop have their turn before.
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code> readable();

    // What has come, without waiting for more; would_block where that is nothing.
    [[nodiscard]] Outcome read(boost::asio::mutable_buffer buffer);

    // Both: what comes, at least one byte where there is no error.
    [[nodiscard]] boost::asio::awaitable<Outcome> read_some(boost::asio::mutable_buffer buffer);
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code> write(std::string_view bytes);

    // Says no more, and still listens. TLS is not told of it: nothing follows from a connection's
    // end, for whatever counts was acknowledged before.
    void shut_down_sending();

    // Ends everything that is under way.
    void close();

    // What went wrong, for a person.
    [[nodiscard]] std::string text_of(const boost::system::error_code& error);

    [[nodiscard]] bool is_open() const; // until it is closed here

    // Whether it is TLS that refused, or was refused: not a connection that broke meanwhile.
    [[nodiscard]] bool is_of_tls(const boost::system::error_code& error) const;

    // It was ended for records that carry nothing.
    [[nodiscard]] bool was_flooded() const;

    [[nodiscard]] Socket& socket();

    // Null on plain TCP.
    [[nodiscard]] ssl_st* tls();

private:
    using Shaking = crypto::TlsStep (crypto::TlsStream::*)();

    void begin(const TlsContext& context);
    void begin_turn();
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code> shake_hands(Shaking step);
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code>
    write_tls(std::string_view bytes);
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code>
    wait_for(crypto::TlsStep::Outcome wanted);
    [[nodiscard]] boost::system::error_code error_of(const crypto::TlsStep& step);

    Socket socket_;
    std::optional<crypto::TlsStream> tls_;
    // After the last read: done, or what it was in vain for (a part of a record is pending then).
    crypto::TlsStep::Outcome waits_for_ = crypto::TlsStep::Outcome::done;
    bool flooded_ = false;
    unsigned long reason_ = 0; // of the last failure of TLS: OpenSSL's error code
};

} // namespace cartwatch::link
