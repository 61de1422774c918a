// The bytes of one connection: plain TCP, or TLS over it. Knows nothing of lines.
#pragma once

#include "daemon/crypto/tls.hpp"

#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cartwatch::link {

// What TLS is made of; held by every connection that it began.
using TlsContext = std::shared_ptr<boost::asio::ssl::context>;

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

    [[nodiscard]] boost::asio::awaitable<Outcome> read_some(boost::asio::mutable_buffer buffer);
    [[nodiscard]] boost::asio::awaitable<boost::system::error_code> write(std::string_view bytes);

    // Says no more, and still listens. TLS is not told of it: nothing follows from a connection's
    // end, for whatever counts was acknowledged before.
    void shut_down_sending();

    // Ends everything that is under way.
    void close();

    // What went wrong, for a person.
    [[nodiscard]] std::string text_of(const boost::system::error_code& error);

    [[nodiscard]] Socket& socket();

    // Null on plain TCP.
    [[nodiscard]] ssl_st* tls();

private:
    using TlsStream = boost::asio::ssl::stream<Socket>;

    Socket plain_;
    TlsContext context_;
    std::unique_ptr<TlsStream> tls_; // holds the socket once there is one
};

} // namespace cartwatch::link
